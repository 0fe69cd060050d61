package dev.darkroom.internal.http;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * Ends an exchange whose server has kept us waiting for too long, or whose client was closed. Demand is passed on
 * unchanged; it is what tells waiting from being waited for.
 *
 * <p>The hard case is a limit that runs out while an element arrives: both take the lock of {@link ExchangeTimer}, and as
 * long as an element is being handed on nobody waits, so no limit can run out. A disposal waits until it was handed on.
 * Whoever ends the exchange, it is done at its {@link CancelExecutor}, and what comes until then is passed over.
 *
 * @param <T> the elements
 */
final class WithinLimits<T> extends FluxOperator<T, T> {

    private final OnTheWire wire;
    private final CancelExecutor place;
    private final ConnectionPools connections;
    private final Scheduler scheduler;

    WithinLimits(
            Flux<? extends T> source,
            OnTheWire wire,
            CancelExecutor place,
            ConnectionPools connections,
            Scheduler scheduler) {
        super(source);
        this.wire = wire;
        this.place = place;
        this.connections = connections;
        this.scheduler = scheduler;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        source.subscribe(new Limited<>(actual, wire, place, connections, scheduler));
    }

    private static final class Limited<T> implements CoreSubscriber<T>, Subscription {

        private final CoreSubscriber<? super T> actual;
        private final OnTheWire wire;
        private final ExchangeTimer timing;
        private final CancelExecutor place;
        private final ConnectionPools connections;
        private final Scheduler scheduler;
        private final Runnable disposal = this::dispose;
        private @Nullable Subscription upstream;
        private @Nullable Disposable timer;
        private long requested;
        private boolean ended;
        private volatile boolean cancelled;
        private volatile boolean disposed;
        /** Before the subscriber knows us, and while it is handed an element, nothing else may be told. */
        private boolean busy = true;

        Limited(
                CoreSubscriber<? super T> actual,
                OnTheWire wire,
                CancelExecutor place,
                ConnectionPools connections,
                Scheduler scheduler) {
            this.actual = actual;
            this.wire = wire;
            this.timing = wire.timer();
            this.place = place;
            this.connections = connections;
            this.scheduler = scheduler;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            if (Operators.validate(upstream, subscription)) {
                upstream = subscription;
                timing.onSooner(this::lookSooner);
                connections.onDispose(disposal);
                actual.onSubscribe(this);
                goOn();
            }
        }

        @Override
        public void request(long n) {
            if (!Operators.validate(n)) {
                return;
            }
            synchronized (timing) {
                requested = Operators.addCap(requested, n);
                if (!busy && !ended) {
                    awaitServer();
                }
            }
            upstream().request(n);
        }

        @Override
        public void onNext(T element) {
            synchronized (timing) {
                if (ended) {
                    Operators.onDiscard(element, currentContext());
                    return;
                }
                busy = true;
                timing.stopWaiting(now());
                if (requested != Long.MAX_VALUE) {
                    requested--;
                }
            }
            actual.onNext(element);
            goOn();
        }

        private void goOn() {
            synchronized (timing) {
                busy = false;
                if (requested > 0 && !ended) {
                    awaitServer();
                }
            }
            if (disposed) {
                dispose();
            }
        }

        @Override
        public void onError(Throwable failure) {
            if (end()) {
                actual.onError(failure);
                place.leave();
            } // else the limit has already said why it ended
        }

        @Override
        public void onComplete() {
            if (end()) {
                actual.onComplete();
                place.leave();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (end()) {
                wire.giveUp();
                place.execute(upstream()::cancel);
            }
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        private void awaitServer() {
            timing.startWaiting(now());
            if (timer == null) {
                lookLater();
            }
        }

        private void lookLater() {
            timer = scheduler.schedule(this::look, timing.nanosUntilNextLook(now()), TimeUnit.NANOSECONDS);
        }

        /** A limit has begun that may run out before we look. */
        private void lookSooner() {
            synchronized (timing) {
                if (timer != null) {
                    timer.dispose();
                    lookLater();
                }
            }
        }

        private void look() {
            HttpFailure failure;
            synchronized (timing) {
                timer = null;
                if (ended || !timing.isWaiting()) {
                    return; // the next demand sets a new timer
                }
                if (timing.nanosLeft(now()) > 0) {
                    lookLater();
                    return;
                }
                failure = timing.failure(wire.giveUp());
                end();
            }
            place.execute(() -> give(failure));
        }

        private void dispose() {
            HttpFailure failure;
            synchronized (timing) {
                disposed = true;
                if (busy || !end()) {
                    return;
                }
                failure = new HttpFailure(HttpFailure.Kind.DISPOSED, wire.giveUp(), "the client was closed", null);
            }
            place.execute(() -> give(failure));
        }

        /** There too, so that the failure and a cancellation do not meet on their way. */
        private void give(HttpFailure failure) {
            upstream().cancel();
            if (!cancelled) {
                actual.onError(failure);
            }
            place.leave();
        }

        private boolean end() {
            synchronized (timing) {
                var first = !ended;
                ended = true;
                if (timer != null) {
                    timer.dispose();
                    timer = null;
                }
                connections.forget(disposal);
                timing.onSooner(null); // a connection remembers its last exchange while it idles in the pool
                return first;
            }
        }

        private Subscription upstream() {
            return Objects.requireNonNull(upstream);
        }

        private long now() {
            return scheduler.now(TimeUnit.NANOSECONDS);
        }
    }
}
