package dev.darkroom.settings;

import java.time.Duration;

/** What a limit must be like, in the same words for all. */
final class Rule {

    /** So long that it is no limit, and short enough to be counted in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(3650);

    private Rule() {}

    static Duration moreThanZero(String what, Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException(what + " must be more than zero, not " + limit);
        }
        return countable(limit);
    }

    static Duration notNegative(String what, Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException(what + " must not be negative: " + limit);
        }
        return countable(limit);
    }

    static int moreThanZero(String what, int limit) {
        return (int) moreThanZero(what, (long) limit);
    }

    static long moreThanZero(String what, long limit) {
        if (limit < 1) {
            throw new IllegalArgumentException(what + " must be more than zero, not " + limit);
        }
        return limit;
    }

    private static Duration countable(Duration limit) {
        return limit.compareTo(LONGEST) > 0 ? LONGEST : limit;
    }
}
