package dev.darkroom;

import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import reactor.core.publisher.Flux;

/**
 * What a small virtual machine has to bear: sixteen large references go up in one request, and the ten large images of the
 * answer, which come by URL, go into files. Run by {@link SmallHeapTest} in a process of its own.
 */
final class SmallHeap {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private SmallHeap() {}

    /**
     * Runs it.
     *
     * @param args the base URL, the reference, the folder for the images, {@code memory} to load them into memory instead, and
     *     how much of it a request may keep
     */
    public static void main(String[] args) {
        var usual = ImageClient.openRouter("sk-test")
                .baseUrl(args[0])
                .downloads(d -> d.allow("127.0.0.1").fetch(args.length > 3));
        var images = args.length > 4 ? usual.limits(l -> l.heapBytes(Long.parseLong(args[4]))) : usual;
        var reference = ImageReference.file(Path.of(args[1]));
        var folder = Path.of(args[2]);
        var request = ImageRequest.of("a/b", "a lighthouse")
                .n(10)
                .references(Collections.nCopies(16, reference).toArray(ImageReference[]::new));
        var written = images.result(request)
                .doOnNext(result -> System.out.println("without bytes "
                        + result.images().stream()
                                .filter(image -> !image.isLoaded())
                                .count()))
                .flatMapMany(result -> Flux.fromIterable(result.images()))
                .flatMap(image -> images.download(image, folder.resolve(image.index() + ".png")), 10)
                .count()
                .block(PATIENCE);
        System.out.println("wrote " + written);
        images.close();
    }
}
