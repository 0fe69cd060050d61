package dev.darkroom.springai;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.image.ImageGenerationMetadata;

/**
 * What is known of one image.
 *
 * @param index which image of the request, from 0
 * @param partialIndex which preview of it, from 0; null for the image itself
 * @param mediaType for example {@code image/png}; null if nobody knows
 * @param revisedPrompt what the model really painted, where it rewrote the prompt and the gateway says so; null otherwise
 */
public record DarkroomImageGenerationMetadata(
        int index,
        @Nullable Integer partialIndex,
        @Nullable String mediaType,
        @Nullable String revisedPrompt) implements ImageGenerationMetadata {

    /**
     * Whether this is the image, and no preview.
     *
     * @return true for what was paid for
     */
    public boolean isFinal() {
        return partialIndex == null;
    }

    /** Without the prompt. */
    @Override
    public String toString() {
        return "DarkroomImageGenerationMetadata[index=" + index + ", partialIndex=" + partialIndex + ", mediaType="
                + mediaType + "]";
    }
}
