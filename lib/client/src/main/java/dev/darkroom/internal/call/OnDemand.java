package dev.darkroom.internal.call;

import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Makes and subscribes to a flux when the first element is asked for, not before: what costs money waits for somebody who
 * wants it. Reactor's own operators do not wait where they see a scalar source.
 *
 * <p>The hard cases are a request of zero or less, which Reactive Streams (rule 3.9) answers with an error: it may come while
 * an element is handed on, so signals are serialized; and a subscriber that throws, which it must not: what it threw would
 * run through everything up to the connection, and be told as the connection's.
 *
 * @param <T> the elements
 */
final class OnDemand<T> extends Flux<T> {

    private final Supplier<Flux<T>> source;

    OnDemand(Supplier<Flux<T>> source) {
        this.source = source;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        var guarded = new Guarded<T>(actual);
        var asked = new Asked<>(Operators.serialize(guarded), source);
        guarded.source = asked;
        actual.onSubscribe(asked);
    }

    /** Stands before the subscriber: what that throws ends the source, and is told to itself, once. */
    private static final class Guarded<T> implements CoreSubscriber<T> {

        private final CoreSubscriber<? super T> actual;
        private @Nullable Subscription source;
        private boolean ended;

        Guarded(CoreSubscriber<? super T> actual) {
            this.actual = actual;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            actual.onSubscribe(subscription);
        }

        @Override
        public void onNext(T element) {
            if (ended) {
                return;
            }
            try {
                actual.onNext(element);
            } catch (Throwable e) {
                Objects.requireNonNull(source).cancel();
                onError(new OutcomeUnknownException(
                        OutcomeUnknownException.Reason.CUT,
                        "given up: " + UserCode.threw("the subscriber", e),
                        FailureDetails.NONE,
                        PartialResult.NOTHING,
                        e));
            }
        }

        @Override
        public void onError(Throwable failure) {
            end(() -> actual.onError(failure));
        }

        @Override
        public void onComplete() {
            end(actual::onComplete);
        }

        private void end(Runnable telling) {
            if (ended) {
                return;
            }
            ended = true;
            try {
                telling.run();
            } catch (Throwable e) { // it has heard the end, and nobody else is left to tell
                Operators.onErrorDropped(e, currentContext());
            }
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }
    }

    private static final class Asked<T> extends Operators.DeferredSubscription implements CoreSubscriber<T> {

        private final CoreSubscriber<? super T> actual;
        private final Supplier<Flux<T>> source;
        private final AtomicBoolean begun = new AtomicBoolean();

        Asked(CoreSubscriber<? super T> actual, Supplier<Flux<T>> source) {
            this.actual = actual;
            this.source = source;
        }

        @Override
        public void request(long n) {
            if (n <= 0) {
                cancel();
                actual.onError(new IllegalArgumentException(
                        "request(n) needs n > 0, not " + n + " (Reactive Streams, rule 3.9)"));
                return;
            }
            super.request(n);
            if (begun.compareAndSet(false, true)) {
                Flux.defer(source).subscribe(this);
            }
        }

        @Override
        public void cancel() {
            begun.set(true); // whoever cancels first is never sent anything
            super.cancel();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            set(subscription);
        }

        @Override
        public void onNext(T element) {
            actual.onNext(element);
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
