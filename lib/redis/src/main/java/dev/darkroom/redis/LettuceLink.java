package dev.darkroom.redis;

import dev.darkroom.gate.Quota;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * The way to Redis by Lettuce: one connection to ask, one to listen. Where Lettuce's defaults would harm it says otherwise: who is
 * not connected is told at once (they would wait in a queue without end), an answer has a quarter of a second (a minute), at
 * most so many wait for one, and a script that Redis has forgotten is sent again.
 *
 * <p>The hard case is a connection over which nothing comes any more and which nobody ends: after several time-outs in a row both are
 * made anew.
 */
final class LettuceLink implements FleetLink {

    private static final int MOST_WAITING = 1024;
    private static final int TIMEOUTS = 4;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final RedisGateSettings settings;
    private final LettuceClient client;
    private final String script = GateScript.TEXT; // a file, read here and by no event loop
    private final Map<String, Consumer<String>> listeners = new ConcurrentHashMap<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final CompletableFuture<LettuceClient.Connections> first = new CompletableFuture<>();
    private volatile LettuceClient.@Nullable Connections connected;
    private volatile @Nullable Throwable lastFailure;
    private volatile boolean closed;
    private volatile String digest = "";

    LettuceLink(RedisGateSettings settings) {
        this.settings = settings;
        this.client = LettuceClient.of(settings, () -> options(settings));
    }

    private static ClientOptions options(RedisGateSettings settings) {
        var options = ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_WAITING)
                .timeoutOptions(TimeoutOptions.enabled(settings.commandTimeout()))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT)
                        .keepAlive(true)
                        .build());
        var ssl = settings.isTls() && settings.ssl() == null ? ofThePlatform() : settings.ssl();
        return (ssl == null ? options : options.sslOptions(ssl)).build();
    }

    /** Whom the platform trusts, read from its files now; Lettuce would do so on an event loop. */
    private static SslOptions ofThePlatform() {
        try {
            var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init((KeyStore) null);
            return SslOptions.builder().trustManager(trusted).build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the certificates that the platform trusts cannot be read", e);
        }
    }

    void connect() {
        if (closed) {
            return;
        }
        connection().whenComplete((made, failure) -> {
            if (made == null) {
                lastFailure = failure;
                client.later(this::connect, RETRY);
                return;
            }
            digest = made.commands().digest(script);
            failures.set(0);
            connected = made;
            if (closed) {
                made.close();
                return;
            }
            listeners.keySet().forEach(made::subscribe);
            first.complete(made);
        });
    }

    private CompletionStage<LettuceClient.Connections> connection() {
        try {
            return client.connect(new Ear());
        } catch (RuntimeException e) { // where it is wrong before it is asynchronous
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletionStage<String> ask(Quota quota, String... arguments) {
        var now = connected;
        if (now != null) {
            return ask(now, quota, arguments);
        }
        if (first.isDone()) {
            return CompletableFuture.failedFuture(new RedisException("not connected", lastFailure));
        }
        var waiting = first.copy();
        var late =
                Schedulers
                        .parallel() // CompletableFuture's own timer locks a queue on the event loop that ends the wait
                        .schedule(
                                () -> waiting.completeExceptionally(new TimeoutException("not connected yet")),
                                settings.commandTimeout().toMillis(),
                                TimeUnit.MILLISECONDS);
        return waiting.whenComplete((made, failure) -> late.dispose())
                .exceptionally(failure -> {
                    throw new NotConnectedException(lastFailure);
                })
                .thenCompose(made -> ask(made, quota, arguments));
    }

    private CompletionStage<String> ask(LettuceClient.Connections now, Quota quota, String... arguments) {
        var keys = GateScript.keys(settings.keyPrefix(), quota);
        var answer = new CompletableFuture<String>();
        evalsha(now.commands(), keys, arguments).whenComplete((line, failure) -> {
            if (failure instanceof RedisNoScriptException) {
                eval(now.commands(), keys, arguments).whenComplete((again, fault) -> end(now, answer, again, fault));
            } else {
                end(now, answer, line, failure);
            }
        });
        return answer;
    }

    private CompletionStage<String> evalsha(
            RedisScriptingAsyncCommands<String, String> commands, String[] keys, String[] arguments) {
        return commands.<String>evalsha(digest, ScriptOutputType.VALUE, keys, arguments);
    }

    private CompletionStage<String> eval(
            RedisScriptingAsyncCommands<String, String> commands, String[] keys, String[] arguments) {
        return commands.<String>eval(script, ScriptOutputType.VALUE, keys, arguments);
    }

    private void end(
            LettuceClient.Connections by,
            CompletableFuture<String> answer,
            @Nullable String line,
            @Nullable Throwable failure) {
        if (line != null) {
            failures.set(0);
            answer.complete(line);
            return;
        }
        if (isOfTheConnection(failure) && failures.incrementAndGet() == TIMEOUTS) {
            renew(by);
        }
        answer.completeExceptionally(failure == null ? new RedisException("no answer") : failure);
    }

    /** Not so: too many that wait already, and a connection which is down and being made anew. */
    private static boolean isOfTheConnection(@Nullable Throwable failure) {
        return failure instanceof RedisCommandTimeoutException || failure instanceof RedisCommandExecutionException;
    }

    @SuppressWarnings("ReferenceEquality") // those very ones, or they have been made anew
    private void renew(LettuceClient.Connections by) {
        if (connected == by) {
            connected = null;
            by.close();
            connect();
        }
    }

    @Override
    public void listen(Quota quota, Consumer<String> words) {
        var channel = GateScript.key(settings.keyPrefix(), quota);
        listeners.put(channel, words);
        var now = connected;
        if (now != null) {
            now.subscribe(channel);
        }
    }

    @Override
    public void forget(Quota quota) {
        var channel = GateScript.key(settings.keyPrefix(), quota);
        listeners.remove(channel);
        var now = connected;
        if (now != null) {
            now.unsubscribe(channel);
        }
    }

    @Override
    public boolean listens() {
        var now = connected;
        return now != null && now.listens();
    }

    void close() {
        closed = true;
        connected = null;
        client.close();
    }

    /** Hears what is said to all. */
    private final class Ear extends RedisPubSubAdapter<String, String> {
        @Override
        public void message(String channel, String line) {
            var listener = listeners.get(channel);
            if (listener != null) {
                listener.accept(line);
            }
        }
    }
}
