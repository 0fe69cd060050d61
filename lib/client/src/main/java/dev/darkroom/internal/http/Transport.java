package dev.darkroom.internal.http;

import dev.darkroom.dialect.Reply;
import dev.darkroom.settings.Timeouts;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;

/**
 * Makes HTTP exchanges over one pool of connections. Shared by all copies of a client; thread-safe.
 *
 * <p>Redirects are not followed, nothing is sent twice, nothing is decompressed: what is retried is decided elsewhere.
 */
public final class Transport {

    /**
     * What the kernel may hold of a request. It would hold megabytes, and on a slow line the time in which they leave would
     * count as the server's.
     */
    private static final int SENT_AHEAD = 512 * 1024;

    /** For {@code http://}. */
    private final HttpClient plain;
    /** For {@code https://}: the same one, unless HTTP/2 is offered there. */
    private final HttpClient secure;

    private final ConnectionPools connections;
    /** Whether nothing but the call's own headers is sent, whatever the user's client would add. */
    private final boolean bare;

    private Transport(HttpClient plain, HttpClient secure, ConnectionPools connections, boolean bare) {
        this.plain = plain;
        this.secure = secure;
        this.connections = connections;
        this.bare = bare;
    }

    /**
     * A transport.
     *
     * @param connections its connections
     * @param base reactor-netty's client as the user wants it: proxy, TLS, resolver, event loops; our own settings are
     *     applied to it
     * @param http2 whether HTTP/2 is offered where there is TLS
     * @param connect how long to wait for a TCP connection
     * @param headBytes how large the head of an answer may be; more, if the user's client says so
     * @return the transport
     */
    public static Transport over(
            ConnectionPools connections, HttpClient base, boolean http2, Duration connect, int headBytes) {
        var connectMillis = (int) Math.min(Integer.MAX_VALUE, Math.max(1, connect.toMillis()));
        var plain = ours(base, connectMillis, headBytes);
        var secure = http2 ? ours(Http2.offeredBy(base), connectMillis, headBytes) : plain;
        return new Transport(plain, secure, connections, false);
    }

    private static HttpClient ours(HttpClient base, int connectMillis, int headBytes) {
        var client = HeadLimit.on(base, headBytes)
                .disableRetry(true)
                .followRedirect(false)
                .compress(false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis);
        return base.configuration().options().containsKey(ChannelOption.SO_SNDBUF)
                ? client
                : client.option(ChannelOption.SO_SNDBUF, SENT_AHEAD);
    }

    /** The same way out, but only to where a guard lets us, and with none of the headers that the user's client adds. */
    Transport guarded(AddressGuard guard) {
        var guarded = plain.doOnChannelInit(guard);
        return new Transport(guarded, secure == plain ? guarded : secure.doOnChannelInit(guard), connections, true);
    }

    /**
     * A wait of a call which has nothing in the air.
     *
     * @param wait for one signal; nothing of it was sent
     * @param <T> what is waited for
     * @return the wait; or an {@link HttpFailure} of {@link HttpFailure.Kind#DISPOSED} as soon as the client is closed, and the wait
     *     is cancelled
     */
    public <T> Flux<T> untilDisposed(Flux<T> wait) {
        return new UntilDisposed<>(wait, connections);
    }

    /**
     * Sends a request and decodes the answer.
     *
     * <p>Nothing happens before the subscription; a cancellation before the last element closes the connection, or over
     * HTTP/2 its stream. Demand reaches the socket. Signals arrive on the connection's event loop; without a connection, those of a
     * limit on the timer's thread.
     *
     * @param call what to send
     * @param timeouts how long to wait for the server
     * @param decoders makes the decoder of the answer from its head; called on the event loop
     * @param <T> what the decoder makes
     * @return the elements; or an {@link HttpFailure}, or whatever the decoder throws
     */
    public <T> Flux<T> exchange(HttpCall call, Timeouts timeouts, Function<Reply, BodyDecoder<T>> decoders) {
        return exchange(call, timeouts, null, waited -> {}, decoders);
    }

    /**
     * Sends a request, if there is still time to, and decodes the answer.
     *
     * @param call what to send
     * @param timeouts how long to wait for the server
     * @param toSend after which nothing is sent any more, more than zero; null if it is never too late
     * @param watch is given, as it begins, what says from then on how many nanoseconds the server has kept us waiting
     * @param decoders makes the decoder of the answer from its head; called on the event loop
     * @param <T> what the decoder makes
     * @return as {@link #exchange(HttpCall, Timeouts, Function)}
     */
    public <T> Flux<T> exchange(
            HttpCall call,
            Timeouts timeouts,
            @Nullable Duration toSend,
            Consumer<LongSupplier> watch,
            Function<Reply, BodyDecoder<T>> decoders) {
        return Flux.deferContextual(context -> {
            if (connections.isDisposed()) {
                return Flux.error(new HttpFailure(HttpFailure.Kind.DISPOSED, false, "the client was closed", null));
            }
            var scheduler = Schedulers.parallel();
            var timer = new ExchangeTimer(timeouts, toSend);
            watch.accept(() -> timer.waited(scheduler.now(TimeUnit.NANOSECONDS)));
            var wire = new OnTheWire(timer);
            var place = new CancelExecutor(context.getOrDefault(CancelExecutor.class, null));
            var client = call.isSecure() ? secure : plain;
            var elements = new Exchange<>(call, client, bare, decoders, connections, wire, place, scheduler).elements();
            return new WithinLimits<>(elements, wire, place, connections, scheduler);
        });
    }
}
