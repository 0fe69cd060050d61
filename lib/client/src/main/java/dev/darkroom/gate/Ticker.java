package dev.darkroom.gate;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;

/**
 * The scheduler's clock for the law: seconds since this was made, which never go back. If the wall clock is set back, time
 * stands still for that moment, and instants are read against the clock as it is then. Guarded by the line's lock.
 */
final class Ticker {

    private static final double MILLIS = 1e3;

    private final Scheduler scheduler;
    private long lastMillis;
    private double elapsed;

    Ticker(Scheduler scheduler) {
        this.scheduler = scheduler;
        this.lastMillis = scheduler.now(TimeUnit.MILLISECONDS);
    }

    double now() {
        var millis = scheduler.now(TimeUnit.MILLISECONDS);
        elapsed += Math.max(0, millis - lastMillis) / MILLIS;
        lastMillis = millis;
        return elapsed;
    }

    /** The instant a number of seconds from {@link #now}, rounded up. */
    Instant in(double seconds) {
        return Instant.ofEpochMilli(lastMillis + (long) Math.ceil(seconds * MILLIS - 1e-6));
    }

    /** Seconds from {@link #now} to an instant. */
    double until(Instant instant) {
        return instant.getEpochSecond() - lastMillis / MILLIS + instant.getNano() / 1e9;
    }
}
