package dev.darkroom.emulator;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads do, up to a deadline. */
final class Deadline {

    static final Duration LIMIT = Duration.ofMinutes(3);

    private Deadline() {}

    static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not come true within " + LIMIT);
            }
            LockSupport.parkNanos(1_000_000); // a spinning thread takes the core from what it waits for
        }
    }
}
