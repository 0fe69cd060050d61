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
 * Writes the images of one generation, previews included, into a folder.
 *
 * <p>Called for one event after another. A preview that cannot be written is no reason to stop; a final image that
 * cannot be written is put into the system's temporary folder, because it has been paid for; one that could not be fetched
 * keeps its URL, and says why.
 */
final class ImageSaver {

    private final OutputFolder folder;
    private final FileNames names;
    private final Map<Integer, SavedImage> finished = new HashMap<>();

    private ImageSaver(OutputFolder folder, FileNames names) {
        this.folder = folder;
        this.names = names;
    }

    /** Blocks a little; makes the folder if need be. */
    static ImageSaver in(Path folder, String prompt, int images) throws IOException {
        var names = FileNames.of(prompt, images);
        return new ImageSaver(OutputFolder.in(folder, names), names);
    }

    /** Writes what the event holds; never fails. */
    Mono<SavedEvent> keep(ImageEvent event) {
        return savedImages(event).collectList().map(savedImages -> new SavedEvent(event, savedImages));
    }

    /** Writes the finished images of a failed generation; never fails. Its previews were events, and are kept. */
    Mono<List<SavedImage>> keep(PartialResult partialResult) {
        return Flux.fromIterable(partialResult.images())
                .filter(image -> !finished.containsKey(image.index()))
                .concatMap(this::finish)
                .collectList();
    }

    private Flux<SavedImage> savedImages(ImageEvent event) {
        if (event instanceof ImageEvent.Partial partial) {
            var image = partial.image();
            return print(image, names.preview(partial.imageIndex(), partial.partialIndex(), image.fileExtension()))
                    .onErrorResume(
                            IOException.class,
                            e -> Mono.just(
                                    new SavedImage(image, null, "a preview was not written: " + HumanText.reason(e))))
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
    private Mono<SavedImage> finish(GeneratedImage image) {
        var known = finished.get(image.index());
        if (known != null) {
            return Mono.just(known);
        }
        var suffix = names.image(image.index(), image.fileExtension());
        return print(image, suffix)
                .onErrorResume(IOException.class, e -> rescue(image, suffix, e))
                .doOnNext(savedImage -> finished.put(image.index(), savedImage));
    }

    private Mono<SavedImage> print(GeneratedImage image, String suffix) {
        if (!image.isLoaded()) {
            return Mono.just(new SavedImage(image, null, HumanText.notFetched(image)));
        }
        return Mono.usingWhen(
                        blocking(() -> folder.claim(suffix)),
                        image::writeTo,
                        file -> Mono.empty(),
                        (file, error) -> discard(file),
                        ImageSaver::discard)
                .map(file -> new SavedImage(image, file, null));
    }

    private Mono<SavedImage> rescue(GeneratedImage image, String suffix, IOException fault) {
        var where = folder + " (" + HumanText.reason(fault) + ")";
        return blocking(() -> Files.createTempFile("darkroom-", suffix))
                .flatMap(image::writeTo)
                .map(file -> new SavedImage(
                        image, file, "image " + (image.index() + 1) + " is written to " + file + ", not to " + where))
                .onErrorResume(
                        IOException.class,
                        e -> Mono.just(new SavedImage(
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
