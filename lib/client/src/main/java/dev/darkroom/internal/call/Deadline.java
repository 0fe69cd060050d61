package dev.darkroom.internal.call;

import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.settings.RateLimits;
import dev.darkroom.settings.Timeouts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What one subscription has left of its caller's deadline, and whether that is enough to send anything: an answer that
 * cannot come in time is paid for and thrown away.
 */
final class Deadline {

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final int SHARE = 10;

    private final @Nullable Duration limit;
    private final Duration least;
    private final Clock clock;
    private final long since;

    /**
     * Begins to run.
     *
     * @param limit null for none
     * @param least with how much of it left something may still be sent; null for a second or a tenth of it, whichever is
     *     less
     */
    Deadline(@Nullable Duration limit, @Nullable Duration least, Clock clock) {
        this.limit = limit == null || limit.compareTo(Clock.NEVER) >= 0 ? null : limit;
        this.least = least != null ? least : this.limit == null ? Duration.ZERO : usual(this.limit);
        this.clock = clock;
        this.since = clock.nanos();
    }

    private static Duration usual(Duration limit) {
        var share = limit.dividedBy(SHARE);
        return share.compareTo(LEAST) < 0 ? share : LEAST;
    }

    boolean isNone() {
        return limit == null;
    }

    Duration left() {
        return limit == null ? Clock.NEVER : limit.minus(clock.since(since));
    }

    /** How long something may still be sent; negative if no more. */
    Duration leftToSend() {
        return limit == null ? Clock.NEVER : left().minus(least);
    }

    /** The same for a transport; null if it is never too late. */
    @Nullable
    Duration toSend() {
        var left = leftToSend();
        return limit == null ? null : left.isNegative() || left.isZero() ? Duration.ofNanos(1) : left;
    }

    boolean isTooLate() {
        return limit != null && leftToSend().isNegative();
    }

    /** The client's limits, and what the deadline leaves. */
    Timeouts within(Timeouts timeouts) {
        if (limit == null) {
            return timeouts;
        }
        var left = left();
        var least = left.isZero() || left.isNegative() ? Duration.ofNanos(1) : left;
        var total = timeouts.total();
        return total == null || least.compareTo(total) < 0 ? timeouts.total(least) : timeouts;
    }

    UnavailableException tooLate() {
        return new UnavailableException(
                "not sent: less than " + least + " is left of the deadline of " + limit + ", too little for an answer ("
                        + RateLimits.LEAST_TIME_TO_SEND + ")",
                FailureDetails.NONE,
                null,
                null);
    }

    /** What comes before sending counts against the deadline too. */
    <T> Mono<T> inTime(Mono<T> preparation) {
        return limit == null ? preparation : Mono.defer(() -> isTooLate() ? late() : either(preparation));
    }

    /** Whoever loses is cancelled, and what it says afterwards is nobody's. */
    private <T> Mono<T> either(Mono<T> preparation) {
        return Mono.firstWithSignal(
                preparation, Mono.delay(leftToSend(), clock.scheduler()).then(late()));
    }

    private <T> Mono<T> late() {
        return Mono.error(this::tooLate);
    }
}
