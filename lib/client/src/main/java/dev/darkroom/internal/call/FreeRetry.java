package dev.darkroom.internal.call;

import dev.darkroom.gate.Quota;
import dev.darkroom.gate.Throttled;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.settings.RateLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Whether and when a call is made again that costs nothing and asks no gate. Only what was refused or never accepted is, and
 * never earlier than the server said. Belongs to one subscription.
 *
 * <ul>
 *   <li>Rate limited: as often as it fits into the maximum wait, counted from the first refusal; what does not fit fails at
 *       once.
 *   <li>Unavailable: at most {@value #MOST_TRIES} tries.
 * </ul>
 */
final class FreeRetry {

    /** For what was not taken, with or without a gate. */
    static final int MOST_TRIES = 3;

    private final RateLimits limits;
    private final Backoff backoff;
    private final WaitBudget budget;
    private final Clock clock;
    private final Supplier<Quota> quota;
    /** Ends a wait which has nobody to wait for any more. */
    private final UnaryOperator<Flux<Long>> alive;

    private int refusals;
    private int failures;

    FreeRetry(RateLimits limits, Backoff backoff, Clock clock, Supplier<Quota> quota) {
        this(limits, backoff, clock, quota, UnaryOperator.identity());
    }

    FreeRetry(RateLimits limits, Backoff backoff, Clock clock, Supplier<Quota> quota, UnaryOperator<Flux<Long>> alive) {
        this.limits = limits;
        this.backoff = backoff;
        this.budget = new WaitBudget(limits.maxWait(), new Deadline(null, null, clock), clock);
        this.clock = clock;
        this.quota = quota;
        this.alive = alive;
    }

    Retry asRetry() {
        return Retry.from(signals -> Flux.deferContextual(subscription -> {
            var listeners = limits.onThrottled().andThen(Throttled.listenerIn(subscription));
            return signals.map(Retry.RetrySignal::failure).concatMap(failure -> next(failure, listeners), 1);
        }));
    }

    private Publisher<?> next(Throwable failure, Consumer<Throttled> listeners) {
        if (failure instanceof RateLimitedException refused) {
            var wait = backoff.afterRefusal(++refusals, hint(refused.retryAt()));
            var throttled = new Throttled(quota.get(), clock.in(wait), refusals);
            return again(wait, failure, () -> listeners.accept(throttled));
        }
        if (failure instanceof UnavailableException unavailable && ++failures < MOST_TRIES) {
            return again(backoff.afterNoAnswer(failures, hint(unavailable.retryAt())), failure, () -> {});
        }
        return Flux.error(failure);
    }

    private Publisher<?> again(Duration wait, Throwable failure, Runnable telling) {
        budget.begin();
        if (!budget.allows(wait)) {
            return Flux.error(failure);
        }
        try {
            telling.run();
        } catch (Throwable e) { // theirs: it ends this call; Reactor adds the refusal it was told of
            return Flux.error(UserCode.fault(UserCode.LISTENER, e));
        }
        return alive.apply(Mono.delay(wait, clock.scheduler()).flux());
    }

    private @Nullable Duration hint(@Nullable Instant until) {
        return until == null ? null : clock.until(until);
    }
}
