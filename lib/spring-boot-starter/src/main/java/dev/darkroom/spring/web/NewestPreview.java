package dev.darkroom.spring.web;

import dev.darkroom.image.ImageEvent;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Lets at most one event with a picture wait for a reader that stalls: the newest preview, of whichever image, until a final image takes its
 * place. Every other event comes, and while one of them waits no further one is asked for.
 * {@link dev.darkroom.image.ImageEvents#latestPartial()} keeps a preview of each image, which for a page that shows them all is right,
 * and for a server with a thousand readers too much.
 *
 * <p>Upstream signals come from one thread, demand from another; a counter of missed work decides who emits.
 */
final class NewestPreview extends FluxOperator<ImageEvent, ImageEvent> {

    NewestPreview(Flux<? extends ImageEvent> source) {
        super(source);
    }

    @Override
    public void subscribe(CoreSubscriber<? super ImageEvent> actual) {
        source.subscribe(new Keeping(actual));
    }

    private static final class Keeping implements CoreSubscriber<ImageEvent>, Subscription {

        private final CoreSubscriber<? super ImageEvent> actual;
        private final AtomicInteger work = new AtomicInteger();
        private ImageEvent.@Nullable Partial preview;
        private @Nullable ImageEvent other;
        private @Nullable Subscription upstream;
        private @Nullable Throwable failure;
        private long requested;
        private boolean asked;
        private boolean ended;
        private boolean told;

        Keeping(CoreSubscriber<? super ImageEvent> actual) {
            this.actual = actual;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
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
            synchronized (this) {
                if (event instanceof ImageEvent.Partial newer) {
                    preview = newer;
                } else {
                    other = event;
                    preview = hasPicture(event) ? null : preview;
                }
            }
            drain();
            if (event instanceof ImageEvent.Partial) {
                upstream().request(1); // a preview that waits must not keep the next event from coming
            }
        }

        private static boolean hasPicture(ImageEvent event) {
            return event instanceof ImageEvent.ImageReady || event instanceof ImageEvent.Completed;
        }

        @Override
        public void onError(Throwable cause) {
            synchronized (this) {
                failure = cause;
                ended = true;
            }
            drain();
        }

        @Override
        public void onComplete() {
            synchronized (this) {
                ended = true;
            }
            drain();
        }

        @Override
        public void request(long n) {
            boolean first;
            synchronized (this) {
                requested = Operators.addCap(requested, n);
                first = !asked;
                asked = true;
            }
            drain();
            if (first) {
                upstream().request(1);
            }
        }

        @Override
        public void cancel() {
            upstream().cancel();
            synchronized (this) {
                told = true;
                preview = null;
                other = null;
            }
        }

        private void drain() {
            if (work.getAndIncrement() != 0) {
                return;
            }
            var missed = 1;
            do {
                for (var next = next(); next != null; next = next()) {
                    actual.onNext(next);
                    if (!(next instanceof ImageEvent.Partial)) {
                        upstream().request(1);
                    }
                }
                end();
                missed = work.addAndGet(-missed);
            } while (missed != 0);
        }

        private synchronized @Nullable ImageEvent next() {
            if (requested == 0 || told) {
                return null;
            }
            ImageEvent next = preview;
            if (next != null) {
                preview = null;
            } else {
                next = other;
                other = null;
            }
            if (next != null) {
                requested--;
            }
            return next;
        }

        private void end() {
            synchronized (this) {
                if (told || !ended || preview != null || other != null) {
                    return;
                }
                told = true;
            }
            if (failure == null) {
                actual.onComplete();
            } else {
                actual.onError(failure);
            }
        }

        private Subscription upstream() {
            return Objects.requireNonNull(upstream);
        }
    }
}
