package dev.darkroom.internal.http;

import dev.darkroom.dialect.Reply;
import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.ImageException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.netty.Connection;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;

/**
 * One request and its answer. Made for one subscription; what it does, it does on the event loop of its connection.
 *
 * @param <T> what the decoder makes of the answer
 */
final class Exchange<T> {

    /** Connections of the pool which turn out not to be clean, or hung up, before a request was written on them or taken from them. */
    private static final int MOST_UNCLEAN = 3;

    private final HttpCall call;
    private final HttpClient client;
    private final boolean bare;
    private final Function<Reply, BodyDecoder<T>> decoders;
    private final ConnectionPools connections;
    private final ExchangeTimer timer;
    private final OnTheWire wire;
    private final CancelExecutor place;
    private final Scheduler scheduler;
    private volatile @Nullable Dispatch dispatch;

    Exchange(
            HttpCall call,
            HttpClient client,
            boolean bare,
            Function<Reply, BodyDecoder<T>> decoders,
            ConnectionPools connections,
            OnTheWire wire,
            CancelExecutor place,
            Scheduler scheduler) {
        this.call = call;
        this.client = client;
        this.bare = bare;
        this.decoders = decoders;
        this.connections = connections;
        this.wire = wire;
        this.timer = wire.timer();
        this.place = place;
        this.scheduler = scheduler;
    }

    Flux<T> elements() {
        return cleanly(once(), MOST_UNCLEAN);
    }

    /** On another connection, if the one it was given turns out not to be clean. */
    private Flux<T> cleanly(Flux<T> once, int more) {
        return once.onErrorResume(cause -> {
            var failure = isOfTheTransport(cause) ? failure(cause) : cause;
            return isOfAnUncleanConnection(failure) && more > 0 ? cleanly(once, more - 1) : Flux.error(failure);
        });
    }

    private Flux<T> once() {
        return client.doOnRequest((request, connection) -> begin(connection))
                .request(HttpMethod.valueOf(call.method()))
                .uri(call.uri())
                .send(this::send)
                .responseConnection(this::receive);
    }

    private void begin(Connection connection) {
        var channel = connection.channel();
        place.moveTo(channel.eventLoop());
        dispatch = new Dispatch(channel, call.body());
        connections.begin(channel);
    }

    private Publisher<Void> send(HttpClientRequest request, NettyOutbound outbound) {
        if (bare) {
            request.requestHeaders().clear().set(HttpHeaderNames.HOST, call.hostHeader());
        }
        call.headers().forEach(request.requestHeaders()::set);
        if (!call.body().isEmpty() || call.method().equals("POST")) { // some want the length of nothing, too
            request.requestHeaders().set(HttpHeaderNames.CONTENT_LENGTH, Long.toString(call.contentLength()));
        }
        return Objects.requireNonNull(dispatch)
                .send(() -> wire.begin(now()), outbound, () -> timer.bytes(now()))
                .doOnSuccess(nothing -> timer.sent(now()));
    }

    private Flux<T> receive(HttpClientResponse response, Connection connection) {
        Objects.requireNonNull(dispatch).answered();
        var reply = reply(response);
        BodyDecoder<T> decoder;
        try {
            var plain = decoders.apply(reply);
            timer.answered(plain.limit(), now());
            decoder = Inflating.where(response.responseHeaders(), reply.status(), plain);
        } catch (RuntimeException e) {
            connection.dispose(); // nobody will read the body
            return Flux.error(e);
        }
        var broken = new AtomicReference<Throwable>();
        var chunks = connection.inbound().receive();
        var loop = connection.channel().eventLoop();
        return new DecodeThenDrain<>(chunks, decoder, loop, scheduler, () -> timer.bytes(now()))
                .onErrorResume(failure -> {
                    broken.set(failure); // told after the elements that arrived before it
                    return Flux.empty();
                })
                .concatMapIterable(Function.identity(), 1)
                .concatWith(Flux.defer(() -> end(decoder, reply, broken.get())));
    }

    private Flux<T> end(BodyDecoder<T> decoder, Reply reply, @Nullable Throwable broken) {
        if (broken != null && !isOfTheTransport(broken)) {
            return Flux.error(broken); // the decoder's own
        }
        var end = broken == null ? BodyEnd.inOrder(reply) : BodyEnd.broken(failure(broken));
        return Flux.fromIterable(decoder.end(end));
    }

    private Reply reply(HttpClientResponse response) {
        return new Reply(response.status().code(), map(response.responseHeaders()), receivedAt());
    }

    private static Map<String, String> map(HttpHeaders headers) {
        var map = new LinkedHashMap<String, String>();
        headers.forEach(header -> map.putIfAbsent(header.getKey(), header.getValue()));
        return map;
    }

    /** What a decoder throws knows by itself what it means. */
    private boolean isOfTheTransport(Throwable failure) {
        return !(failure instanceof ImageException
                || failure instanceof DownloadFailedException
                || failure instanceof RedirectSignal
                || failure instanceof BodyDecoder.Failure
                || failure instanceof HttpFailure);
    }

    /** Where it is decided what a failure says of the request: that no byte of it left, or that the server never accepted it. */
    private HttpFailure failure(Throwable cause) {
        var host = call.uri().getHost();
        var sender = dispatch;
        var refusal = sender == null ? null : sender.refusal(cause);
        if (refusal != null) {
            wire.takeBack(now());
            return ConnectionFailures.refusal(host, refusal, cause);
        }
        return ConnectionFailures.failure(host, wire.isSent(), connections.have(client), cause);
    }

    private boolean isOfAnUncleanConnection(Throwable failure) {
        var sender = dispatch;
        dispatch = null;
        return failure instanceof HttpFailure && !wire.isSent() && sender != null && sender.isReused();
    }

    /** By the scheduler's clock, so that virtual time rules what is computed from it. */
    private Instant receivedAt() {
        return Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
    }

    private long now() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }
}
