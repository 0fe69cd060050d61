package dev.darkroom.emulator.gateway.openrouter;

import dev.darkroom.emulator.gateway.common.Dimensions;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.picture.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request which has passed every rule.
 *
 * @param model the model
 * @param prompt not blank
 * @param n images, 1 to 10
 * @param size in pixels
 * @param format of the files
 * @param compression the encoder's quality for jpeg and webp, 0 to 100; higher is better and larger
 * @param transparent whether the background is left out
 * @param quality the word asked for, or {@code auto}
 * @param seed of the first image; the others count on
 * @param references pictures to follow
 * @param session which it is part of, null if it names none
 * @param stream whether to stream: asked for, and the model can
 */
record ImageRequest(
        Model model,
        String prompt,
        int n,
        Dimensions size,
        Format format,
        int compression,
        boolean transparent,
        String quality,
        long seed,
        List<Reference> references,
        @Nullable String session,
        boolean stream) {}
