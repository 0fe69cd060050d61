package dev.darkroom.internal.http;

import dev.darkroom.dialect.BodyPart;
import dev.darkroom.settings.Connections;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.FutureMono;
import reactor.netty.NettyOutbound;

/**
 * Writes one request, on the event loop of its connection, and not before it can reach its server: a proxy's tunnel has to
 * stand, and the connection must hold nothing that was not asked for. So a request that fails before it is begun was never
 * sent.
 *
 * <p>The body leaves piece by piece, each when the one before it was handed to the kernel, so that our own queue never
 * counts as the server's silence. It stops where an answer begins: nobody reads the rest. The hard case is an early answer
 * with a reset behind it; the write fails first, while the answer lies in the socket, so it is looked for there before the
 * failure is told.
 */
final class Dispatch {

    private final Channel channel;
    private final @Nullable CleanConnection clean;
    private final @Nullable Http2Stream stream;
    private final List<BodyPart> body;
    private long left;
    private boolean answered;

    Dispatch(Channel channel, List<BodyPart> body) {
        this.channel = channel;
        this.clean = CleanConnection.of(channel);
        this.stream = Http2Stream.of(channel);
        this.body = body;
        this.left = body.stream().mapToLong(BodyPart::length).sum();
        InformationalReplies.passOver(channel);
    }

    /** Whether the connection was left to us by an earlier exchange, or is shared with others. */
    boolean isReused() {
        return stream != null || (clean != null && clean.isUsed());
    }

    /** Why the server never accepted the request, although it was written; null if it may have. */
    @Nullable
    String refusal(Throwable failure) {
        return stream == null ? null : stream.refusal(failure);
    }

    /** The head of the answer has arrived; called on the event loop. */
    void answered() {
        answered = true;
    }

    /**
     * Sends the request.
     *
     * @param begin asked when nothing but writing is left to do; false if the request must not be sent any more
     * @param outbound with all headers set by then
     * @param taken told of each piece that the kernel took
     * @return completes when all was handed to the kernel; nothing where something else tells how it ended
     */
    Mono<Void> send(BooleanSupplier begin, NettyOutbound outbound, Runnable taken) {
        if (clean != null && isAgreedOnHttp2()) {
            return Mono.error(new HttpFailure(
                    HttpFailure.Kind.CONNECTION,
                    false,
                    "the TLS context that customize(..) brought agreed on HTTP/2, which " + Connections.HTTP2
                            + " speaks",
                    null));
        }
        return tunnel().then(look()).then(Mono.defer(() -> {
            if (clean != null) {
                if (!clean.isClean()) {
                    return Mono.never(); // whoever closed it is on the way to tell
                }
                // A write that fails leaves the connection open for reading: there may be an answer.
                channel.config().setAutoClose(false);
            }
            return begin.getAsBoolean() ? written(outbound, taken) : Mono.never();
        }));
    }

    private Mono<Void> written(NettyOutbound outbound, Runnable taken) {
        if (body.isEmpty()) {
            return outbound.then(Mono.<Void>empty()).then();
        }
        return outbound.then()
                .thenMany(Upload.of(body))
                .takeWhile(piece -> !answered)
                .concatMap(piece -> written(piece, taken), 1)
                .takeUntil(isWhole -> isWhole)
                .onErrorResume(failure -> !(failure instanceof HttpFailure), this::failed)
                .doOnDiscard(ByteBuf.class, ByteBuf::release)
                .then(Mono.defer(() -> left > 0 ? Mono.never() : Mono.empty()));
    }

    /** A kernel that takes piece after piece leaves the event loop no time to read, so it is done in between. */
    private Mono<Boolean> written(ByteBuf piece, Runnable taken) {
        var size = piece.readableBytes();
        return FutureMono.deferFuture(() -> channel.writeAndFlush(piece)).then(Mono.defer(() -> {
            left -= size;
            taken.run();
            return left > 0 ? look().thenReturn(false) : Mono.just(true);
        }));
    }

    private Flux<Boolean> failed(Throwable failure) {
        return look().thenMany(Flux.defer(() -> answered ? Flux.empty() : Flux.error(failure)));
    }

    /** Completes when what lies in the socket was read, behind the task in hand, which may be reading from this very connection. */
    private Mono<Void> look() {
        return Mono.create(looked -> channel.eventLoop().execute(() -> {
            try {
                if (clean == null) {
                    looked.success();
                } else {
                    clean.look(looked::success);
                }
            } catch (RuntimeException e) {
                looked.error(e);
            }
        }));
    }

    private boolean isAgreedOnHttp2() {
        var tls = channel.pipeline().get(SslHandler.class);
        return tls != null && ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol());
    }

    /** What a proxy refuses is told as a failure of the connection. */
    private Mono<Void> tunnel() {
        var proxy = channel.pipeline().get(ProxyHandler.class);
        return proxy == null || proxy.isConnected()
                ? Mono.empty()
                : Mono.create(through -> proxy.connectFuture().addListener(connecting -> {
                    if (connecting.isSuccess()) {
                        through.success();
                    }
                }));
    }
}
