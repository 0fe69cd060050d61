package dev.darkroom.emulator.quota;

import java.time.Duration;

/**
 * How many image requests a key may make.
 *
 * @param permits how many per period, 1 or more; spread evenly
 * @param period the period, positive
 * @param burst how many at once after a rest, 1 or more
 */
public record Quota(int permits, Duration period, int burst) {

    /** Checks the ranges. */
    public Quota {
        if (permits < 1 || burst < 1 || period.isZero() || period.isNegative()) {
            throw new IllegalArgumentException("a quota needs 1 permit or more, a burst of 1 or more, and a period");
        }
    }

    long nanosPerPermit() {
        return period.toNanos() / permits;
    }
}
