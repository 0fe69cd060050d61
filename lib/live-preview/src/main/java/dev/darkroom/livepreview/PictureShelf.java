package dev.darkroom.livepreview;

import dev.darkroom.image.GeneratedImage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The store, as one preview sees it.
 *
 * @param store of all previews
 * @param preview whose pictures these are
 */
record PictureShelf(PictureStore store, String preview) {

    /** Keeps a picture; signals wherever the store does. */
    Mono<Picture> save(GeneratedImage image, String name, int version, boolean last) {
        var type = Objects.requireNonNullElse(image.mediaType(), "application/octet-stream");
        return Mono.defer(() -> store.save(preview, name, image))
                .map(content -> new Picture(version, last, type, image.fileExtension(), image.size(), name, content));
    }

    /** Of a picture which nobody is told of any more. */
    void deleteIfThere(@Nullable Picture picture) {
        if (picture != null) {
            Mono.defer(() -> store.delete(preview, picture.name()))
                    .onErrorComplete()
                    .subscribe();
        }
    }

    /** Clears it when nothing is written any more. */
    void clearAfter(Mono<Void> written) {
        written.then(Mono.defer(() -> store.deleteAll(preview)))
                .onErrorComplete()
                .subscribe();
    }
}
