package dev.darkroom.internal.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Four separate limits on waiting for the server. None runs while the subscriber is the one who is waited for.
 *
 * @param connect until a TCP connection stands
 * @param firstByte from the last byte of the request that was taken to the head of the answer; renders of minutes are normal where nothing
 *     is streamed
 * @param silence between two pieces of the answer; keep-alives end it
 * @param total everything together; null for no limit
 */
public record Timeouts(
        Duration connect,
        Duration firstByte,
        Duration silence,
        @Nullable Duration total) {

    /** So long that it is no limit, and short enough to be counted in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(3650);

    /** Long enough for the slowest renders that gateways document. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofMinutes(5), null);

    /** Refuses what is not positive. */
    public Timeouts {
        connect = positive("connect timeout", connect);
        firstByte = positive("first-byte timeout", firstByte);
        silence = positive("silence timeout", silence);
        total = total == null ? null : positive("total timeout", total);
    }

    /**
     * Another limit until a TCP connection stands.
     *
     * @param limit more than zero
     * @return a copy
     */
    public Timeouts withConnect(Duration limit) {
        return new Timeouts(limit, firstByte, silence, total);
    }

    /**
     * Another limit until the head of the answer.
     *
     * @param limit more than zero
     * @return a copy
     */
    public Timeouts withFirstByte(Duration limit) {
        return new Timeouts(connect, limit, silence, total);
    }

    /**
     * Another limit between two pieces of the answer.
     *
     * @param limit more than zero
     * @return a copy
     */
    public Timeouts withSilence(Duration limit) {
        return new Timeouts(connect, firstByte, limit, total);
    }

    /**
     * Another limit for everything together.
     *
     * @param limit more than zero
     * @return a copy
     */
    public Timeouts withTotal(Duration limit) {
        return new Timeouts(connect, firstByte, silence, limit);
    }

    /**
     * These limits, and no more in total than what is left of something longer.
     *
     * @param left what is left; nothing or less is the least there is
     * @return a copy
     */
    public Timeouts within(Duration left) {
        var least = left.isZero() || left.isNegative() ? Duration.ofNanos(1) : left;
        return new Timeouts(connect, firstByte, silence, total == null || least.compareTo(total) < 0 ? least : total);
    }

    private static Duration positive(String name, Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException(name + " must be more than zero, not " + limit);
        }
        return limit.compareTo(LONGEST) > 0 ? LONGEST : limit;
    }
}
