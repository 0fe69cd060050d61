package dev.darkroom.image;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Keeps of the previews of one image that wait only the newest, and of all other events every one.
 *
 * <p>Upstream signals come from one thread, demand from another; a counter of missed work decides who emits. The hard
 * case is demand: a preview that waits must not stop the next one from coming, any other event must. So after a preview
 * another event is asked for at once, after any other only when it was handed on. Where somebody says when a preview was taken,
 * a preview waits for that too, and nothing else does.
 */
final class LatestPartial extends FluxOperator<ImageEvent, ImageEvent> {

    private final @Nullable Publisher<?> taken;

    /** @param taken says that the last preview was taken; null if demand says it */
    LatestPartial(Flux<? extends ImageEvent> source, @Nullable Publisher<?> taken) {
        super(source);
        this.taken = taken;
    }

    @Override
    public void subscribe(CoreSubscriber<? super ImageEvent> actual) {
        source.subscribe(new Keeping(actual, taken));
    }

    private static final class Keeping implements CoreSubscriber<ImageEvent>, Subscription {

        private final CoreSubscriber<? super ImageEvent> actual;
        private final AtomicInteger work = new AtomicInteger();
        private final Deque<ImageEvent> waiting = new ArrayDeque<>();
        private final Disposable.Swap listening = Disposables.swap();
        private final @Nullable Publisher<?> taken;
        /** Whether a preview may pass: always, unless somebody says when. */
        private boolean previewMayPass = true;

        private boolean paced;
        private @Nullable Subscription upstream;
        private @Nullable Throwable failure;
        private long requested;
        private boolean asked;
        private boolean ended;
        private volatile boolean cancelled;

        Keeping(CoreSubscriber<? super ImageEvent> actual, @Nullable Publisher<?> taken) {
            this.actual = actual;
            this.taken = taken;
            this.paced = taken != null;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            if (Operators.validate(upstream, subscription)) {
                upstream = subscription;
                actual.onSubscribe(this);
            }
        }

        @Override
        public void onNext(ImageEvent event) {
            synchronized (waiting) {
                if (ended) {
                    return; // refused while it was on its way
                }
                if (event instanceof ImageEvent.Partial partial) {
                    supersede(partial.imageIndex());
                } else if (paced && event instanceof ImageEvent.ImageReady ready) {
                    supersede(ready.image().index());
                } else if (paced && event instanceof ImageEvent.Completed) {
                    waiting.removeIf(ImageEvent.Partial.class::isInstance);
                }
                waiting.add(event);
            }
            drain();
            if (event instanceof ImageEvent.Partial && !cancelled) {
                upstream().request(1);
            }
        }

        private void supersede(int image) {
            waiting.removeIf(
                    older -> older instanceof ImageEvent.Partial superseded && superseded.imageIndex() == image);
        }

        /** Somebody took the last preview, or will never say so again. */
        private void taken(boolean forEver) {
            synchronized (waiting) {
                previewMayPass = true;
                paced = paced && !forEver;
            }
            drain();
        }

        @Override
        public void onError(Throwable cause) {
            synchronized (waiting) {
                failure = cause;
                ended = true;
            }
            drain();
        }

        @Override
        public void onComplete() {
            synchronized (waiting) {
                ended = true;
            }
            drain();
        }

        @Override
        public void request(long n) {
            if (n <= 0) {
                refuse(new IllegalArgumentException(
                        "request(n) needs n > 0, not " + n + " (Reactive Streams, rule 3.9)"));
                return;
            }
            boolean first;
            synchronized (waiting) {
                requested = Operators.addCap(requested, n);
                first = !asked;
                asked = true;
            }
            drain();
            if (first) {
                listen();
                upstream().request(1);
            }
        }

        private void listen() {
            if (taken != null) {
                listening.update(Flux.from(taken).subscribe(signal -> taken(false), this::refuse, () -> taken(true)));
            }
        }

        private void refuse(Throwable cause) {
            upstream().cancel();
            synchronized (waiting) {
                waiting.clear();
                failure = cause;
                ended = true;
            }
            drain();
        }

        @Override
        public void cancel() {
            cancelled = true;
            listening.dispose();
            upstream().cancel();
            drain();
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        private void drain() {
            if (work.getAndIncrement() != 0) {
                return;
            }
            var missed = 1;
            do {
                emit();
                missed = work.addAndGet(-missed);
            } while (missed != 0);
        }

        private void emit() {
            for (var next = next(); next != null; next = next()) {
                actual.onNext(next);
                if (!(next instanceof ImageEvent.Partial) && !cancelled) {
                    upstream().request(1);
                }
            }
            synchronized (waiting) {
                if (cancelled || !ended || !waiting.isEmpty()) {
                    return;
                }
                cancelled = true; // only to say that nothing more is to be emitted
            }
            listening.dispose();
            if (failure != null) {
                actual.onError(failure);
            } else {
                actual.onComplete();
            }
        }

        private @Nullable ImageEvent next() {
            synchronized (waiting) {
                if (cancelled) {
                    waiting.clear();
                }
                if (requested == 0) {
                    return null;
                }
                for (var events = waiting.iterator(); events.hasNext(); ) {
                    var event = events.next();
                    var preview = event instanceof ImageEvent.Partial;
                    if (preview && !previewMayPass && !ended) {
                        continue; // what is behind it must not wait for somebody to take a preview
                    }
                    events.remove();
                    previewMayPass = previewMayPass && !(preview && paced);
                    if (requested != Long.MAX_VALUE) {
                        requested--;
                    }
                    return event;
                }
                return null;
            }
        }

        private Subscription upstream() {
            return Objects.requireNonNull(upstream);
        }
    }
}
