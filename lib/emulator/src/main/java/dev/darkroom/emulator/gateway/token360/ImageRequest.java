package dev.darkroom.emulator.gateway.token360;

import dev.darkroom.emulator.gateway.common.Dimensions;
import dev.darkroom.emulator.picture.Reference;
import java.util.List;

/**
 * A request which has passed every rule.
 *
 * @param model the model
 * @param prompt not blank
 * @param images how many
 * @param size in pixels
 * @param seed of the first image
 * @param references pictures to follow
 * @param base64 whether the images come as base64 instead of under URLs
 */
record ImageRequest(
        Model model,
        String prompt,
        int images,
        Dimensions size,
        long seed,
        List<Reference> references,
        boolean base64) {}
