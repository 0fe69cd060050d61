package dev.darkroom.internal.http;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * A wait for one signal that does not outlive its client: whichever comes first, the signal or the client's end, is told, and the
 * other is not. {@link Flux#takeUntilOther} would leave the wait alive behind a companion that fails, and
 * {@link Flux#firstWithSignal} would tell nobody if a cancel threw: what is waited for may be a user's, a key or a gate, and closing
 * a client is to tell every call.
 *
 * @param <T> what is waited for
 */
final class UntilDisposed<T> extends FluxOperator<T, T> {

    private final ConnectionPools connections;

    UntilDisposed(Flux<? extends T> wait, ConnectionPools connections) {
        super(wait);
        this.connections = connections;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        if (connections.isDisposed()) {
            Operators.error(actual, failure());
        } else {
            source.subscribe(new Waiting<>(actual, connections));
        }
    }

    private static HttpFailure failure() {
        return new HttpFailure(HttpFailure.Kind.DISPOSED, false, "the client was closed", null);
    }

    private static final class Waiting<T> implements CoreSubscriber<T>, Subscription {

        private final CoreSubscriber<? super T> actual;
        private final ConnectionPools connections;
        private final Runnable disposal = this::dispose;
        private final AtomicBoolean over = new AtomicBoolean();
        private @Nullable Subscription upstream;
        /** The signal won; what follows it, and comes from the same source, is told, too. */
        private boolean came;

        Waiting(CoreSubscriber<? super T> actual, ConnectionPools connections) {
            this.actual = actual;
            this.connections = connections;
        }

        /** True once, for whoever ends the wait. */
        private boolean ends() {
            if (!over.compareAndSet(false, true)) {
                return false;
            }
            connections.forget(disposal);
            return true;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            if (Operators.validate(upstream, subscription)) {
                upstream = subscription;
                actual.onSubscribe(this);
                if (!over.get()) {
                    connections.onDispose(disposal);
                }
                if (over.get()) {
                    connections.forget(disposal); // it may have ended meanwhile
                }
            }
        }

        private Subscription upstream() {
            return Objects.requireNonNull(upstream);
        }

        @Override
        public void request(long n) {
            upstream().request(n);
        }

        @Override
        public void onNext(T signal) {
            if (came || ends()) {
                came = true;
                actual.onNext(signal);
            } else {
                Operators.onDiscard(signal, currentContext());
            }
        }

        @Override
        public void onError(Throwable failure) {
            if (came || ends()) {
                actual.onError(failure);
            }
        }

        @Override
        public void onComplete() {
            if (came || ends()) {
                actual.onComplete();
            }
        }

        @Override
        public void cancel() {
            ends();
            upstream().cancel();
        }

        private void dispose() {
            if (ends()) {
                try {
                    upstream().cancel();
                } catch (RuntimeException e) {
                    Operators.onErrorDropped(e, currentContext());
                } finally {
                    actual.onError(failure());
                }
            }
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }
    }
}
