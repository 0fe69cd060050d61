package dev.darkroom.benchmarks.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Writes a piece of each of its streams once a second, from one thread which never blocks. The streams take turns evenly:
 * with a thousand of them there is a piece each millisecond.
 */
final class Drip implements Runnable {

    private static final int PIECE = 64 * 1024;
    private static final long PERIOD = 1_000_000_000;
    /** As many turns as fit into a period without two streams having the same one. */
    private static final int TURNS = 1000;

    private final Queue<Stream> arrived = new ConcurrentLinkedQueue<>();
    private final List<Stream> streams = new ArrayList<>();
    private int count;

    void add(Exchange exchange, EventStream stream) throws IOException {
        exchange.channel().configureBlocking(false);
        arrived.add(new Stream(exchange, stream.all()));
    }

    @Override
    public void run() {
        while (true) {
            for (var stream = arrived.poll(); stream != null; stream = arrived.poll()) {
                stream.due = System.nanoTime() + PERIOD + count++ % TURNS * (PERIOD / TURNS);
                streams.add(stream);
            }
            try {
                streams.removeIf(Stream::isOver);
                Thread.sleep(0, 500_000);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static final class Stream {

        private final Exchange exchange;
        private final ByteBuffer wire;
        private final int end;
        private long due;

        Stream(Exchange exchange, ByteBuffer wire) {
            this.exchange = exchange;
            this.end = wire.limit();
            this.wire = wire.limit(0);
        }

        /** Writes what is due, as far as the socket takes it. */
        boolean isOver() {
            if (!wire.hasRemaining() && System.nanoTime() >= due) {
                wire.limit(Math.min(end, wire.position() + PIECE));
                due += PERIOD;
            }
            try {
                if (wire.hasRemaining()) {
                    exchange.writeNoted(wire);
                }
            } catch (IOException clientIsGone) {
                return true;
            }
            return wire.position() == end;
        }
    }
}
