package dev.darkroom.internal.call;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * Ends an exchange whose refusal does not come to its end in time: others wait for what it says. Then its head decides, and
 * what there is of its body. Belongs to one attempt. {@link #begin} is called on the event loop, the timer on its own
 * thread.
 *
 * <p>Whoever is first ends the exchange, the others are silent: so nothing is told after a cancellation, and no error is
 * dropped that comes too late.
 *
 * @param <T> the elements
 */
final class RefusalLimit<T> extends FluxOperator<T, T> {

    /** How long a refusal's body may take from its head on. */
    static final Duration LIMIT = Duration.ofSeconds(1);

    private final Scheduler scheduler;
    private final Supplier<? extends Throwable> verdict;
    private final Disposable.Swap timer = Disposables.swap();
    private volatile @Nullable Limited<T> exchange;

    RefusalLimit(Flux<T> exchange, Scheduler scheduler, Supplier<? extends Throwable> verdict) {
        super(exchange);
        this.scheduler = scheduler;
        this.verdict = verdict;
    }

    /** The head of a refusal was read. */
    void begin() {
        timer.update(scheduler.schedule(this::end, LIMIT.toNanos(), TimeUnit.NANOSECONDS));
    }

    private void end() {
        var limited = exchange;
        if (limited != null) {
            limited.giveUp(verdict);
        }
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        var limited = new Limited<T>(actual, this::forget);
        exchange = limited;
        source.subscribe(limited);
    }

    /** A connection remembers its last exchange while it idles in the pool, and must not remember what came of it. */
    private void forget() {
        timer.dispose();
        exchange = null;
    }

    private static final class Limited<T> implements CoreSubscriber<T>, Subscription {

        private final CoreSubscriber<? super T> actual;
        private final Runnable forgotten;
        private final AtomicBoolean ended = new AtomicBoolean();
        private @Nullable Subscription upstream;

        Limited(CoreSubscriber<? super T> actual, Runnable forgotten) {
            this.actual = actual;
            this.forgotten = forgotten;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            if (Operators.validate(upstream, subscription)) {
                upstream = subscription;
                actual.onSubscribe(this);
            }
        }

        @Override
        public void onNext(T element) {
            if (!ended.get()) {
                actual.onNext(element);
            }
        }

        @Override
        public void onError(Throwable failure) {
            if (end()) {
                actual.onError(failure);
            }
        }

        @Override
        public void onComplete() {
            if (end()) {
                actual.onComplete();
            }
        }

        @Override
        public void request(long n) {
            upstream().request(n);
        }

        @Override
        public void cancel() {
            if (end()) {
                upstream().cancel();
            }
        }

        void giveUp(Supplier<? extends Throwable> verdict) {
            if (end()) {
                upstream().cancel();
                actual.onError(verdict.get());
            }
        }

        private boolean end() {
            var first = ended.compareAndSet(false, true);
            if (first) {
                forgotten.run();
            }
            return first;
        }

        private Subscription upstream() {
            return Objects.requireNonNull(upstream);
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }
    }
}
