package dev.darkroom.internal.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request on an HTTP/2 connection, as far as it is more than its answer: whether the server says that it was never
 * accepted. That is so if the stream was refused, or is above the last one that a closing server says it has taken; or if this
 * side did not even open it, because the connection was closing or full by then. Whatever else ends a stream leaves its outcome
 * open, and so does a server that says so after it had begun to answer.
 *
 * <p>One for each stream, first in its pipeline, on the event loop of its connection.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9113#section-8.7">RFC 9113, 8.7</a>
 */
final class Http2Stream extends ChannelInboundHandlerAdapter {

    private static final String NAME = "darkroom.http2-stream";

    private final Http2StreamChannel channel;
    private final Http2Connection connection;
    private boolean answered;
    private boolean refused;

    private Http2Stream(Http2StreamChannel channel, Http2Connection connection) {
        this.channel = channel;
        this.connection = connection;
    }

    /** The one of this channel; null if it is no stream of HTTP/2. */
    static @Nullable Http2Stream of(Channel channel) {
        if (!(channel instanceof Http2StreamChannel stream)) {
            return null;
        }
        var codec = Objects.requireNonNull(stream.parent().pipeline().get(Http2FrameCodec.class));
        Http2.prepare(stream.parent(), codec);
        var made = new Http2Stream(stream, codec.connection());
        stream.pipeline().addFirst(NAME, made);
        return made;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        answered |= message instanceof Http2StreamFrame;
        context.fireChannelRead(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        refused |= event instanceof Http2ResetFrame reset && reset.errorCode() == Http2Error.REFUSED_STREAM.code();
        context.fireUserEventTriggered(event);
    }

    /** Why the server never accepted the request, in words; null if it may have. */
    @Nullable
    String refusal(Throwable failure) {
        if (answered) {
            return null;
        }
        if (refused) {
            return "it refused the stream";
        }
        var id = channel.stream().id();
        var last = connection.local().lastStreamKnownByPeer();
        if (last >= 0 && id > last) {
            return "it is closing the connection, and had not taken it yet";
        }
        var local = ConnectionFailures.find(Http2Exception.class, failure);
        var unopened = id <= 0 || (local != null && local.error() == Http2Error.REFUSED_STREAM);
        return unopened ? "its connection takes no more of them" : null;
    }
}
