package dev.darkroom.emulator.gateway.openai;

import dev.darkroom.emulator.gateway.common.Dimensions;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.picture.Reference;
import dev.darkroom.emulator.picture.Retouch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request which has passed every rule.
 *
 * @param model the model
 * @param edit whether it edits images
 * @param prompt not empty
 * @param n images, 1 to 10
 * @param size in pixels
 * @param format of the files
 * @param compression the encoder's quality for jpeg and webp, 0 to 100
 * @param transparent whether the background is left out
 * @param quality the word asked for; {@code medium} for {@code auto}
 * @param references pictures to edit
 * @param retouch the first of them with its mask, null if there is none
 * @param stream whether to stream
 * @param partials previews of each streamed image, 0 to 3
 */
record ImageRequest(
        Model model,
        boolean edit,
        String prompt,
        int n,
        Dimensions size,
        Format format,
        int compression,
        boolean transparent,
        String quality,
        List<Reference> references,
        @Nullable Retouch retouch,
        boolean stream,
        int partials) {

    /** What its event types start with. */
    String kind() {
        return edit ? "image_edit" : "image_generation";
    }

    String background() {
        return transparent ? "transparent" : "opaque";
    }
}
