package dev.darkroom.call;

import dev.darkroom.gate.GateClosedException;
import dev.darkroom.gate.Quota;
import dev.darkroom.gate.Throttled;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Whether and when one request is tried again. Only what was refused or never accepted is, only before its first event,
 * and never earlier than the server said. Belongs to one subscription. For images the gate says when; what costs nothing
 * waits by the rules below.
 *
 * <ul>
 *   <li>Rate limited: as often as it fits into the longest wait, counted from the first refusal, and the deadline; what
 *       does not fit fails at once.
 *   <li>Unavailable: at most {@value #MOST_TRIES} tries.
 *   <li>With a hint: at that instant, plus up to a tenth of the wait and never more than 0.2 s; from the second refusal
 *       on not before 0.1 s, 0.2 s, 0.4 s, … at most 1 s.
 *   <li>Without: after 1 s, 2 s, 4 s, … at most 30 s; half of that when unavailable; plus up to a tenth.
 * </ul>
 */
final class RetryRule {

    private static final int MOST_TRIES = 3;
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);
    private static final Duration JITTERED_PART_OF_HINT = Duration.ofSeconds(2);

    private final Waiting waiting;
    private final Scheduler scheduler;
    private final @Nullable Instant deadline;
    /** Whom a wait is told of; null if a gate does the waiting, and the telling. */
    private final @Nullable Supplier<Quota> quota;

    private @Nullable RateLimitedException lastRefusal;
    private int refusals;
    private int failures;
    private @Nullable Instant waitingSince;
    private boolean begun;

    RetryRule(Waiting waiting, Scheduler scheduler, @Nullable Instant deadline, @Nullable Supplier<Quota> quota) {
        this.waiting = waiting;
        this.scheduler = scheduler;
        this.deadline = deadline;
        this.quota = quota;
    }

    /** For a request which waits for a turn at a gate after it was refused, and not for a time of its own. */
    static RetryRule behindAGate(Waiting waiting, Scheduler scheduler, @Nullable Instant deadline) {
        return new RetryRule(waiting, scheduler, deadline, null);
    }

    /** What is left of the longest wait. */
    Duration longestLeft() {
        var left = waitingSince == null
                ? waiting.longest()
                : waiting.longest().minus(Duration.between(waitingSince, now()));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * What the caller is told of the failure that ended it all: of a gate that opens too late as of a refusal, and of
     * anything that went wrong while a refusal was waited out with that refusal.
     */
    Throwable told(Throwable failure) {
        if (failure instanceof GateClosedException closed) {
            var tooLate = ", and the next try, at " + closed.opensAt() + ", is later than this one may wait";
            return lastRefusal != null
                    ? new RateLimitedException(
                            lastRefusal.getMessage() + tooLate, lastRefusal.details(), lastRefusal.retryAt())
                    : new RateLimitedException(
                            "not sent: another request of this quota was refused" + tooLate,
                            FailureDetails.NONE,
                            closed.opensAt());
        }
        if (lastRefusal != null && !(failure instanceof ImageException)) {
            failure.addSuppressed(lastRefusal);
        }
        return failure;
    }

    /** From the first event on, nothing is tried again. */
    void begin() {
        begun = true;
    }

    Retry asRetry() {
        return Retry.from(signals -> signals.map(Retry.RetrySignal::failure).concatMap(this::next, 1));
    }

    private Publisher<?> next(Throwable failure) {
        if (!begun && failure instanceof RateLimitedException refused) {
            refusals++;
            lastRefusal = refused;
            if (quota == null) {
                waitingSince = waitingSince == null ? now() : waitingSince;
                return waiting.longest().isZero() ? Flux.error(failure) : Mono.just(refused);
            }
            return waitUntil(instant(refused.retryAt(), backoff(refusals), floor()), refused, true);
        }
        if (!begun && failure instanceof UnavailableException unavailable && ++failures < MOST_TRIES) {
            var pause = backoff(failures).dividedBy(2);
            return waitUntil(instant(unavailable.retryAt(), pause, pause), unavailable, false);
        }
        return Flux.error(failure);
    }

    private Publisher<?> waitUntil(Instant until, Throwable failure, boolean throttled) {
        if (waitingSince == null) {
            waitingSince = now();
        }
        var fits = !waiting.longest().isZero()
                && Duration.between(waitingSince, until).compareTo(waiting.longest()) <= 0
                && (deadline == null || until.isBefore(deadline));
        if (!fits) {
            return Flux.error(failure);
        }
        if (throttled && quota != null) {
            try {
                waiting.listener().accept(new Throttled(quota.get(), until, refusals));
            } catch (RuntimeException e) {
                failure.addSuppressed(e); // the listener's fault, told without hiding the refusal
                return Flux.error(failure);
            }
        }
        return Mono.delay(Duration.between(now(), until), scheduler);
    }

    /** Jitter only adds: no hint is ever undercut. */
    private Instant instant(@Nullable Instant hint, Duration backoff, Duration floor) {
        var now = now();
        if (hint == null) {
            return now.plus(backoff).plus(share(backoff));
        }
        var wait = Duration.between(now, hint);
        return now.plus(wait.compareTo(floor) < 0 ? floor : wait).plus(share(shorter(wait, JITTERED_PART_OF_HINT)));
    }

    /** A gateway that says "now" again and again is not asked again and again. */
    private Duration floor() {
        return refusals == 1 ? Duration.ZERO : shorter(backoff(refusals - 1).dividedBy(10), FIRST_BACKOFF);
    }

    private Duration share(Duration of) {
        return of.isNegative()
                ? Duration.ZERO
                : Duration.ofNanos((long) (of.toNanos() * 0.1 * waiting.random().getAsDouble()));
    }

    private static Duration backoff(int count) {
        var doubled = FIRST_BACKOFF.multipliedBy(1L << Math.min(count - 1, 10));
        return shorter(doubled, LONGEST_BACKOFF);
    }

    private static Duration shorter(Duration left, Duration right) {
        return left.compareTo(right) < 0 ? left : right;
    }

    private Instant now() {
        return Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
    }
}
