package dev.darkroom.benchmarks.child;

import dev.darkroom.benchmarks.peers.Worker;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;

/** Makes pictures when it is told to begin, and says how long that took and how many it has given up. */
public final class Pictures {

    private static final int WARM_UP = 20;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private Pictures() {}

    /** The kind of the worker, an emulator without a quota to warm up at, one to work at, how many, how many at a time. */
    public static void main(String[] arguments) throws IOException {
        var kind = Worker.Kind.valueOf(arguments[0]);
        int count = Integer.parseInt(arguments[3]);
        int concurrency = Integer.parseInt(arguments[4]);
        kind.at(URI.create(arguments[1])).pictures(WARM_UP, WARM_UP).blockLast(LONGEST);
        var worker = kind.at(URI.create(arguments[2]));
        System.out.println("ready");
        System.in.read();
        long start = System.nanoTime();
        var made = worker.pictures(count, concurrency).collectList().block(LONGEST);
        Say.number("seconds", (System.nanoTime() - start) / 1e9);
        Say.number("made", Collections.frequency(made, true));
        System.exit(0);
    }
}
