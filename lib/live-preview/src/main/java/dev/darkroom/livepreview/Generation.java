package dev.darkroom.livepreview;

import dev.darkroom.gate.Throttled;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageEvents;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageRequest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.ContextView;

/**
 * One request on its way to pictures: puts each picture into the store and keeps {@link Progress} up to date.
 *
 * <p>The next event is asked for when the picture of the last one is written, and of the previews that come meanwhile only
 * the newest is taken: a slow store slows the socket down. What happens to browsers does not matter here.
 */
final class Generation {

    private final int id;
    private final ImageGenerator generator;
    private final ImageRequest request;
    private final PictureShelf shelf;
    private final Progress progress;
    private final AtomicBoolean started = new AtomicBoolean();
    private final Sinks.Empty<Void> stop = Sinks.empty();
    private final Sinks.Empty<Void> end = Sinks.empty();

    Generation(int id, ImageGenerator generator, ImageRequest request, PictureShelf shelf, Progress progress) {
        this.id = id;
        this.generator = generator;
        this.request = request;
        this.shelf = shelf;
        this.progress = progress;
    }

    int id() {
        return id;
    }

    ImageGenerator generator() {
        return generator;
    }

    ImageRequest request() {
        return request;
    }

    boolean isOver() {
        return progress.isOver();
    }

    Progress progress() {
        return progress;
    }

    /** Completes when nothing is asked for and nothing is written any more. */
    Mono<Void> end() {
        return end.asMono();
    }

    /** Asks, once, unless it is cancelled already. The context is that of whoever asked, so that a trace goes on. */
    void start(ContextView context) {
        if (started.compareAndSet(false, true)) {
            run().contextWrite(context).subscribe(nothing -> {}, unseen -> end.tryEmitEmpty(), end::tryEmitEmpty);
        }
    }

    private Mono<Void> run() {
        return Flux.defer(() -> generator.generate(request))
                .contextWrite(Throttled.listener(this::throttled))
                .takeUntilOther(stop.asMono())
                .transform(ImageEvents.latestPartial())
                .concatMapDelayError(this::keep, 1) // an error must not overtake a picture that is being written
                .then()
                .onErrorResume(failure -> salvaged(failure)
                        .onErrorComplete()
                        .then(Mono.fromRunnable(() -> progress.failed(Problem.of(failure)))))
                .then(Mono.fromRunnable(progress::cancelled)); // unless there was another end
    }

    /** Stops the gateway at once. A picture which has come by then is still written: it may have been paid for. */
    void cancel() {
        stop.tryEmitEmpty();
        if (started.compareAndSet(false, true)) {
            progress.cancelled();
            end.tryEmitEmpty();
        }
    }

    private void throttled(Throttled wait) {
        progress.throttled(wait.until(), wait.attempt());
    }

    private Mono<Void> keep(ImageEvent event) {
        if (event instanceof ImageEvent.Partial preview) {
            return save(preview.image(), false);
        }
        if (event instanceof ImageEvent.ImageReady ready) {
            return save(ready.image(), true);
        }
        if (event instanceof ImageEvent.Completed completed) {
            var result = completed.result();
            return all(result.images()).then(Mono.fromRunnable(() -> progress.done(result)));
        }
        if (event instanceof ImageEvent.ImageFailed failed) {
            progress.missing(failed.failure());
        } else if (event instanceof ImageEvent.TextChunk chunk) {
            progress.wrote(chunk);
        }
        return Mono.empty();
    }

    private Mono<Void> all(List<GeneratedImage> images) {
        return Flux.fromIterable(images)
                .concatMap(image -> save(image, true), 1)
                .then();
    }

    private Mono<Void> save(GeneratedImage image, boolean last) {
        if (progress.hasLast(image.index())) {
            return Mono.empty(); // it was ready before the others
        }
        if (!image.isLoaded()) {
            progress.missing(image.index(), "could not be fetched; the gateway keeps it for a while at " + image.url());
            return Mono.empty();
        }
        var version = progress.nextVersion(image.index());
        return shelf.save(image, id + "-" + image.index() + "-" + version, version, last)
                .doOnNext(picture -> shelf.deleteIfThere(progress.show(image.index(), picture)))
                .then()
                .onErrorResume(IOException.class, e -> {
                    progress.missing(image.index(), "was made, but could not be kept on this server");
                    return Mono.empty();
                });
    }

    private Mono<Void> salvaged(Throwable failure) {
        return failure instanceof ImageException image
                ? all(image.partialResult().images())
                : Mono.empty();
    }
}
