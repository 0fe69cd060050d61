package dev.darkroom.http;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * Decodes chunks inside the one operator that ever holds them, completes with the last element, and then reads the
 * little that may follow, apart and bounded, so that the connection goes back to its pool instead of being closed.
 *
 * <p>Chunks which complete nothing are replaced by asking for another one; downstream sees only lists with elements.
 * Signals arrive on the event loop; {@code request} and {@code cancel} may come from anywhere.
 *
 * @param <T> what the decoder makes
 */
final class DecodeThenDrain<T> extends FluxOperator<ByteBuf, List<T>> {

    /** What may follow the last element: an end marker, a keep-alive, a trailer. */
    private static final long DRAIN_BYTES = 64 * 1024;

    private static final Duration DRAIN_TIME = Duration.ofMillis(250);

    private final BodyDecoder<T> decoder;
    private final Executor place;
    private final Scheduler scheduler;

    /**
     * Made for one subscription.
     *
     * @param place where the source may be cancelled
     */
    DecodeThenDrain(Flux<? extends ByteBuf> source, BodyDecoder<T> decoder, Executor place, Scheduler scheduler) {
        super(source);
        this.decoder = decoder;
        this.place = place;
        this.scheduler = scheduler;
    }

    @Override
    public void subscribe(CoreSubscriber<? super List<T>> actual) {
        source.subscribe(new Decoding<>(actual, decoder, place, scheduler));
    }

    private static final class Decoding<T> implements CoreSubscriber<ByteBuf>, Subscription {

        private final CoreSubscriber<? super List<T>> actual;
        private final BodyDecoder<T> decoder;
        private final Executor place;
        private final Scheduler scheduler;
        private @Nullable Subscription upstream;
        private @Nullable Disposable drainTimer;
        private long drained;
        private volatile boolean draining;
        private boolean failed;

        Decoding(CoreSubscriber<? super List<T>> actual, BodyDecoder<T> decoder, Executor place, Scheduler scheduler) {
            this.actual = actual;
            this.decoder = decoder;
            this.place = place;
            this.scheduler = scheduler;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            if (Operators.validate(upstream, subscription)) {
                upstream = subscription;
                actual.onSubscribe(this);
            }
        }

        @Override
        public void onNext(ByteBuf chunk) {
            if (draining) {
                drained += chunk.readableBytes();
                if (drained > DRAIN_BYTES) {
                    upstream().cancel();
                }
                return;
            }
            if (failed) {
                return;
            }
            List<T> elements;
            try {
                elements = decoder.feed(chunk);
            } catch (Throwable e) { // an Error would otherwise be swallowed by the transport and nobody told
                failed = true;
                upstream().cancel();
                actual.onError(e);
                Exceptions.throwIfJvmFatal(e);
                return;
            }
            if (decoder.isDone()) {
                finish(elements);
            } else if (elements.isEmpty()) {
                upstream().request(1);
            } else {
                actual.onNext(elements);
            }
        }

        private void finish(List<T> last) {
            draining = true; // from here on a cancel no longer closes the connection
            if (!last.isEmpty()) {
                actual.onNext(last);
            }
            actual.onComplete();
            drainTimer = scheduler.schedule(
                    () -> place.execute(upstream()::cancel), DRAIN_TIME.toMillis(), TimeUnit.MILLISECONDS);
            upstream().request(Long.MAX_VALUE);
        }

        @Override
        public void onError(Throwable failure) {
            if (!draining && !failed) {
                actual.onError(failure);
            }
            stopDraining(); // what follows the last element may fail as it likes
        }

        @Override
        public void onComplete() {
            if (!draining && !failed) {
                actual.onComplete();
            }
            stopDraining();
        }

        private void stopDraining() {
            if (drainTimer != null) {
                drainTimer.dispose();
            }
        }

        @Override
        public void request(long n) {
            if (!draining) {
                upstream().request(n);
            }
        }

        @Override
        public void cancel() {
            if (!draining) {
                upstream().cancel();
            }
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
