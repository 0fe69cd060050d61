package dev.darkroom.internal.http;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * The connections of one client and all its copies: idle ones in a pool, busy ones by name, so that disposing ends both.
 */
public final class Connections implements Disposable {

    /** So many that the pool is never the queue in which requests wait: waiting is the gate's business. */
    private static final int MOST_CONNECTIONS = 10_000;

    /** Shorter than the idle limits of common load balancers, so that we seldom write into a closing connection. */
    private static final Duration IDLE = Duration.ofSeconds(20);

    private final ConnectionProvider pool = ConnectionProvider.builder("darkroom")
            .maxConnections(MOST_CONNECTIONS)
            .maxIdleTime(IDLE)
            .evictInBackground(IDLE)
            .lifo()
            .build();
    private final Set<Channel> busy = ConcurrentHashMap.newKeySet();
    private final Set<Runnable> disposals = ConcurrentHashMap.newKeySet();
    /** Our own: a pool without connections says that it is disposed of. */
    private volatile boolean disposed;

    /** No connection yet. */
    public Connections() {}

    /**
     * A plain client over the pool.
     *
     * @return for the user to customize
     */
    public HttpClient client() {
        return HttpClient.create(pool);
    }

    /** A request is about to be written. The channel, because a connection knows its own no more once the answer has ended. */
    void begin(Connection connection) {
        var channel = connection.channel();
        busy.add(channel);
        connection.onTerminate().subscribe(nothing -> {}, failure -> busy.remove(channel), () -> busy.remove(channel));
        if (disposed) {
            close(channel);
        }
    }

    /** Whom to tell of the disposal, once: at once if it was. */
    void onDispose(Runnable disposal) {
        disposals.add(disposal);
        if (disposed && disposals.remove(disposal)) {
            disposal.run();
        }
    }

    void forget(Runnable disposal) {
        disposals.remove(disposal);
    }

    /**
     * Ends what waits for something else than a connection, so that it does not outlive the client.
     *
     * @param wait nothing of it was sent
     * @param <T> what is waited for
     * @return the wait; or an {@link HttpFailure} as soon as the client is closed
     */
    <T> Flux<T> until(Flux<T> wait) {
        return wait.takeUntilOther(disposal());
    }

    private <T> Mono<T> disposal() {
        return Mono.create(sink -> {
            Runnable disposal =
                    () -> sink.error(new HttpFailure(HttpFailure.Kind.DISPOSED, false, "the client was closed", null));
            sink.onDispose(() -> forget(disposal));
            onDispose(disposal);
        });
    }

    /** Every call in the air is told before its connection goes. */
    @Override
    public void dispose() {
        disposed = true;
        disposals.forEach(disposal -> {
            if (disposals.remove(disposal)) {
                disposal.run();
            }
        });
        pool.dispose();
        busy.forEach(Connections::close);
    }

    private static void close(Channel channel) {
        channel.close().addListener(closed -> {}); // whoever reads from it is told
    }

    @Override
    public boolean isDisposed() {
        return disposed;
    }
}
