package dev.darkroom.internal.gate;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;

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
 * @param noise the share of calls that is refused at random, by time
 * @param capacity calls a second the server takes, by time; only for scenarios that last
 * @param seconds how long it lasts, each client always busy with so many calls; 0 if until all jobs are done
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
        double roundTrip,
        DoubleUnaryOperator noise,
        DoubleUnaryOperator capacity,
        double seconds) {

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

    static final Scenario NOISY_BUCKET = TEN_PER_SECOND.noise(0.05, "10/s burst 10, 2 s, 5 % at random");

    /** What lib/benchmarks has of OpenAI's API: nothing limits but two storms of eight seconds, with a hint of two. */
    static final Scenario STORMS = of(
                    "unlimited, 0.5 s, 5 at once, two storms of 8 s", p -> storms(4, 12, 18, 26), 0.5, 0.5)
            .concurrency(5);

    static final Scenario LONG_STORM = of("unlimited, 2 s, 64 at once, a storm of a minute", p -> storms(20, 80), 2, 2)
            .jobs(2000)
            .concurrency(64);

    /** Beside a quota. */
    static final Scenario STORMY_BUCKET = of(
                    "20/s burst 20, 2 s, 50 at once, three storms of 10 s",
                    p -> SimulatedServer.stormy(SimulatedServer.bucket(20, 20), 2, 10, 20, 40, 50, 60, 70),
                    2,
                    2)
            .jobs(600)
            .concurrency(50);

    static final List<Scenario> ALL_STORMS = List.of(STORMS, LONG_STORM, STORMY_BUCKET);

    /** What decision record 6 has a table of. */
    static final List<Scenario> QUOTAS = List.of(
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

    /** Refused at random, for an hour, eight calls at once. */
    static final List<Scenario> NOISES =
            List.of(noise(0.01), noise(0.03), noise(0.05), noise(0.1), noise(0.2), noise(0.5));

    static final Scenario NOISE_FOR_MANY = noise(0.1).busy(64, 600, "10 % at random, 64 at once");

    /** Ten minutes each: refused at random, at most two a second, neither. */
    static final Scenario TURNS = new Scenario(
            "10 % at random, then 2/s, then neither",
            p -> SimulatedServer.bucket(now -> now >= 600 && now < 1200 ? 2 : 1e6, 4),
            2,
            2,
            1,
            0,
            8,
            false,
            0.3,
            now -> now < 600 ? 0.1 : 0,
            now -> now >= 600 && now < 1200 ? 2 : 1e6,
            1800);

    /** The same at a faster server, where the limit is a tenth of what was taken before. */
    static final Scenario STEEP_TURNS = new Scenario(
            "10 % at random, then 1/s, then neither, 32 at once",
            p -> SimulatedServer.bucket(now -> now >= 600 && now < 1200 ? 1 : 1e6, 10),
            2,
            2,
            1,
            0,
            32,
            false,
            0.3,
            now -> now < 600 ? 0.1 : 0,
            now -> now >= 600 && now < 1200 ? 1 : 1e6,
            1800);

    /** One refusal, of five seconds where hints are given, after ten seconds of calls that take 20 ms. */
    static final Scenario STRAY = stray("unlimited, 20 ms, one refused after 10 s", 10, 4);

    static final Scenario STRAY_FIRST = stray("unlimited, 20 ms, the first refused", 0, 4);
    static final Scenario STRAY_ALONE = stray("unlimited, 20 ms one by one, one refused after 10 s", 10, 1);

    /** And of calls that take two seconds, very many at once. */
    static final Scenario STRAY_OF_MANY = of("unlimited", p -> SimulatedServer.stray(10, 1), 2, 2)
            .busy(200, 60, "unlimited, 2 s, 200 at once, one refused after 10 s");

    static final List<Scenario> ALL_TURNS = List.of(TURNS, STEEP_TURNS);
    static final List<Scenario> STRAYS = List.of(STRAY, STRAY_FIRST, STRAY_ALONE);

    private static Scenario of(String name, DoubleFunction<SimulatedServer> server, double shortest, double longest) {
        return new Scenario(
                name,
                server,
                shortest,
                longest,
                1,
                JOBS,
                Integer.MAX_VALUE,
                false,
                0.3,
                now -> 0,
                now -> Double.POSITIVE_INFINITY,
                0);
    }

    private static Scenario noise(double share) {
        return of("unlimited", p -> SimulatedServer.unlimited(), 2, 2)
                .noise(share, Math.round(100 * share) + " % at random")
                .busy(8, 3600, Math.round(100 * share) + " % at random, 8 at once");
    }

    private static Scenario stray(String name, double at, int calls) {
        return of(name, p -> SimulatedServer.stray(at, 5), 0.02, 0.02)
                .near(name)
                .busy(calls, 40, name);
    }

    private static SimulatedServer storms(double... times) {
        return SimulatedServer.stormy(SimulatedServer.unlimited(), 2, times);
    }

    private static SimulatedServer changing(double first, double from, double second, double again, double third) {
        return SimulatedServer.bucket(now -> now < from ? first : now < again ? second : third, 10);
    }

    /** What a client gets in this time that knows the odds, and waits each hint for that request alone. */
    double ideal(double from, double to, double hint, int clients) {
        double pictures = 0;
        for (var now = from; now < to; now++) {
            var odds = noise.applyAsDouble(now);
            var trip = roundTrip * 2 / 3;
            var each = (shortest + longest) / 2 + trip + odds / (1 - odds) * (hint + trip);
            pictures += Math.min(clients * concurrency / each, capacity.applyAsDouble(now));
        }
        return pictures;
    }

    private Scenario images(int most) {
        return new Scenario(
                name, server, shortest, longest, most, jobs, concurrency, slowRefusals, roundTrip, noise, capacity, 0);
    }

    private Scenario jobs(int count) {
        return new Scenario(
                name,
                server,
                shortest,
                longest,
                images,
                count,
                concurrency,
                slowRefusals,
                roundTrip,
                noise,
                capacity,
                0);
    }

    private Scenario concurrency(int most) {
        return new Scenario(
                name, server, shortest, longest, images, jobs, most, slowRefusals, roundTrip, noise, capacity, 0);
    }

    private Scenario slow(String other) {
        return new Scenario(
                other, server, shortest, longest, images, jobs, concurrency, true, roundTrip, noise, capacity, 0);
    }

    private Scenario near(String other) {
        return new Scenario(
                other, server, shortest, longest, images, jobs, concurrency, slowRefusals, 0.006, noise, capacity, 0);
    }

    private Scenario noise(double share, String other) {
        return new Scenario(
                other,
                server,
                shortest,
                longest,
                images,
                jobs,
                concurrency,
                slowRefusals,
                roundTrip,
                now -> share,
                capacity,
                0);
    }

    private Scenario busy(int calls, double lasts, String other) {
        return new Scenario(
                other, server, shortest, longest, images, 0, calls, slowRefusals, roundTrip, noise, capacity, lasts);
    }

    @Override
    public String toString() {
        return name;
    }
}
