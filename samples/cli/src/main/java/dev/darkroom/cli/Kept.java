package dev.darkroom.cli;

import dev.darkroom.image.ImageEvent;
import java.util.List;
import java.util.stream.Stream;

/**
 * An event whose images are on disk.
 *
 * @param event what the gateway said
 * @param prints its images, in the order of the event
 */
record Kept(ImageEvent event, List<Print> prints) {

    /** Why images are not where they should be; empty if all is well. */
    List<String> faults() {
        return prints.stream()
                .flatMap(print -> Stream.ofNullable(print.fault()))
                .toList();
    }
}
