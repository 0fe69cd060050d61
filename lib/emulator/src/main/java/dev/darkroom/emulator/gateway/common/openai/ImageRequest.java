package dev.darkroom.emulator.gateway.common.openai;

import dev.darkroom.emulator.picture.Reference;
import dev.darkroom.emulator.picture.Retouch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request which has passed every rule.
 *
 * @param picture what each picture shall be like
 * @param edit whether it edits images
 * @param prompt not empty
 * @param n images, 1 to 10
 * @param references pictures to edit
 * @param retouch the first of them with its mask, null if there is none
 * @param stream whether to stream
 * @param partials previews of each streamed image, 0 to 3
 * @param safetyIdentifier who it is made for, null if nobody says so
 */
record ImageRequest(
        PictureOptions picture,
        boolean edit,
        String prompt,
        int n,
        List<Reference> references,
        @Nullable Retouch retouch,
        boolean stream,
        int partials,
        @Nullable String safetyIdentifier) {

    /** What its event types start with. */
    String kind() {
        return edit ? "image_edit" : "image_generation";
    }

    String model() {
        return picture.model().id();
    }

    /** Each image, and each reference. */
    int permits() {
        return n + references.size();
    }
}
