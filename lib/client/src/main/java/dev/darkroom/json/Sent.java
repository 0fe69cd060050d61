package dev.darkroom.json;

import java.util.Set;

/**
 * What was sent in a stream before an event, and is not sent again with it.
 *
 * @param images the final images, by their index
 * @param lastPartial whether the last preview that was sent is also the last of the failure
 */
record Sent(Set<Integer> images, boolean lastPartial) {

    static final Sent NOTHING = new Sent(Set.of(), false);

    Sent {
        images = Set.copyOf(images);
    }
}
