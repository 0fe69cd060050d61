package dev.darkroom.internal.call;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before the next try, by the count of tries and what the server said.
 *
 * <ul>
 *   <li>With a hint: as long, plus up to a tenth of it and never more than 0.2 s; from the second refusal on not less than
 *       0.1 s, 0.2 s, 0.4 s, … at most 1 s.
 *   <li>Without: 1 s, 2 s, 4 s, … at most 30 s; half of that when unavailable; plus up to a tenth.
 *   <li>Behind a gate, which has rules of its own, the least: a hint as above without the addition, and without one half of
 *       the above, but a second.
 * </ul>
 */
record Backoff(DoubleSupplier random) {

    /** With the jitter of chance. */
    Backoff() {
        this(() -> ThreadLocalRandom.current().nextDouble());
    }

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration JITTERED_PART_OF_HINT = Duration.ofSeconds(2);
    private static final int MOST_DOUBLINGS = 10;

    Duration afterRefusal(int refusals, @Nullable Duration hint) {
        return wait(hint, doubled(refusals), floor(refusals));
    }

    Duration afterNoAnswer(int failures, @Nullable Duration hint) {
        var pause = doubled(failures).dividedBy(2);
        return wait(hint, pause, pause);
    }

    /** What no gate may undercut. A hint that is over counts as none, as it does for the gate. */
    static Duration leastBehindGate(int refusals, @Nullable Duration hint) {
        if (hint == null || hint.isZero() || hint.isNegative()) {
            return longer(FIRST, doubled(refusals).dividedBy(2));
        }
        return longer(hint, floor(refusals));
    }

    /** Jitter only adds: no hint is ever undercut. */
    private Duration wait(@Nullable Duration hint, Duration backoff, Duration floor) {
        if (hint == null) {
            return backoff.plus(share(backoff));
        }
        return longer(hint, floor).plus(share(shorter(hint, JITTERED_PART_OF_HINT)));
    }

    /** A gateway that says "now" again and again is not asked again and again. */
    private static Duration floor(int refusals) {
        return refusals == 1 ? Duration.ZERO : shorter(doubled(refusals - 1).dividedBy(10), FIRST);
    }

    private Duration share(Duration of) {
        return of.isNegative() ? Duration.ZERO : Duration.ofNanos((long) (of.toNanos() * 0.1 * random.getAsDouble()));
    }

    private static Duration doubled(int count) {
        return shorter(FIRST.multipliedBy(1L << Math.min(count - 1, MOST_DOUBLINGS)), LONGEST);
    }

    private static Duration shorter(Duration left, Duration right) {
        return left.compareTo(right) < 0 ? left : right;
    }

    private static Duration longer(Duration left, Duration right) {
        return left.compareTo(right) < 0 ? right : left;
    }
}
