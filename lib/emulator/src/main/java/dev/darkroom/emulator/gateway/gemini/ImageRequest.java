package dev.darkroom.emulator.gateway.gemini;

import dev.darkroom.emulator.gateway.common.Dimensions;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.picture.Reference;
import java.util.List;

/**
 * A request which has passed every rule.
 *
 * @param model the model
 * @param prompt all its texts, not blank
 * @param images how many
 * @param size in pixels
 * @param seed of the first image
 * @param references pictures to follow
 * @param format of the files
 * @param text whether words go with the images
 * @param image whether images are wanted at all
 * @param thoughts whether interim images and thoughts are shown
 */
record ImageRequest(
        Model model,
        String prompt,
        int images,
        Dimensions size,
        long seed,
        List<Reference> references,
        Format format,
        boolean text,
        boolean image,
        boolean thoughts) {}
