package dev.darkroom.dialect;

import dev.darkroom.image.StoredImage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the list of stored images.
 *
 * @param images in the list's order
 * @param firstId what to name as {@code before} to get those before them; null if nobody says
 * @param lastId what to name as {@code after} to get those behind them; null if nobody says
 * @param hasMore whether there are more in the direction that was asked for
 */
public record StoredPage(
        List<StoredImage> images,
        @Nullable String firstId,
        @Nullable String lastId,
        boolean hasMore) {

    /**
     * Copies the list.
     *
     * @param images in the list's order
     * @param firstId what to name as {@code before} to get those before them; null if nobody says
     * @param lastId what to name as {@code after} to get those behind them; null if nobody says
     * @param hasMore whether there are more in the direction that was asked for
     */
    public StoredPage {
        images = List.copyOf(images);
    }
}
