package dev.darkroom.emulator.gateway.chat;

import dev.darkroom.emulator.gateway.common.Dimensions;
import dev.darkroom.emulator.picture.Reference;
import java.util.List;

/**
 * A request which has passed every rule.
 *
 * @param model the model
 * @param prompt the user's words, not blank
 * @param images how many; none if no image is wanted
 * @param size in pixels
 * @param seed of the first image
 * @param references pictures to follow
 * @param text whether words go with the images
 * @param stream whether to stream
 * @param usage whether a stream tells what it cost
 */
record ImageRequest(
        Model model,
        String prompt,
        int images,
        Dimensions size,
        long seed,
        List<Reference> references,
        boolean text,
        boolean stream,
        boolean usage) {}
