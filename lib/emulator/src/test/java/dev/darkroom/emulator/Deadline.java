package dev.darkroom.emulator;

import java.time.Duration;
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
            Thread.onSpinWait();
        }
    }
}
