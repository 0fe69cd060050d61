package dev.darkroom.emulator.gateway.ark;

import dev.darkroom.emulator.gateway.common.Dimensions;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.picture.Reference;
import java.util.List;

/**
 * A request which has passed every rule.
 *
 * @param model as the request spells it
 * @param prompt not empty
 * @param images how many
 * @param size in pixels
 * @param format of the files
 * @param seed of the first image
 * @param references pictures to follow
 * @param base64 whether the images come as base64 instead of under URLs
 * @param stream whether to stream
 * @param searches whether the model may look things up in the web
 */
record ImageRequest(
        String model,
        String prompt,
        int images,
        Dimensions size,
        Format format,
        long seed,
        List<Reference> references,
        boolean base64,
        boolean stream,
        boolean searches) {

    /** What Ark charges for images: a token for each 256 pixels. */
    long tokens(int made) {
        return made * (size.area() / 256);
    }
}
