package dev.darkroom.image;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What had arrived when a generation failed: it may have been paid for.
 *
 * @param lastPartial the newest preview; null if there was none
 * @param images the images which were final, in the order of their index
 */
public record PartialResult(ImageEvent.@Nullable Partial lastPartial, List<GeneratedImage> images) {

    /** Nothing had arrived. */
    public static final PartialResult NOTHING = new PartialResult(null, List.of());

    /**
     * Copies the list.
     *
     * @param lastPartial the newest preview; null if there was none
     * @param images the images which were final, in the order of their index
     */
    public PartialResult {
        images = List.copyOf(images);
    }
}
