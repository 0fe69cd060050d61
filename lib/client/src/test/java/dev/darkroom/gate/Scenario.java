package dev.darkroom.gate;

import java.util.List;
import java.util.function.DoubleFunction;

/**
 * What the law is simulated in. Seconds.
 *
 * @param name as the table says it
 * @param server by a phase from 0 to 1
 * @param shortest service of a call
 * @param longest service of a call
 * @param images most images of a call; each has 1 to this many
 * @param jobs how many, all there at the start
 * @param concurrency how many the application asks for at once, all clients together
 * @param slowRefusals whether refusals take one to three seconds longer than acceptances
 * @param roundTrip the longest; the shortest is a third of it
 */
record Scenario(
        String name,
        DoubleFunction<SimulatedServer> server,
        double shortest,
        double longest,
        int images,
        int jobs,
        int concurrency,
        boolean slowRefusals,
        double roundTrip) {

    static final int JOBS = 200;

    static final Scenario TEN_PER_SECOND = of("10/s burst 10, 2 s service", p -> SimulatedServer.bucket(10, 10), 2, 2);
    static final Scenario TEN_PER_SECOND_LONG = of("10/s burst 10, 2-60 s", p -> SimulatedServer.bucket(10, 10), 2, 60);
    static final Scenario IMAGES_FIXED = of(
                    "60 images/min fixed window, n 1-4", p -> SimulatedServer.fixedWindow(60, 60, 60 * p), 2, 60)
            .images(4);
    static final Scenario TWENTY_FIXED =
            of("20/min fixed window", p -> SimulatedServer.fixedWindow(20, 60, 60 * p), 2, 60);
    static final Scenario IMAGES_SLIDING = of(
                    "60 images/min sliding, n 1-4", p -> SimulatedServer.slidingWindow(60, 60), 2, 60)
            .images(4);
    static final Scenario BIG_BURST = of("1 image/s, burst 60, n 1-4", p -> SimulatedServer.bucket(1, 60), 2, 60)
            .images(4);
    static final Scenario TWO_PER_SECOND = of("2/s burst 4, 8 s", p -> SimulatedServer.bucket(2, 4), 8, 8);
    static final Scenario CONCURRENT = of("8 concurrent, 2 s", p -> SimulatedServer.concurrent(8), 2, 2);
    static final Scenario CONCURRENT_LONG = of("8 concurrent, 2-20 s", p -> SimulatedServer.concurrent(8), 2, 20);
    static final Scenario SLOW_REFUSALS = TEN_PER_SECOND.slow("10/s burst 10, refusals 1-3 s");
    static final Scenario SLOW_REFUSALS_FIXED = IMAGES_FIXED.slow("60 images/min fixed, refusals 1-3 s");
    static final Scenario SHRINKS = of("20/s, then 2/s after 5 s", p -> changing(20, 5, 2, 1e9, 2), 2, 2);
    static final Scenario CHANGES = of("10/s, 3/s from 10 s, 20/s from 30 s", p -> changing(10, 10, 3, 30, 20), 2, 2)
            .jobs(400);
    static final Scenario LOCAL = TEN_PER_SECOND.near("10/s burst 10, 2 s, round trip 2-6 ms");
    static final Scenario UNLIMITED = of("unlimited, 2 s, 64 at once", p -> SimulatedServer.unlimited(), 2, 2)
            .concurrency(64);
    static final Scenario UNLIMITED_LONG = of("unlimited, 2-60 s, 64 at once", p -> SimulatedServer.unlimited(), 2, 60)
            .concurrency(64);
    static final Scenario UNLIMITED_LOCAL = UNLIMITED.near("unlimited, 2 s, 64 at once, round trip 2-6 ms");

    static final List<Scenario> ALL = List.of(
            TEN_PER_SECOND,
            TEN_PER_SECOND_LONG,
            IMAGES_FIXED,
            TWENTY_FIXED,
            IMAGES_SLIDING,
            BIG_BURST,
            TWO_PER_SECOND,
            CONCURRENT,
            CONCURRENT_LONG,
            SLOW_REFUSALS,
            SLOW_REFUSALS_FIXED,
            SHRINKS,
            CHANGES,
            LOCAL,
            UNLIMITED,
            UNLIMITED_LONG,
            UNLIMITED_LOCAL);

    private static Scenario of(String name, DoubleFunction<SimulatedServer> server, double shortest, double longest) {
        return new Scenario(name, server, shortest, longest, 1, JOBS, Integer.MAX_VALUE, false, 0.3);
    }

    private static SimulatedServer changing(double first, double from, double second, double again, double third) {
        return SimulatedServer.bucket(now -> now < from ? first : now < again ? second : third, 10);
    }

    private Scenario images(int most) {
        return new Scenario(name, server, shortest, longest, most, jobs, concurrency, slowRefusals, roundTrip);
    }

    private Scenario jobs(int count) {
        return new Scenario(name, server, shortest, longest, images, count, concurrency, slowRefusals, roundTrip);
    }

    private Scenario concurrency(int most) {
        return new Scenario(name, server, shortest, longest, images, jobs, most, slowRefusals, roundTrip);
    }

    private Scenario slow(String other) {
        return new Scenario(other, server, shortest, longest, images, jobs, concurrency, true, roundTrip);
    }

    private Scenario near(String other) {
        return new Scenario(other, server, shortest, longest, images, jobs, concurrency, slowRefusals, 0.006);
    }

    @Override
    public String toString() {
        return name;
    }
}
