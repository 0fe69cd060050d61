package dev.darkroom.internal.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2PushPromiseFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Passes over what a server sends on streams that it opens itself. A client may forbid that, so we do; and who pushes a picture
 * all the same has it reset, because nobody would read, and so release, what comes on such a stream.
 *
 * <p>One for each HTTP/2 connection, above its codec, on its event loop.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9113#section-8.4">RFC 9113, 8.4</a>
 */
final class UnaskedStreams extends ChannelInboundHandlerAdapter {

    private UnaskedStreams() {}

    /** Before the first request of a connection is written. */
    static void forbid(Channel channel, Http2FrameCodec codec) {
        var context = channel.pipeline().context(codec);
        channel.pipeline().addAfter(context.name(), "darkroom.unasked-streams", new UnaskedStreams());
        codec.encoder()
                .writeSettings(context, new Http2Settings().pushEnabled(false), context.newPromise())
                .addListener(done -> {}); // a connection that is gone tells its streams
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof Http2PushPromiseFrame promise) {
            reset(context, promise.pushStream());
            ReferenceCountUtil.release(message);
        } else if (message instanceof Http2StreamFrame frame && isUnasked(frame)) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    /** Streams of even number are the server's. */
    private static boolean isUnasked(Http2StreamFrame frame) {
        var stream = frame.stream();
        return stream != null && stream.id() > 0 && stream.id() % 2 == 0;
    }

    private static void reset(ChannelHandlerContext context, Http2FrameStream stream) {
        context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM).stream(stream))
                .addListener(done -> {}); // a connection that is gone needs none
    }
}
