package dev.darkroom.internal.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
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
 * Signals arrive on the event loop; {@code request} and {@code cancel} may come from anywhere, and what a request starts is
 * done on the event loop, so that a decoder is only ever called there.
 *
 * <p>The hard case is an answer that is whole and does not end. Its end is awaited as long as a rest is drained, and then
 * taken as read.
 *
 * @param <T> what the decoder makes
 */
final class DecodeThenDrain<T> extends FluxOperator<ByteBuf, List<T>> {

    /** What may follow the last element: an end marker, a keep-alive, a trailer. */
    private static final long DRAIN_BYTES = 64 * 1024;

    private static final Duration DRAIN_TIME = Duration.ofMillis(250);

    /** How often a decoder may go on without an element before others on its event loop have their turn. */
    private static final int MOST_ROUNDS = 32;

    private final BodyDecoder<T> decoder;
    private final Executor place;
    private final Scheduler scheduler;
    private final Runnable arrival;

    /**
     * Made for one subscription.
     *
     * @param place the event loop on which the chunks arrive
     * @param arrival runs when one does
     */
    DecodeThenDrain(
            Flux<? extends ByteBuf> source,
            BodyDecoder<T> decoder,
            Executor place,
            Scheduler scheduler,
            Runnable arrival) {
        super(source);
        this.decoder = decoder;
        this.arrival = arrival;
        this.place = place;
        this.scheduler = scheduler;
    }

    @Override
    public void subscribe(CoreSubscriber<? super List<T>> actual) {
        source.subscribe(new Decoding<>(actual, this));
    }

    private static final class Decoding<T> implements CoreSubscriber<ByteBuf>, Subscription {

        @SuppressWarnings("rawtypes")
        private static final AtomicLongFieldUpdater<Decoding> REQUESTED =
                AtomicLongFieldUpdater.newUpdater(Decoding.class, "requested");

        private final CoreSubscriber<? super List<T>> actual;
        private final BodyDecoder<T> decoder;
        private final Executor place;
        private final Scheduler scheduler;
        private final Runnable arrival;
        private @Nullable Subscription upstream;
        private @Nullable Disposable timer;
        private volatile long requested;
        private volatile boolean draining;
        private volatile boolean cancelled;
        // all others belong to the event loop
        private long drained;
        private boolean pulling;
        private boolean fetching;
        private boolean over;
        private boolean ended;
        private @Nullable Throwable breach;

        Decoding(CoreSubscriber<? super List<T>> actual, DecodeThenDrain<T> operator) {
            this.actual = actual;
            this.decoder = operator.decoder;
            this.place = operator.place;
            this.scheduler = operator.scheduler;
            this.arrival = operator.arrival;
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
            if (!Operators.validate(n)) {
                return;
            }
            Operators.addCap(REQUESTED, this, n);
            if (place instanceof EventExecutor loop && loop.inEventLoop()) {
                pull();
            } else {
                later(this::pull);
            }
        }

        private void later(Runnable task) {
            try {
                place.execute(task);
            } catch (RejectedExecutionException e) {
                // the event loop has ended, and with it this exchange
            }
        }

        /** Asks for chunks, one at a time, as long as there is demand and the decoder has no more in hand. */
        private void pull() {
            if (pulling) {
                return;
            }
            pulling = true;
            int rounds = 0;
            while (!over && !cancelled && requested > 0 && !fetching && (!ended || decoder.hasMore())) {
                if (!decoder.hasMore()) {
                    fetching = true;
                    upstream().request(1);
                } else if (++rounds > MOST_ROUNDS) {
                    pulling = false;
                    later(this::pull);
                    return;
                } else {
                    decode(Unpooled.EMPTY_BUFFER);
                }
            }
            if (ended && !over && !cancelled && !decoder.hasMore()) {
                terminate();
            }
            pulling = false;
        }

        @Override
        public void onNext(ByteBuf chunk) {
            arrival.run();
            fetching = false;
            if (draining) {
                drain(chunk);
                return;
            }
            if (!over && !cancelled) {
                decode(chunk);
                pull();
            }
        }

        private void drain(ByteBuf chunk) {
            drained += chunk.readableBytes();
            if (drained > DRAIN_BYTES) {
                upstream().cancel();
            }
        }

        private void decode(ByteBuf chunk) {
            drained += timer == null ? 0 : chunk.readableBytes(); // behind what is whole
            List<T> elements;
            try {
                elements = decoder.feed(chunk);
            } catch (Throwable e) { // an Error would otherwise be swallowed by the transport and nobody told
                over = true;
                stopTimer();
                upstream().cancel();
                actual.onError(e);
                Exceptions.throwIfJvmFatal(e);
                return;
            }
            if (decoder.isDone() || drained > DRAIN_BYTES) {
                finish(elements);
                return;
            }
            if (!elements.isEmpty()) {
                Operators.produced(REQUESTED, this, 1);
                actual.onNext(elements);
            }
            if (timer == null && !over && decoder.isWhole()) {
                timer = scheduler.schedule(this::endIsLate, DRAIN_TIME.toMillis(), TimeUnit.MILLISECONDS);
            }
        }

        private void endIsLate() {
            later(() -> {
                if (!over && !cancelled) {
                    finish(List.of());
                }
            });
        }

        private void finish(List<T> last) {
            over = true;
            draining = true; // from here on a cancel no longer closes the connection
            stopTimer();
            if (!last.isEmpty()) {
                actual.onNext(last);
            }
            actual.onComplete();
            if (!ended) {
                timer = scheduler.schedule(
                        () -> place.execute(upstream()::cancel), DRAIN_TIME.toMillis(), TimeUnit.MILLISECONDS);
                upstream().request(Long.MAX_VALUE);
            }
        }

        @Override
        public void onError(Throwable failure) {
            breach = failure;
            onComplete();
        }

        @Override
        public void onComplete() {
            ended = true;
            if (over) {
                stopTimer(); // what follows the last element may fail as it likes
            } else if (!decoder.hasMore()) {
                terminate();
            } // else once there is demand for the rest of what is in hand
        }

        private void terminate() {
            over = true;
            stopTimer();
            if (breach == null) {
                actual.onComplete();
            } else {
                actual.onError(breach);
            }
        }

        private void stopTimer() {
            if (timer != null) {
                timer.dispose();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
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
