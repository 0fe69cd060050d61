package dev.darkroom.benchmarks.child;

import dev.darkroom.benchmarks.peers.Peer;
import dev.darkroom.benchmarks.server.Pace;
import dev.darkroom.benchmarks.server.Shape;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Reads as fast as it can, first small images, so that what happens once a stream or once an event is compiled too, and then
 * the real ones.
 */
final class WarmUp {

    private static final int SMALL = 20_000;
    private static final int SMALL_SECONDS = 2;
    /**
     * How long the real ones are read at most. While they were read for three, the compilers had almost as much of the processors as
     * who reads; after twenty, they had a fifth of that at most.
     */
    private static final int MOST_SECONDS = 15;

    /** Five seconds for each that is measured, or for each stream. */
    private static final int TIMES = 5;

    /** What is read is counted, so that no compiler finds that nobody wants it. */
    private static final LongAdder BYTES = new LongAdder();

    private WarmUp() {}

    static void of(Arguments told) {
        read(told, new Shape(told.shape().previews(), SMALL), SMALL_SECONDS);
        read(told, told.shape(), Math.min(MOST_SECONDS, TIMES * told.count()));
    }

    private static void read(Arguments told, Shape shape, int seconds) {
        try (var peer = told.contender().connect(told.server().resolve(Pace.FAST.path(shape)))) {
            readFor(seconds, peer);
        }
    }

    /** Reads one stream after the other, and returns how many. */
    static int readFor(int seconds, Peer peer) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        int streams = 0;
        while (System.nanoTime() < end) {
            peer.read(image -> image.forEach(segment -> BYTES.add(segment.remaining())));
            streams++;
        }
        return streams;
    }
}
