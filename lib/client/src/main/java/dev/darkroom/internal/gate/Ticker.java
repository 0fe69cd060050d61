package dev.darkroom.internal.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;

/**
 * The scheduler's clock for the law: seconds since this was made, of the clock which nobody sets. Instants come from people
 * and servers and go to them; they are read against the wall clock at the moment they come, and never again. Guarded by the
 * line's lock.
 */
final class Ticker {

    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;

    private final Scheduler scheduler;
    private final long since;
    private double elapsed;

    Ticker(Scheduler scheduler) {
        this.scheduler = scheduler;
        this.since = scheduler.now(TimeUnit.NANOSECONDS);
    }

    double now() {
        elapsed = Math.max(elapsed, (scheduler.now(TimeUnit.NANOSECONDS) - since) / NANOS);
        return elapsed;
    }

    /** The instant a number of seconds from now, rounded up. */
    Instant in(double seconds) {
        return Instant.ofEpochMilli(
                scheduler.now(TimeUnit.MILLISECONDS) + (long) Math.ceil(Math.max(0, seconds) * MILLIS - 1e-3));
    }

    static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / NANOS;
    }

    /** Seconds from now to an instant; infinite for {@link Instant#MAX}. */
    double until(Instant instant) {
        return instant.equals(Instant.MAX)
                ? Double.POSITIVE_INFINITY
                : instant.getEpochSecond() - scheduler.now(TimeUnit.MILLISECONDS) / MILLIS + instant.getNano() / NANOS;
    }
}
