package dev.darkroom.call;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Makes and subscribes to a flux when the first element is asked for, not before: what costs money waits for somebody who
 * wants it. Reactor's own operators do not wait where they see a scalar source.
 *
 * <p>The hard case is a request of zero or less, which Reactive Streams (rule 3.9) answers with an error: it may come while
 * an element is handed on, so signals are serialized.
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
        actual.onSubscribe(new Asked<>(Operators.serialize(actual), source));
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
