package dev.darkroom.internal.call;

import dev.darkroom.gate.GateClosedException;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.settings.RateLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Whether a request for images is tried again, and what no gate may undercut. The gate says when; but a gate may be
 * anybody's, so that the maximum wait, the deadline, the server's instant and a least pause between two refusals hold here.
 * Only what was refused or never accepted is tried again, and only before the first event. Belongs to one subscription; its
 * signals follow each other.
 */
final class GatedRetry {

    private final WaitBudget budget;
    private final Backoff backoff;
    private final Clock clock;
    /** Ends a wait which has nobody to wait for any more. */
    private final UnaryOperator<Flux<Long>> alive;

    private @Nullable RateLimitedException lastRefusal;
    private int refusals;
    private int failures;
    private long refusedAt;
    private Duration pause = Duration.ZERO;
    private boolean begun;

    GatedRetry(Duration maxWait, Backoff backoff, Deadline deadline, Clock clock) {
        this(maxWait, backoff, deadline, clock, UnaryOperator.identity());
    }

    GatedRetry(Duration maxWait, Backoff backoff, Deadline deadline, Clock clock, UnaryOperator<Flux<Long>> alive) {
        this.budget = new WaitBudget(maxWait, deadline, clock);
        this.backoff = backoff;
        this.clock = clock;
        this.alive = alive;
    }

    /** From the first event on, nothing is tried again. */
    void begin() {
        begun = true;
    }

    /** What is left of the maximum wait. */
    Duration waitLeft() {
        return budget.left();
    }

    boolean wasRefused() {
        return lastRefusal != null;
    }

    /** How long nothing may be sent yet, whatever a gate says; zero or less if it may. */
    Duration early() {
        return pause.minus(clock.since(refusedAt));
    }

    Retry asRetry() {
        return Retry.from(signals -> signals.map(Retry.RetrySignal::failure).concatMap(this::next, 1));
    }

    private Publisher<?> next(Throwable failure) {
        if (!begun && failure instanceof RateLimitedException refused) {
            return refused(refused);
        }
        if (!begun && failure instanceof UnavailableException unavailable && ++failures < FreeRetry.MOST_TRIES) {
            budget.begin();
            var wait = backoff.afterNoAnswer(failures, hint(unavailable.retryAt()));
            return budget.allows(wait)
                    ? alive.apply(Mono.delay(wait, clock.scheduler()).flux())
                    : Flux.error(failure);
        }
        return Flux.error(failure);
    }

    private Publisher<?> refused(RateLimitedException refusal) {
        lastRefusal = refusal;
        refusedAt = clock.nanos();
        pause = Backoff.leastBehindGate(++refusals, hint(refusal.retryAt()));
        budget.begin();
        return budget.allows(pause) ? Mono.just(refusal) : Flux.error(refusal);
    }

    private @Nullable Duration hint(@Nullable Instant until) {
        return until == null ? null : clock.until(until);
    }

    /** A refused request whose turn did not come again. */
    RateLimitedException waitedTooLong() {
        return refusedBefore(
                "no permit was granted again within the maximum wait of " + budget.maxWait() + " ("
                        + RateLimits.MAX_WAIT + ")",
                null);
    }

    /**
     * What the caller is told of the failure that ended it all: of a gate that opens too late what kept the request, and of
     * anything that went wrong while a refusal was waited out with that refusal.
     */
    Throwable told(Throwable failure) {
        if (failure instanceof GateClosedException closed) {
            return lastRefusal != null
                    ? refusedBefore(
                            "the next attempt, at " + closed.opensAt() + ", exceeds the maximum wait ("
                                    + RateLimits.MAX_WAIT + ") or the deadline",
                            closed.opensAt())
                    : notSent(closed);
        }
        if (lastRefusal != null && failure != lastRefusal && !(failure instanceof RateLimitedException)) {
            failure.addSuppressed(lastRefusal);
        }
        return failure;
    }

    private RateLimitedException refusedBefore(String why, @Nullable Instant opensAt) {
        var refusal = lastRefusal;
        var said = refusal == null ? null : refusal.retryAt();
        return new RateLimitedException(
                refusal == null ? "not sent: " + why : refusal.getMessage() + ", and " + why,
                refusal == null ? FailureDetails.NONE : refusal.details(),
                said != null ? said : opensAt);
    }

    private static ImageException notSent(GateClosedException closed) {
        var at = closed.opensAt();
        return switch (closed.reason()) {
            case CLOSED ->
                limited(
                        "its quota is rate limited until " + at + ", which exceeds the maximum wait ("
                                + RateLimits.MAX_WAIT + ") or the deadline",
                        at);
            case HELD ->
                limited(
                        "another request of its quota was just rate limited, and the deadline left no time to wait for"
                                + " that answer",
                        at);
            case PACED ->
                limited(
                        "its quota is rate limited and requests are paced; its permit would have come after the maximum"
                                + " wait (" + RateLimits.MAX_WAIT + ") or the deadline",
                        at);
            case IN_LINE ->
                new UnavailableException(
                        "not sent: the deadline passed in the queue of its quota, behind other requests; none of them"
                                + " was rate limited",
                        FailureDetails.NONE,
                        null,
                        closed);
        };
    }

    private static RateLimitedException limited(String why, Instant at) {
        return new RateLimitedException("not sent: " + why, FailureDetails.NONE, at);
    }
}
