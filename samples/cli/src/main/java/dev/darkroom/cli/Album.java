package dev.darkroom.cli;

import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.PartialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps the images of one generation, previews included, in a folder.
 *
 * <p>Called for one event after another. A preview that cannot be written is no reason to stop; a final image that
 * cannot be written is put into the system's temporary folder, because it has been paid for; one that could not be fetched
 * keeps its URL, and says why.
 */
final class Album {

    private final Shelf shelf;
    private final FileNames names;
    private final Map<Integer, Print> finished = new HashMap<>();

    private Album(Shelf shelf, FileNames names) {
        this.shelf = shelf;
        this.names = names;
    }

    /** Blocks a little; makes the folder if need be. */
    static Album in(Path folder, String prompt, int images) throws IOException {
        var names = FileNames.of(prompt, images);
        return new Album(Shelf.in(folder, names), names);
    }

    /** Writes what the event holds; never fails. */
    Mono<Kept> keep(ImageEvent event) {
        return prints(event).collectList().map(prints -> new Kept(event, prints));
    }

    /** Writes the finished images of a failed generation; never fails. Its previews were events, and are kept. */
    Mono<List<Print>> keep(PartialResult partialResult) {
        return Flux.fromIterable(partialResult.images())
                .filter(image -> !finished.containsKey(image.index()))
                .concatMap(this::finish)
                .collectList();
    }

    private Flux<Print> prints(ImageEvent event) {
        if (event instanceof ImageEvent.Partial partial) {
            var image = partial.image();
            return print(image, names.preview(partial.imageIndex(), partial.partialIndex(), image.mediaType()))
                    .onErrorResume(
                            IOException.class,
                            e -> Mono.just(new Print(image, null, "a preview was not written: " + Phrases.reason(e))))
                    .flux();
        }
        if (event instanceof ImageEvent.ImageReady ready) {
            return finish(ready.image()).flux();
        }
        return event instanceof ImageEvent.Completed completed
                ? Flux.fromIterable(completed.result().images()).concatMap(this::finish)
                : Flux.empty();
    }

    /** A final image may come twice: when it is ready, and with the result. */
    private Mono<Print> finish(GeneratedImage image) {
        var known = finished.get(image.index());
        if (known != null) {
            return Mono.just(known);
        }
        var suffix = names.image(image.index(), image.mediaType());
        return print(image, suffix)
                .onErrorResume(IOException.class, e -> rescue(image, suffix, e))
                .doOnNext(print -> finished.put(image.index(), print));
    }

    private Mono<Print> print(GeneratedImage image, String suffix) {
        if (!image.isLoaded()) {
            return Mono.just(new Print(image, null, Phrases.notFetched(image)));
        }
        return Mono.usingWhen(
                        blocking(() -> shelf.claim(suffix)),
                        image::writeTo,
                        file -> Mono.empty(),
                        (file, error) -> discard(file),
                        Album::discard)
                .map(file -> new Print(image, file, null));
    }

    private Mono<Print> rescue(GeneratedImage image, String suffix, IOException fault) {
        var where = shelf + " (" + Phrases.reason(fault) + ")";
        return blocking(() -> Files.createTempFile("darkroom-", suffix))
                .flatMap(image::writeTo)
                .map(file -> new Print(
                        image, file, "image " + (image.index() + 1) + " is written to " + file + ", not to " + where))
                .onErrorResume(
                        IOException.class,
                        e -> Mono.just(new Print(
                                image,
                                null,
                                "image " + (image.index() + 1) + " is lost, it could not be written to " + where)));
    }

    private static Mono<Boolean> discard(Path file) {
        return blocking(() -> Files.deleteIfExists(file));
    }

    private static <T> Mono<T> blocking(Callable<T> work) {
        return Mono.fromCallable(work).subscribeOn(Schedulers.boundedElastic());
    }
}
