package dev.darkroom.image;

import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * All there is to know of one request at its end.
 *
 * @param images the final images, in the order of their index; empty only if every image failed
 * @param failures the images which did not come, in the order of their index
 * @param usage what was used and what it cost, where the gateway says
 * @param created when the gateway says it was made; null if it does not say (some send 0)
 * @param generationId the gateway's handle for this generation, for its support and its logs; null if it gave none
 * @param provider who rendered, where a router says; null otherwise
 */
public record ImageResult(
        List<GeneratedImage> images,
        List<ImageFailure> failures,
        @Nullable Usage usage,
        @Nullable Instant created,
        @Nullable String generationId,
        @Nullable String provider) {

    /** Copies the lists. */
    public ImageResult {
        images = List.copyOf(images);
        failures = List.copyOf(failures);
    }

    /**
     * A result of images alone; for fakes and tests.
     *
     * @param images the final images
     * @return the result
     */
    public static ImageResult of(List<GeneratedImage> images) {
        return new ImageResult(images, List.of(), null, null, null, null);
    }

    /**
     * The first final image.
     *
     * @return the image with the lowest index
     * @throws NoSuchElementException if every image failed; {@link #failures()} says why
     */
    public GeneratedImage first() {
        if (images.isEmpty()) {
            throw new NoSuchElementException("no image was made; " + failures.size() + " failed: " + failures);
        }
        return images.get(0);
    }
}
