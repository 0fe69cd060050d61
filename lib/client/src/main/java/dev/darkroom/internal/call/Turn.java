package dev.darkroom.internal.call;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One turn of a request: waits for a permit, and attempts; with the first event nothing is tried again. {@link Mono#flatMapMany}
 * would do, but keeps what brought the permit: a wait that is over is kilobytes, and the attempt behind it may last for minutes, ten
 * thousand times at once. So this lets go of it.
 *
 * @param <P> the permit
 * @param <T> the events
 */
final class Turn<P, T> extends FluxOperator<P, T> {

    private final Function<? super P, ? extends Publisher<T>> attempt;
    private final GatedRetry retries;

    Turn(Mono<P> permit, Function<? super P, ? extends Publisher<T>> attempt, GatedRetry retries) {
        super(permit.flux());
        this.attempt = attempt;
        this.retries = retries;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        source.subscribe(new Waiting<>(actual, attempt, retries));
    }

    /** Hears of the permit. What is asked for meanwhile is asked of the attempt. It does not know the turn, whose source is the wait. */
    private static final class Waiting<P, T> extends Operators.DeferredSubscription implements CoreSubscriber<P> {

        private final CoreSubscriber<? super T> actual;
        private final Function<? super P, ? extends Publisher<T>> attempt;
        private final GatedRetry retries;
        private volatile @Nullable Subscription wait;
        private boolean over;

        Waiting(
                CoreSubscriber<? super T> actual,
                Function<? super P, ? extends Publisher<T>> attempt,
                GatedRetry retries) {
            this.actual = actual;
            this.attempt = attempt;
            this.retries = retries;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            if (Operators.validate(wait, subscription)) {
                wait = subscription;
                actual.onSubscribe(this);
                subscription.request(Long.MAX_VALUE);
            }
        }

        @Override
        public void onNext(P permit) {
            var ended = wait;
            wait = null;
            over = true;
            Publisher<T> following;
            try {
                following = attempt.apply(permit);
            } catch (Throwable e) {
                actual.onError(Operators.onOperatorError(ended, e, permit, currentContext()));
                return;
            }
            following.subscribe(new Attempting<>(actual, this, retries));
        }

        @Override
        public void onError(Throwable failure) {
            if (over) {
                Operators.onErrorDropped(failure, currentContext());
            } else {
                over = true;
                actual.onError(failure);
            }
        }

        @Override
        public void onComplete() {
            if (!over) {
                over = true;
                actual.onComplete();
            }
        }

        @Override
        public void cancel() {
            super.cancel();
            var waited = wait;
            if (waited != null) {
                waited.cancel();
            }
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }
    }

    /** Hands on the events. */
    private record Attempting<T>(
            CoreSubscriber<? super T> actual, Operators.DeferredSubscription demand, GatedRetry retries)
            implements CoreSubscriber<T> {

        @Override
        public void onSubscribe(Subscription subscription) {
            demand.set(subscription);
        }

        @Override
        public void onNext(T event) {
            retries.begin();
            actual.onNext(event);
        }

        @Override
        public void onError(Throwable failure) {
            actual.onError(failure);
        }

        @Override
        public void onComplete() {
            actual.onComplete();
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }
    }
}
