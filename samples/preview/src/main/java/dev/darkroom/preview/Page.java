package dev.darkroom.preview;

import dev.darkroom.image.ImageRequest;
import dev.darkroom.preview.Notice.Asked;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * One page open in a browser, with all it asked for. Its life is that of its stream of notices: when the last browser that
 * listens has gone for longer than the grace, whatever is under way is cancelled, so that nobody pays for pictures which
 * nobody sees; pictures which are there are kept for a while, for a browser that comes back.
 */
final class Page {

    private final String id;
    private final ImageFolder folder;
    private final PreviewProperties properties;
    private final Scheduler timer;
    private final Consumer<Page> expired;
    private final ChangeSignal changes = new ChangeSignal();
    private final Map<Integer, Generation> generations = new ConcurrentSkipListMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final Disposable.Swap leaving = Disposables.swap();
    private final Sinks.Empty<Void> closing = Sinks.empty();
    private int watchers;
    private boolean closed;

    Page(String id, ImageFolder folder, PreviewProperties properties, Scheduler timer, Consumer<Page> expired) {
        this.id = id;
        this.folder = folder;
        this.properties = properties;
        this.timer = timer;
        this.expired = expired;
        after(properties.keep().toMillis(), this::expire); // in case nobody ever listens
    }

    String id() {
        return id;
    }

    ImageFolder folder() {
        return folder;
    }

    /**
     * What a browser that begins to listen must know, then what changes. Never completes. Costs nothing by itself. Demand is
     * honoured by leaving out what a later notice makes superfluous: at most one notice of each generation waits. Errors
     * with 404 if this page was forgotten in the meantime.
     */
    Flux<Notice> notices() {
        return Flux.using(
                () -> {
                    arrive();
                    return new AtomicLong();
                },
                seen -> changes.wakeUps().concatMapIterable(wakeUp -> news(seen), 1),
                seen -> leave());
    }

    /** Completes when this page is forgotten: whoever listens must go elsewhere. */
    Mono<Void> closed() {
        return closing.asMono();
    }

    private List<Notice> news(AtomicLong seen) {
        var now = changes.last();
        var before = seen.getAndSet(now);
        return generations.values().stream()
                .map(generation -> generation.progress().since(before))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Takes a request, if anybody listens; the generation is not started yet. */
    synchronized Generation add(ImageRequest request) {
        if (watchers == 0 || closed) {
            throw refusal(HttpStatus.CONFLICT, "Nobody listens to this page: open it again.");
        }
        if (running() >= properties.atOnce()) {
            throw refusal(
                    HttpStatus.TOO_MANY_REQUESTS,
                    properties.atOnce() + " prompts of this page are under way; wait for one, or cancel one.");
        }
        if (generations.size() >= properties.generations()) {
            throw refusal(
                    HttpStatus.CONFLICT,
                    "This page keeps " + properties.generations() + " prompts and is full: open a new one.");
        }
        var number = ids.incrementAndGet();
        var progress = new Progress(number, Asked.of(request), timer, changes);
        var generation = new Generation(number, request, folder, progress);
        generations.put(number, generation);
        progress.introduce();
        return generation;
    }

    @Nullable
    Generation generation(int number) {
        return generations.get(number);
    }

    private long running() {
        return generations.values().stream().filter(g -> !g.isOver()).count();
    }

    private synchronized void arrive() {
        if (closed) {
            throw refusal(HttpStatus.NOT_FOUND, "This page is no longer open.");
        }
        watchers++;
        leaving.update(Disposables.disposed());
    }

    private synchronized void leave() {
        if (--watchers == 0) {
            after(properties.grace().toMillis(), this::abandon);
        }
    }

    private void abandon() {
        synchronized (this) {
            if (watchers > 0) {
                return;
            }
            after(properties.keep().toMillis(), this::expire);
        }
        cancelAll();
    }

    private void expire() {
        synchronized (this) {
            if (watchers > 0) {
                return;
            }
            closed = true;
            expired.accept(this);
        }
        close();
    }

    private void cancelAll() {
        generations.values().forEach(Generation::cancel);
    }

    /** Cancels all, forgets the pictures, and sends away whoever listens. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        leaving.dispose();
        closing.tryEmitEmpty();
        cancelAll();
        folder.delete();
    }

    private void after(long millis, Runnable task) {
        leaving.update(timer.schedule(task, millis, TimeUnit.MILLISECONDS));
    }

    private static ResponseStatusException refusal(HttpStatus status, String why) {
        return new ResponseStatusException(status, why);
    }
}
