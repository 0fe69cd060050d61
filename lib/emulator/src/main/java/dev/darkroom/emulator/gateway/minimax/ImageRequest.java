package dev.darkroom.emulator.gateway.minimax;

import dev.darkroom.emulator.gateway.common.Dimensions;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.picture.Reference;
import java.util.List;

/**
 * A request which has passed every rule.
 *
 * @param model the model
 * @param edit whether it edits images
 * @param prompt not blank
 * @param n images, 1 to 10
 * @param size in pixels
 * @param format of the files
 * @param references pictures to edit
 * @param base64 whether the images come as base64 instead of under URLs
 * @param stream whether to stream
 */
record ImageRequest(
        String model,
        boolean edit,
        String prompt,
        int n,
        Dimensions size,
        Format format,
        List<Reference> references,
        boolean base64,
        boolean stream) {

    private static final int PIXELS_PER_TOKEN = 256;
    private static final int CHARS_PER_TOKEN = 4;

    /** What its event types start with. */
    String kind() {
        return edit ? "image_edit" : "image_generation";
    }

    long inputTokens() {
        long pixels = references.stream()
                .mapToLong(picture -> (long) picture.width() * picture.height())
                .sum();
        return Math.max(1, prompt.length() / CHARS_PER_TOKEN) + pixels / PIXELS_PER_TOKEN;
    }

    long outputTokens(int made) {
        return made * (size.area() / PIXELS_PER_TOKEN);
    }
}
