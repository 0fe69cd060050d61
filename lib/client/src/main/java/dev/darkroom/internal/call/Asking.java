package dev.darkroom.internal.call;

import dev.darkroom.dialect.Reading;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.settings.Timeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When a generation is asked for again, and for how long that goes on. Three limits hold, each of which runs only while the
 * server is waited for: the caller's deadline, which spans everything; the total timeout of the attempt; and the first-byte timeout
 * for as long as nothing new is heard, because a task that is asked for is answered when it is rendered. Asks that fail on end
 * are counted. Belongs to one attempt; its methods follow each other.
 */
final class Asking {

    /** So many asks may fail one after the other: three quarters of a minute. */
    static final int MOST_FAILURES = 8;

    /** The least between two asks for the same thing, whatever a dialect says. */
    static final Duration LEAST = Duration.ofMillis(250);

    /** How long the head of an answer to an ask may take: nothing is rendered for it. */
    private static final Duration HEAD = Duration.ofMinutes(1);

    private final Timeouts timeouts;
    private final Deadline deadline;
    private final Backoff backoff;
    private final Clock clock;
    private final boolean keyMayChange;
    private volatile LongSupplier exchange = () -> 0;
    private long counted;
    private Duration waited = Duration.ZERO;
    private Duration waitedForNews = Duration.ZERO;
    private int failures;
    private int refusals;

    /**
     * Of one attempt.
     *
     * @param keyMayChange whether a key that is refused may be another one at the next ask
     */
    Asking(Timeouts timeouts, Deadline deadline, Backoff backoff, Clock clock, boolean keyMayChange) {
        this.timeouts = timeouts;
        this.deadline = deadline;
        this.backoff = backoff;
        this.clock = clock;
        this.keyMayChange = keyMayChange;
    }

    /** The next exchange begins, and this says how long it keeps us waiting. */
    void watch(LongSupplier nanos) {
        counted = 0;
        exchange = nanos;
    }

    /** An exchange is over. */
    void ended() {
        settle();
        watch(() -> 0);
    }

    private void settle() {
        var nanos = exchange.getAsLong();
        spend(Duration.ofNanos(nanos - counted));
        counted = nanos;
    }

    private void spend(Duration wait) {
        waited = waited.plus(wait);
        waitedForNews = waitedForNews.plus(wait);
    }

    /** Something was heard that was not known before. */
    void news() {
        settle();
        waitedForNews = Duration.ZERO;
        failures = 0;
        refusals = 0;
    }

    /** An answer came, and there is nothing new. */
    Duration again(Reading.Handle handle, boolean sameAgain) {
        failures = 0;
        refusals = 0;
        var pause = handle.pause();
        return sameAgain && pause.compareTo(LEAST) < 0 ? LEAST : pause.isNegative() ? Duration.ZERO : pause;
    }

    /** The asking failed. Null if there is no sense in asking again. */
    @Nullable
    Duration afterFailure(ImageException failure) {
        if (failure instanceof RateLimitedException) {
            return backoff.afterRefusal(++refusals, hint(failure.retryAt()));
        }
        var settled = failure instanceof RejectedException rejected && !mayPass(rejected.reason());
        return settled || ++failures >= MOST_FAILURES ? null : backoff.afterNoAnswer(failures, hint(failure.retryAt()));
    }

    /** What was just begun may not be known everywhere, and a key that was changed is not everywhere at once. */
    private boolean mayPass(RejectedException.Reason refused) {
        return refused == RejectedException.Reason.NOT_FOUND
                || (refused == RejectedException.Reason.CREDENTIALS && keyMayChange);
    }

    private @Nullable Duration hint(@Nullable Instant until) {
        return until == null ? null : clock.until(until);
    }

    /**
     * How long to wait where a pause is wanted; counts as waited.
     *
     * @param told whether the gateway wants it so: what does not fit then is not tried earlier
     * @return null if time is up
     */
    @Nullable
    Duration fitting(Duration pause, boolean told) {
        var left = left();
        var wait = pause.compareTo(left) < 0 || told ? pause : left.dividedBy(2);
        var tooLate = wait.compareTo(left) >= 0 || (wait.compareTo(pause) < 0 && wait.compareTo(LEAST) < 0);
        if (tooLate) {
            return null;
        }
        spend(wait);
        return wait;
    }

    private Duration left() {
        return shorter(deadline.left(), shorter(leftForNews(), leftInTotal()));
    }

    private Duration leftForNews() {
        return timeouts.firstByte().minus(waitedForNews);
    }

    private Duration leftInTotal() {
        var total = timeouts.total();
        return total == null ? Clock.NEVER : total.minus(waited);
    }

    /** Which limit it was, and what would help. */
    String limit() {
        var others = shorter(leftForNews(), leftInTotal());
        if (deadline.left().compareTo(others) < 0) {
            return "before the deadline; a later one gives it more time";
        }
        return leftForNews().equals(others)
                ? "within the first-byte timeout of " + timeouts.firstByte()
                        + ", which limits a task that is asked for too; " + Timeouts.FIRST_BYTE + " gives it more time"
                : "within the total timeout of " + timeouts.total() + "; " + Timeouts.TOTAL + " gives it more time";
    }

    /** Limits of one ask. */
    Timeouts ofOne() {
        var left = leftInTotal();
        var some = left.compareTo(LEAST) < 0 ? LEAST : left; // a limit is more than zero
        var fitting = timeouts.total() == null ? timeouts : timeouts.total(some);
        return deadline.within(fitting).firstByte(shorter(timeouts.firstByte(), HEAD));
    }

    private static Duration shorter(Duration left, Duration right) {
        return left.compareTo(right) < 0 ? left : right;
    }
}
