package dev.darkroom.cli;

import dev.darkroom.image.ImageEvent;
import java.util.List;
import java.util.stream.Stream;

/**
 * An event whose images are on disk.
 *
 * @param event the event
 * @param savedImages its images, in the order of the event
 */
record SavedEvent(ImageEvent event, List<SavedImage> savedImages) {

    /** Why images are not where they should be, and what was done otherwise than asked for; empty if all is well. */
    List<String> notes() {
        var warnings = event instanceof ImageEvent.Completed completed
                ? completed.result().warnings()
                : List.<String>of();
        return Stream.concat(
                        savedImages.stream().flatMap(savedImage -> savedImage.faults().stream()), warnings.stream())
                .toList();
    }

    /** How many of its images are not where they were asked for. */
    long missing() {
        return savedImages.stream().filter(SavedImage::isMissing).count();
    }
}
