package dev.darkroom.cli;

import dev.darkroom.image.GeneratedImage;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image on disk, or why it is not there.
 *
 * @param image what was made
 * @param file where it lies; null if it could not be fetched (then its URL is what there is), or not be written
 * @param fault why it does not lie where it should; null if all is well
 */
record SavedImage(
        GeneratedImage image, @Nullable Path file, @Nullable String fault) {

    /** Its fault, if it has one. */
    List<String> faults() {
        return fault == null ? List.of() : List.of(fault);
    }

    /** Made, and not where it was asked for. */
    boolean isMissing() {
        return fault != null;
    }
}
