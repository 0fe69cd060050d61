package dev.darkroom.benchmarks.child;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.netty.http.client.HttpClient;

/**
 * Notes when bytes come off a socket, and when all who wanted them are done with them: the first handler of a pipeline, in
 * front of all of reactor-netty's.
 */
final class SocketReads {

    private final Map<Integer, OfConnection> connections = new ConcurrentHashMap<>();

    HttpClient watch(HttpClient client) {
        return client.doOnChannelInit(
                (observer, channel, address) -> channel.pipeline().addFirst(new OfConnection(this)));
    }

    /** The reads of a connection, by the port of our side. */
    OfConnection of(int port) {
        var connection = connections.get(port);
        if (connection == null) {
            throw new IllegalStateException("no connection from port " + port);
        }
        return connection;
    }

    /** The reads of one connection, in order: how many bytes had come by then, when it began, when it was dealt with. */
    static final class OfConnection extends ChannelInboundHandlerAdapter {

        private final SocketReads all;
        private long[] offsets = new long[64];
        private long[] begun = new long[64];
        private long[] done = new long[64];
        private int count;
        private long offset;

        OfConnection(SocketReads all) {
            this.all = all;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            all.connections.put(((InetSocketAddress) context.channel().localAddress()).getPort(), this);
            context.fireChannelActive();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            long now = System.nanoTime();
            offset += ((ByteBuf) message).readableBytes();
            context.fireChannelRead(message);
            note(now);
        }

        private synchronized void note(long now) {
            if (count == offsets.length) {
                offsets = Arrays.copyOf(offsets, 2 * count);
                begun = Arrays.copyOf(begun, 2 * count);
                done = Arrays.copyOf(done, 2 * count);
            }
            offsets[count] = offset;
            begun[count] = now;
            done[count++] = System.nanoTime();
        }

        /** When the read began that brought the byte before this offset. */
        synchronized long begun(long upTo) {
            return begun[read(upTo)];
        }

        /** When the byte before this offset was dealt with. */
        synchronized long done(long upTo) {
            return done[read(upTo)];
        }

        private int read(long upTo) {
            int found = Arrays.binarySearch(offsets, 0, count, upTo);
            int index = found >= 0 ? found : -found - 1;
            if (index == count) {
                throw new IllegalStateException("only " + offset + " of " + upTo + " bytes were read");
            }
            return index;
        }
    }
}
