package dev.darkroom.emulator.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.FutureMono;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The connection below an answer: what may be done to it that HTTP does not know of. With HTTP/2 the answer has a stream, which shares
 * the connection with others.
 *
 * @param channel that of the answer
 */
record ClientSocket(Channel channel) {

    static ClientSocket of(HttpServerResponse response) {
        var found = new @Nullable Connection[1];
        response.withConnection(connection -> found[0] = connection);
        return new ClientSocket(Objects.requireNonNull(found[0]).channel());
    }

    static ClientSocket of(HttpServerRequest request) {
        var found = new @Nullable Connection[1];
        request.withConnection(connection -> found[0] = connection);
        return new ClientSocket(Objects.requireNonNull(found[0]).channel());
    }

    boolean isHttp2() {
        return channel instanceof Http2StreamChannel;
    }

    boolean isSecure() {
        return tcp().pipeline().get(SslHandler.class) != null;
    }

    private Channel tcp() {
        return channel instanceof Http2StreamChannel stream ? stream.parent() : channel;
    }

    /** Behind HTTP and before TLS: what is written here, or closed, is encrypted, but HTTP knows nothing of it. */
    private ChannelHandlerContext belowHttp() {
        ChannelPipeline pipeline = tcp().pipeline();
        return isHttp2() ? pipeline.context(Http2FrameCodec.class) : pipeline.context(NettyPipeline.HttpCodec);
    }

    /** Writes bytes of the connection as they are, past HTTP; completes once the socket has taken them. */
    Mono<Void> write(byte[] bytes) {
        return FutureMono.deferFuture(() -> belowHttp().writeAndFlush(Unpooled.wrappedBuffer(bytes)));
    }

    /** Writes bytes past TLS, too. */
    Mono<Void> writeBelowTls(byte[] bytes) {
        return FutureMono.deferFuture(
                () -> tcp().pipeline().context(SslHandler.class).writeAndFlush(Unpooled.wrappedBuffer(bytes)));
    }

    /** FIN, said goodbye to by TLS. */
    void close() {
        var unused = belowHttp().close(); // its end is what the client sees, and the exchange
    }

    /** FIN without a goodbye of TLS. */
    void closeBelowTls() {
        var unused = tcp().pipeline().context(SslHandler.class).close();
    }

    /** RST. */
    void reset() {
        // A linger of 0 s makes the kernel send RST instead of FIN.
        tcp().config().setOption(ChannelOption.SO_LINGER, 0);
        var unused = isSecure()
                ? tcp().pipeline().context(SslHandler.class).close()
                : belowHttp().close();
    }

    /** FIN of our half, said goodbye to by TLS; what the client says can still be heard. */
    void halfClose() {
        var tls = tcp().pipeline().get(SslHandler.class);
        if (tls != null) {
            var unused = tls.closeOutbound();
        } else {
            var unused = ((DuplexChannel) tcp()).shutdownOutput();
        }
    }

    /** RST_STREAM. */
    void resetStream(long code) {
        var unused = channel.pipeline().firstContext().writeAndFlush(new DefaultHttp2ResetFrame(code));
    }

    /** GOAWAY which counts the streams up to this one as accepted, or those before it. */
    void goAway(boolean accepted, long code) {
        int id = ((Http2StreamChannel) channel).stream().id();
        var context = belowHttp();
        var codec = (Http2FrameCodec) context.handler();
        context.executor().execute(() -> {
            var unused = codec.goAway(
                    context, accepted ? id : Math.max(0, id - 2), code, Unpooled.EMPTY_BUFFER, context.newPromise());
            context.flush();
        });
    }

    /** Closes the whole connection once its streams have ended. */
    void closeGently() {
        var unused = tcp().close();
    }
}
