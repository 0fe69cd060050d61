package dev.darkroom.internal.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import reactor.netty.NettyPipeline;

/**
 * Passes over replies which only announce the real one (102 Processing, 103 Early Hints): reactor-netty would take the
 * first for the answer. One for each connection, or each stream of one over HTTP/2; on its event loop.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-15.2">RFC 9110, 15.2</a>
 */
final class InformationalReplies extends ChannelInboundHandlerAdapter {

    private static final String NAME = "darkroom.informational-replies";

    private static final int SWITCHING_PROTOCOLS = 101;

    private boolean passing;

    /** Once for each channel, however many requests it carries. */
    static void passOver(Channel channel) {
        var pipeline = channel.pipeline();
        if (pipeline.get(NAME) == null && pipeline.get(NettyPipeline.ReactiveBridge) != null) {
            pipeline.addBefore(NettyPipeline.ReactiveBridge, NAME, new InformationalReplies());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse response && isInformational(response)) {
            passing = true;
        }
        if (!passing) {
            context.fireChannelRead(message);
            return;
        }
        if (message instanceof LastHttpContent) {
            passing = false;
            context.read(); // nobody above knows that there was something to read on for
        }
        ReferenceCountUtil.release(message);
    }

    static boolean isInformational(HttpResponse response) {
        return response.status().codeClass() == HttpStatusClass.INFORMATIONAL
                && response.status().code() != SWITCHING_PROTOCOLS;
    }
}
