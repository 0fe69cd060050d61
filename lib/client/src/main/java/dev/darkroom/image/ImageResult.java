package dev.darkroom.image;

import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
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
 * @param warnings what was done otherwise than asked for, each a sentence: an option that was left out because the
 *     gateway does not take it
 */
public record ImageResult(
        List<GeneratedImage> images,
        List<ImageFailure> failures,
        @Nullable Usage usage,
        @Nullable Instant created,
        @Nullable String generationId,
        @Nullable String provider,
        List<String> warnings) {

    /**
     * Copies the lists.
     *
     * @param images the final images, in the order of their index; empty only if every image failed
     * @param failures the images which did not come, in the order of their index
     * @param usage what was used and what it cost, where the gateway says
     * @param created when the gateway says it was made; null if it does not say (some send 0)
     * @param generationId the gateway's handle for this generation, for its support and its logs; null if it gave none
     * @param provider who rendered, where a router says; null otherwise
     * @param warnings what was done otherwise than asked for, each a sentence: an option that was left out
     *     because the gateway does not take it
     */
    public ImageResult {
        images = List.copyOf(images);
        failures = List.copyOf(failures);
        warnings = List.copyOf(warnings);
    }

    /**
     * A result of images alone; for fakes and tests.
     *
     * @param images the final images
     * @return the result
     */
    public static ImageResult of(List<GeneratedImage> images) {
        return new ImageResult(images, List.of(), null, null, null, null, List.of());
    }

    /**
     * The result with further warnings.
     *
     * @param more sentences, behind those it has
     * @return a copy
     */
    public ImageResult withWarnings(List<String> more) {
        var all = Stream.concat(warnings.stream(), more.stream()).toList();
        return new ImageResult(images, failures, usage, created, generationId, provider, all);
    }

    /**
     * The same result with other images.
     *
     * @param images instead of the final images
     * @return a copy
     */
    public ImageResult withImages(List<GeneratedImage> images) {
        return new ImageResult(images, failures, usage, created, generationId, provider, warnings);
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
