package dev.darkroom.livepreview;

import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.livepreview.Notice.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One element {@code <darkroom-preview>} in a browser, with all it asked for. Its life is that of its stream of notices: when the
 * last browser that listens has gone for longer than the grace, whatever is under way is cancelled, so that nobody pays for
 * pictures which nobody sees; pictures which are there are kept for a while, for a browser that comes back.
 *
 * <p>A parameter of this type of a controller's method is the preview of the element whose form was sent. Thread-safe.
 */
public final class LivePreview {

    private final String id;
    private final PreviewSurroundings surroundings;
    private final LivePreviewProperties properties;
    private final PictureShelf shelf;
    private final ChangeSignal changes = new ChangeSignal();
    private final Map<Integer, Generation> generations = new ConcurrentSkipListMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final List<Runnable> held = new ArrayList<>();
    private final Disposable.Swap leaving = Disposables.swap();
    private final Sinks.Empty<Void> closing = Sinks.empty();
    private @Nullable String owner;
    private int watchers;
    private boolean watched;
    private boolean closed;

    LivePreview(String id, @Nullable String owner, PreviewSurroundings surroundings) {
        this.id = id;
        this.owner = owner;
        this.surroundings = surroundings;
        this.properties = surroundings.properties();
        this.shelf = new PictureShelf(surroundings.store(), id);
        after(properties.keep().toMillis(), this::expire); // in case nobody ever listens
    }

    /**
     * By which it is known. Whoever knows it may use it, unless it belongs to a user: it cannot be guessed.
     *
     * @return 22 letters, digits, {@code -} and {@code _}
     */
    public String id() {
        return id;
    }

    /**
     * What the element's {@code src} is, below the application's own path.
     *
     * @return such as {@code /darkroom/previews/zx8…}
     */
    public String path() {
        return properties.path() + "/" + id;
    }

    /**
     * The user to whom it belongs.
     *
     * @return null as long as that is nobody
     */
    public synchronized @Nullable String owner() {
        return owner;
    }

    /** From now on it belongs to the first user who came, unless it belongs to somebody already. */
    synchronized void claim(String visitor) {
        owner = Objects.requireNonNullElse(owner, visitor);
    }

    /**
     * Has a picture, or several, developed here by the application's generator: its only one, or its primary one.
     *
     * @param request what to generate, previews included if it is to develop: {@code stream(true)}
     * @return as of {@link #develop(ImageGenerator, ImageRequest)}
     */
    public Mono<Started> develop(ImageRequest request) {
        return Mono.defer(() -> develop(surroundings.generator(), request));
    }

    /**
     * Has a picture, or several, developed here. Emits the number as soon as it is accepted; what becomes of it the element tells.
     * A subscription costs what a subscription to the generator costs, which follows at once, or when the first browser listens:
     * nothing is sent while nobody looks. Cancelling the subscription changes nothing; the element's button, its user's leaving
     * and the end of the application cancel at the gateway. The Reactor context goes along.
     *
     * @param generator who generates
     * @param request what to generate, previews included if it is to develop: {@code stream(true)}
     * @return its number, or a {@link PreviewRefusedException} if nobody listens any more or a limit is reached
     */
    public Mono<Started> develop(ImageGenerator generator, ImageRequest request) {
        return Mono.deferContextual(context -> {
            var generation = add(generator, request);
            surroundings.estimates().of(generator, request, generation.progress());
            whenWatched(() -> generation.start(context));
            return Mono.just(new Started(generation.id()));
        });
    }

    /** The same once more. */
    Mono<Started> again(int number) {
        return Mono.defer(() -> {
            var generation = generation(number);
            return develop(generation.generator(), generation.request());
        });
    }

    /**
     * When this preview is forgotten, with its pictures: for what the application keeps for it.
     *
     * @return completes then; never fails
     */
    public Mono<Void> closed() {
        return closing.asMono();
    }

    /**
     * What a browser that begins to listen must know, then what changes. Never completes. Costs nothing by itself. Demand is
     * honoured by leaving out what a later notice makes superfluous: at most one notice of each generation waits. Errors
     * with 404 if this preview was forgotten in the meantime.
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

    private List<Notice> news(AtomicLong seen) {
        var now = changes.last();
        var before = seen.getAndSet(now);
        return generations.values().stream()
                .map(generation -> generation.progress().since(before))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Takes a request, if anybody listens or will; the generation is not started yet. */
    synchronized Generation add(ImageGenerator generator, ImageRequest request) {
        if (closed) {
            throw PreviewRefusedException.isGone();
        }
        if (watchers == 0 && watched) {
            throw refusal(HttpStatus.CONFLICT, "Nobody listens to this preview: open it again.");
        }
        if (running() >= properties.atOnce()) {
            throw refusal(
                    HttpStatus.TOO_MANY_REQUESTS,
                    properties.atOnce() + " pictures are under way here; wait for one, or cancel one.");
        }
        if (generations.size() >= properties.generations()) {
            throw refusal(
                    HttpStatus.CONFLICT,
                    "This page keeps " + properties.generations() + " pictures and is full: open a new one.");
        }
        if (!surroundings.running().tryEnter()) {
            throw refusal(
                    HttpStatus.TOO_MANY_REQUESTS, "Many pictures are under way on this server; try again in a while.");
        }
        var number = ids.incrementAndGet();
        var progress = new Progress(number, Asked.of(request), surroundings.clock(), changes);
        var generation = new Generation(number, generator, request, shelf, progress);
        generation.end().doFinally(signal -> surroundings.running().leave()).subscribe();
        generations.put(number, generation);
        progress.introduce();
        return generation;
    }

    private void whenWatched(Runnable start) {
        synchronized (this) {
            if (!watched) {
                held.add(start);
                return;
            }
        }
        start.run();
    }

    Generation generation(int number) {
        var generation = generations.get(number);
        if (generation == null) {
            throw refusal(HttpStatus.NOT_FOUND, "There is no such picture here.");
        }
        return generation;
    }

    boolean isBusy() {
        return running() > 0;
    }

    private long running() {
        return generations.values().stream().filter(g -> !g.isOver()).count();
    }

    private void arrive() {
        List<Runnable> starts;
        synchronized (this) {
            if (closed) {
                throw PreviewRefusedException.isGone();
            }
            watchers++;
            watched = true;
            leaving.update(Disposables.disposed());
            starts = List.copyOf(held);
            held.clear();
        }
        starts.forEach(Runnable::run);
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
        }
        forget();
    }

    /** At once, whoever listens. */
    void forget() {
        surroundings.expired().accept(id);
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
        shelf.clearAfter(
                Flux.fromIterable(generations.values()).flatMap(Generation::end).then());
    }

    private void after(long millis, Runnable task) {
        leaving.update(surroundings.clock().schedule(task, millis, TimeUnit.MILLISECONDS));
    }

    private static PreviewRefusedException refusal(HttpStatus status, String why) {
        return new PreviewRefusedException(status, why);
    }

    /** Without the id, which is a secret. */
    @Override
    public String toString() {
        return "LivePreview of " + generations.size() + " pictures";
    }
}
