package dev.darkroom.internal.call;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long one request may go on waiting: within the maximum wait, from its first refusal on, and its deadline. */
final class WaitBudget {

    private final Duration maxWait;
    private final Deadline deadline;
    private final Clock clock;
    private @Nullable Long since;

    WaitBudget(Duration maxWait, Deadline deadline, Clock clock) {
        this.maxWait = maxWait;
        this.deadline = deadline;
        this.clock = clock;
    }

    /** The request was refused, or not taken: the first time is when its wait begins. */
    void begin() {
        if (since == null) {
            since = clock.nanos();
        }
    }

    boolean hasBegun() {
        return since != null;
    }

    /** What is left of the maximum wait; all of it before the first refusal. */
    Duration left() {
        var left = since == null ? maxWait : maxWait.minus(clock.since(since));
        return left.isNegative() ? Duration.ZERO : left;
    }

    Duration maxWait() {
        return maxWait;
    }

    /** Whether a try after such a wait is one that may still be made. */
    boolean allows(Duration wait) {
        return !maxWait.isZero()
                && wait.compareTo(left()) <= 0
                && (deadline.isNone() || wait.compareTo(deadline.leftToSend()) < 0);
    }
}
