package dev.darkroom.emulator.server;

import dev.darkroom.emulator.fault.Fault;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * What goes wrong with one connection before TLS has greeted: it stands before TLS, swallows what the client says or hangs up; and it
 * tells who chooses the certificate, which is asked on the same event loop while the bytes pass here, and is not told for whom.
 */
final class HandshakeFault extends ChannelInboundHandlerAdapter {

    private static final FastThreadLocal<Fault> PASSING = new FastThreadLocal<>() {
        @Override
        protected Fault initialValue() {
            return Fault.NONE;
        }
    };

    private final Fault fault;

    private HandshakeFault(Fault fault) {
        this.fault = fault;
    }

    /** Puts it before whatever else the connection gets in the same turn of its event loop. */
    static void install(Channel channel, Fault fault) {
        channel.eventLoop().execute(() -> channel.pipeline().addFirst(new HandshakeFault(fault)));
    }

    /** That of the connection whose bytes this thread reads. */
    static Fault passing() {
        return PASSING.get();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
        if (fault == Fault.HANDSHAKE_CUT || fault == Fault.HANDSHAKE_STALL) {
            ReferenceCountUtil.release(bytes);
            if (fault == Fault.HANDSHAKE_CUT) {
                var unused = context.close();
            }
            return;
        }
        PASSING.set(fault);
        try {
            super.channelRead(context, bytes);
        } finally {
            PASSING.remove();
        }
    }
}
