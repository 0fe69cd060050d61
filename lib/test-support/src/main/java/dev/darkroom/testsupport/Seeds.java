package dev.darkroom.testsupport;

import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/**
 * Runs a check on many made-up inputs, each of which follows from a seed. The seeds are the same in every run, so that what
 * passed here passes elsewhere; {@code -Dtest.seed=N} begins with another one, and so repeats the one a failure names.
 */
public final class Seeds {

    private static final long USUAL = 20261128;

    private Seeds() {}

    /** Calls the check with so many seeds, on the caller's thread; a failure's message ends with the seed that shows it. */
    public static void tries(int number, LongConsumer check) {
        long seed = Long.getLong("test.seed", USUAL);
        var more = new SplittableRandom(seed);
        for (int i = 1; i <= number; i++) {
            try {
                check.accept(seed);
            } catch (Exception | AssertionError e) {
                throw new AssertionError(
                        e.getMessage() + "\n(try " + i + " of " + number + "; -Dtest.seed=" + seed + " begins with it)",
                        e);
            }
            seed = more.nextLong();
        }
    }
}
