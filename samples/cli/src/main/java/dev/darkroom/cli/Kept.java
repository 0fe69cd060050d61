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

    /** Why images are not where they should be, and what was done otherwise than asked for; empty if all is well. */
    List<String> notes() {
        var warnings = event instanceof ImageEvent.Completed completed
                ? completed.result().warnings()
                : List.<String>of();
        return Stream.concat(prints.stream().flatMap(print -> print.faults().stream()), warnings.stream())
                .toList();
    }

    /** How many of its images are not where they were asked for. */
    long missing() {
        return prints.stream().filter(Print::isMissing).count();
    }
}
