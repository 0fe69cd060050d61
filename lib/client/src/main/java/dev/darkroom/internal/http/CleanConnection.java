package dev.darkroom.internal.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.nio.AbstractNioChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;

/**
 * Sees to it that one request of an HTTP/1.1 connection is answered by one answer, and by its own: a server, or a proxy
 * before it, that says something twice, or more than it announced, must never answer somebody else's request.
 *
 * <ul>
 *   <li>Bytes that arrive while no request is under way end the connection.
 *   <li>The end of an answer is handed on only when all bytes that came with it were read. If there were any more, even
 *       half a line, the connection ends with that answer and does not go back to its pool.
 *   <li>Before a request is written, what lies in the socket is read ({@link #look}), so that it is found in time.
 * </ul>
 *
 * <p>Two handlers, one below and one above the codec, because bytes are seen below it and where an answer ends above it.
 * One for each connection, made when it is used first; all on its event loop. HTTP/2 needs none of it: its frames name
 * their request.
 */
final class CleanConnection {

    private static final AttributeKey<CleanConnection> KEY = AttributeKey.valueOf("darkroom.clean-connection");

    /** Nothing to a codec between two answers, and the end of whatever line or head it holds otherwise. */
    private static final byte[] TWO_LINE_ENDS = {'\r', '\n', '\r', '\n'};

    private final Channel channel;
    private final Above above = new Above();
    private boolean asked;
    private boolean unclean;
    private int answers;
    private @Nullable LastHttpContent end;
    private @Nullable Runnable onEnd;

    private CleanConnection(Channel channel) {
        this.channel = channel;
    }

    /** The one of this channel; null if it is none of HTTP/1.1. */
    static @Nullable CleanConnection of(Channel channel) {
        var known = channel.attr(KEY).get();
        if (known != null || !(channel.pipeline().get(NettyPipeline.HttpCodec) instanceof HttpClientCodec)) {
            return known;
        }
        var made = new CleanConnection(channel);
        channel.pipeline()
                .addBefore(NettyPipeline.HttpCodec, "darkroom.below-the-codec", made.new Below())
                .addAfter(NettyPipeline.HttpCodec, "darkroom.above-the-codec", made.above);
        channel.attr(KEY).set(made);
        return made;
    }

    /** Whether it has answered before, so that it lay in the pool. */
    boolean isUsed() {
        return answers > 0;
    }

    /** Whether a request may be written on it. */
    boolean isClean() {
        return !unclean && channel.isActive();
    }

    /**
     * Reads what lies in the socket, a hang-up included, and goes on then. Java's own channel is read on the spot, and so only in a
     * task of the event loop, because a channel that is just being read is not to be read from within. A native transport's is
     * read by its event loop, in the next of its turns: what is due at once is begun behind it.
     */
    void look(Runnable then) {
        if (channel.isActive() && !(channel instanceof AbstractNioChannel)) {
            channel.read();
            channel.eventLoop().schedule(then, 0, TimeUnit.NANOSECONDS).addListener(gone -> {
                if (!gone.isSuccess()) {
                    channel.pipeline().fireExceptionCaught(gone.cause());
                }
            });
            return;
        }
        if (channel.isActive()) {
            ((AbstractNioChannel) channel).unsafe().read();
        }
        then.run();
    }

    /** Whom to tell, once, when the next answer has ended, or the connection: at once if it has. */
    void onEnd(Runnable listener) {
        onEnd = listener;
        if (!channel.isActive()) {
            tellEnd();
        }
    }

    private void tellEnd() {
        var listener = onEnd;
        onEnd = null;
        if (listener != null) {
            listener.run();
        }
    }

    private void pollute() {
        unclean = true;
        Connection.from(channel).markPersistent(false);
    }

    private final class Below extends ChannelDuplexHandler {

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
            asked |= message instanceof ByteBuf bytes && bytes.isReadable();
            super.write(context, message, promise);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (!asked) {
                ReferenceCountUtil.release(message);
                pollute();
                channel.close().addListener(closed -> {}); // whoever uses it is told
                return;
            }
            context.fireChannelRead(message);
            if (end != null) {
                context.fireChannelRead(Unpooled.wrappedBuffer(TWO_LINE_ENDS));
                above.handOn();
            }
        }
    }

    private final class Above extends ChannelInboundHandlerAdapter {

        private @Nullable ChannelHandlerContext context;
        private boolean announcing;

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            this.context = context;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpResponse response) {
                announcing = InformationalReplies.isInformational(response);
            }
            if (end != null) {
                ReferenceCountUtil.release(message);
                pollute();
            } else if (message instanceof LastHttpContent last && !announcing) {
                end = last;
            } else {
                context.fireChannelRead(message);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            handOn(); // the answer that ends with the connection
            tellEnd();
            context.fireChannelInactive();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            handOn();
            context.fireUserEventTriggered(event);
        }

        void handOn() {
            var last = end;
            if (last != null && context != null) {
                end = null;
                asked = false;
                answers++;
                tellEnd();
                context.fireChannelRead(last);
            }
        }
    }
}
