package dev.darkroom;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Virtual time with two clocks, as a machine has them: a monotonic one, which only ever advances, and that of the wall, which
 * somebody sets.
 */
public final class WallClock extends VirtualTimeScheduler {

    private final AtomicLong aheadNanos = new AtomicLong();

    /** Both clocks agree; {@link VirtualTimeScheduler#set} makes it the clock of all schedulers. */
    public WallClock() {
        super(true);
    }

    /** Somebody sets the wall clock; no time passes. */
    public void set(Duration ahead) {
        aheadNanos.addAndGet(ahead.toNanos());
    }

    /** What hangs on the wall. */
    public Instant wall() {
        return Instant.ofEpochMilli(now(TimeUnit.MILLISECONDS));
    }

    @Override
    public long now(TimeUnit unit) {
        var monotonic = super.now(TimeUnit.NANOSECONDS);
        return unit.convert(
                unit.compareTo(TimeUnit.MILLISECONDS) >= 0 ? monotonic + aheadNanos.get() : monotonic,
                TimeUnit.NANOSECONDS);
    }
}
