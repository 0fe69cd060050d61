package dev.darkroom.livepreview;

import dev.darkroom.image.GeneratedImage;
import org.springframework.core.io.Resource;
import reactor.core.publisher.Mono;

/**
 * Where pictures lie while browsers may fetch them; files in a temporary folder, unless a bean of this type says otherwise.
 * Called from any thread, for many pictures at once; nothing here may block the caller. Names are made of letters, digits,
 * {@code -} and {@code _}, and nobody outside chooses them.
 */
public interface PictureStore {

    /**
     * Keeps a picture.
     *
     * @param preview whose picture it is: the id of its {@link LivePreview}
     * @param name of the picture, new to this preview
     * @param image loaded
     * @return where the picture is read, as often and by as many as like, until it is deleted; an error of type
     *     {@link java.io.IOException} is told in the browser, and the generation goes on
     */
    Mono<Resource> save(String preview, String name, GeneratedImage image);

    /**
     * Deletes a picture that nobody is told of any more; an error leaves it to {@link #deleteAll}.
     *
     * @param preview whose
     * @param name which one
     * @return completes when it is gone, or was not there
     */
    Mono<Void> delete(String preview, String name);

    /**
     * Deletes all that is kept of a preview. Called once all its pictures are written.
     *
     * @param preview whose
     * @return completes when nothing of it is kept
     */
    Mono<Void> deleteAll(String preview);
}
