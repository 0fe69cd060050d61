package dev.darkroom.cli;

import dev.darkroom.image.GeneratedImage;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An image on disk, or why it is not there.
 *
 * @param image what was made
 * @param file where it lies; null if it has no bytes (a URL only), or could not be written
 * @param fault why it does not lie where it should; null if all is well
 */
record Print(
        GeneratedImage image, @Nullable Path file, @Nullable String fault) {

    /** Paid for, and nowhere to be found. */
    boolean isLost() {
        return image.isLoaded() && file == null;
    }
}
