package dev.darkroom.internal.http;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Lets a cancellation win: from whichever thread it comes, nothing is told after it. It is carried out where the
 * exchanges of this subscription do their work, so that no operator on the way is cancelled in the midst of a signal,
 * which would drop errors and leave buffers behind. What arrives until then is passed over.
 *
 * <p>Stands around all that one call does; the exchanges find it in the {@link Context}.
 *
 * @param <T> the elements
 */
public final class CancelOnEventLoop<T> extends FluxOperator<T, T> {

    private CancelOnEventLoop(Flux<? extends T> source) {
        super(source);
    }

    /**
     * A call which can be cancelled at any moment.
     *
     * @param call with any number of exchanges, one after another
     * @param <T> the elements
     * @return the call
     */
    public static <T> Flux<T> of(Flux<T> call) {
        return new CancelOnEventLoop<>(call);
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        source.subscribe(new Quiet<>(actual));
    }

    private static final class Quiet<T> implements CoreSubscriber<T>, Subscription {

        private final CoreSubscriber<? super T> actual;
        private final CancelExecutor place = new CancelExecutor();
        private final Context context;
        private @Nullable Subscription upstream;
        private volatile boolean cancelled;

        Quiet(CoreSubscriber<? super T> actual) {
            this.actual = actual;
            this.context = actual.currentContext().put(CancelExecutor.class, place);
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            if (Operators.validate(upstream, subscription)) {
                upstream = subscription;
                actual.onSubscribe(this);
            }
        }

        @Override
        public void request(long n) {
            upstream().request(n);
        }

        @Override
        public void onNext(T element) {
            if (cancelled) {
                Operators.onDiscard(element, context);
            } else {
                actual.onNext(element);
            }
        }

        @Override
        public void onError(Throwable failure) {
            if (!cancelled) {
                actual.onError(failure);
            }
        }

        @Override
        public void onComplete() {
            if (!cancelled) {
                actual.onComplete();
            }
        }

        @Override
        public void cancel() {
            if (!cancelled) {
                cancelled = true;
                place.execute(upstream()::cancel);
            }
        }

        @Override
        public Context currentContext() {
            return context;
        }

        private Subscription upstream() {
            return Objects.requireNonNull(upstream);
        }
    }
}
