package dev.darkroom.spring.web;

import dev.darkroom.gate.Throttled;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.json.JsonEvent;
import dev.darkroom.json.JsonEvents;
import dev.darkroom.json.LazyJson;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The body of one response, asked for frame by frame: what a server writes is what it asked for, so that a reader which stalls
 * makes it hold the frame that is being written and the one event which waits in {@link NewestPreview}. Knows neither WebFlux nor servlets.
 *
 * <p>Frames are asked for by one thread after the other; events, waits and timers come from any. Whoever finds a frame and somebody who waits
 * for it takes both under the lock and hands it over outside. The hard case is a heartbeat: the event that was asked for before it is
 * still to come, and is kept for the next time.
 */
final class EventStream implements CoreSubscriber<JsonEvent> {

    private final EventForm form;
    private final EventSettings settings;
    private final Context context;
    private final Disposable.Swap timer = Disposables.swap();

    private @Nullable Subscription upstream;
    private @Nullable JsonEvent arrived;
    private @Nullable Throttled throttled;
    private @Nullable Throwable failure;
    private @Nullable MonoSink<Void> opening;
    private @Nullable MonoSink<EventFrame> reader;
    private boolean asked;
    private boolean done;
    private boolean first = true;
    private boolean headSent;
    private boolean ended;

    private EventStream(EventForm form, EventSettings settings, ContextView outside) {
        this.form = form;
        this.settings = settings;
        this.context = settings.throttling()
                ? Throttled.listener(this::throttled).apply(Context.of(outside))
                : Context.of(outside);
    }

    /** Subscribes; nothing is asked for before {@link #opened()} is. */
    static EventStream of(
            Publisher<? extends ImageEvent> events, EventForm form, EventSettings settings, ContextView outside) {
        var stream = new EventStream(form, settings, outside);
        new NewestPreview(Flux.from(events))
                .transform(JsonEvents.write(settings.images()))
                .subscribe(stream);
        return stream;
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        boolean waitedFor;
        synchronized (this) {
            upstream = subscription;
            waitedFor = asked;
        }
        if (waitedFor) {
            subscription.request(1);
        }
    }

    /**
     * Asks for the first event, and waits for it, but not for long.
     *
     * @return empty when the head should leave; the failure if there is nothing else, which then deserves a status of its own
     */
    Mono<Void> opened() {
        return Mono.create(sink -> {
            synchronized (this) {
                opening = sink;
            }
            var wait = settings.headWait();
            after(wait, this::open);
            ask();
            if (wait.isZero() || hasNews()) {
                open();
            }
        });
    }

    /** Some fail, or end, while they are subscribed to. */
    private synchronized boolean hasNews() {
        return done || arrived != null;
    }

    private void open() {
        MonoSink<Void> sink;
        Throwable refusal; // of the first event, if that is all that came
        synchronized (this) {
            sink = opening;
            opening = null;
            refusal = arrived == null ? failure : arrived.failure().orElse(null);
        }
        if (sink != null) {
            timer.update(Disposables.disposed());
            if (refusal == null) {
                sink.success();
            } else {
                sink.error(refusal);
            }
        }
    }

    /** The next frame when there is one; empty at the end. Ask for one at a time. */
    Mono<EventFrame> next() {
        return Mono.create(sink -> {
            boolean idle;
            synchronized (this) {
                reader = sink;
                idle = headSent && arrived == null && throttled == null && !done;
            }
            if (idle) {
                after(settings.heartbeat(), () -> deliver(() -> EventFrame.of(form.beat())));
                ask();
            }
            deliver(() -> null);
        });
    }

    /** Whether {@link #next()} has said that this is the end. */
    synchronized boolean isEnded() {
        return ended;
    }

    /** Cancels the generation, if it has not ended. */
    void cancel() {
        timer.dispose();
        synchronized (this) {
            ended = true;
            done = true;
            arrived = null;
        }
        if (upstream != null) {
            upstream.cancel();
        }
    }

    private void ask() {
        Subscription from;
        synchronized (this) {
            if (asked || done) {
                return;
            }
            asked = true;
            from = upstream;
        }
        if (from != null) {
            from.request(1);
        }
    }

    @Override
    public void onNext(JsonEvent event) {
        synchronized (this) {
            asked = false;
            arrived = event;
            throttled = null; // it waits no more
        }
        news();
    }

    @Override
    public void onError(Throwable cause) {
        synchronized (this) {
            failure = cause;
            done = true;
        }
        news();
    }

    @Override
    public void onComplete() {
        synchronized (this) {
            done = true;
        }
        news();
    }

    private void throttled(Throttled wait) {
        synchronized (this) {
            throttled = wait;
        }
        deliver(() -> null);
    }

    private void news() {
        open();
        deliver(() -> null);
    }

    /** @param otherwise what to say if there is nothing; null if that is for later */
    private void deliver(Supplier<@Nullable EventFrame> otherwise) {
        MonoSink<EventFrame> sink;
        EventFrame frame = null;
        RuntimeException fault = null;
        synchronized (this) {
            if (reader == null) {
                return;
            }
            try {
                frame = take();
            } catch (RuntimeException e) { // of the application's form of a picture
                fault = e;
            }
            if (frame == null && fault == null && !ended) {
                frame = otherwise.get();
                if (frame == null) {
                    return;
                }
            }
            sink = reader;
            reader = null;
        }
        timer.update(Disposables.disposed());
        if (fault == null) {
            sink.success(frame);
        } else {
            cancel();
            sink.error(fault);
        }
    }

    private @Nullable EventFrame take() {
        if (ended) {
            return null;
        }
        if (!headSent) {
            headSent = true;
            return EventFrame.of(form.head());
        }
        if (throttled != null) {
            var wait = throttled;
            throttled = null;
            return frame(JsonEvent.throttled(wait));
        }
        if (arrived != null) {
            var event = arrived;
            arrived = null;
            event.failure().ifPresent(FailureLog::told);
            return frame(event);
        }
        if (failure != null) {
            var event = JsonEvent.failed(ServerFault.of(failure));
            failure = null;
            return frame(event);
        }
        ended = done;
        return done && !form.end().isEmpty() ? EventFrame.of(form.end()) : null;
    }

    private EventFrame frame(JsonEvent event) {
        var frame =
                new EventFrame(form.before(event.type(), first), LazyJson.of(settings.mapper(), event), form.after());
        first = false;
        return frame;
    }

    private void after(Duration wait, Runnable action) {
        if (!wait.isZero()) {
            timer.update(Schedulers.parallel().schedule(action, wait.toMillis(), TimeUnit.MILLISECONDS));
        }
    }
}
