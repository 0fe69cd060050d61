package dev.darkroom.emulator.gateway.dashscope;

import dev.darkroom.emulator.gateway.common.Dimensions;
import dev.darkroom.emulator.picture.Reference;
import java.util.List;

/**
 * A request which has passed every rule.
 *
 * @param endpoint where it was asked
 * @param model the model
 * @param prompt not blank
 * @param images how many
 * @param size in pixels
 * @param seed of the first image
 * @param references pictures to follow
 * @param rewritten whether the prompt is rewritten
 */
record ImageRequest(
        Endpoint endpoint,
        Model model,
        String prompt,
        int images,
        Dimensions size,
        long seed,
        List<Reference> references,
        boolean rewritten) {}
