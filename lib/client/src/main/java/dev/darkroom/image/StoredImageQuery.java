package dev.darkroom.image;

import org.jspecify.annotations.Nullable;

/**
 * Which stored images to list, and in which order. Immutable; start from {@link #newestFirst()} or {@link #oldestFirst()}.
 *
 * <p>A list has a direction. With {@link #after(String)}, or without any bound, it is walked as it is ordered, up to
 * {@link #before(String)} if that is given too. With {@code before} alone it is walked backwards from there: the image
 * just before the given one comes first.
 *
 * @param ascending whether the list begins with the oldest image, otherwise with the newest
 * @param after the id of the image behind which to begin; null for the beginning of the list
 * @param before the id of the image before which to end; null for the end of the list
 * @param pageSize how many images to ask for at a time, 1 or more; a gateway has a largest one, 100 at token360
 */
public record StoredImageQuery(
        boolean ascending, @Nullable String after, @Nullable String before, int pageSize) {

    private static final int USUAL_PAGE = 20;

    /**
     * Refuses blank ids and a page of nothing.
     *
     * @param ascending whether the list begins with the oldest image, otherwise with the newest
     * @param after the id of the image behind which to begin; null for the beginning of the list
     * @param before the id of the image before which to end; null for the end of the list
     * @param pageSize how many images to ask for at a time, 1 or more; a gateway has a largest one, 100 at token360
     */
    public StoredImageQuery {
        if ((after != null && after.isBlank()) || (before != null && before.isBlank())) {
            throw new IllegalArgumentException("the id of a stored image must not be blank");
        }
        if (pageSize < 1) {
            throw new IllegalArgumentException("the page size must be 1 or more, not " + pageSize);
        }
    }

    /**
     * All of them, the newest first, 20 at a time.
     *
     * @return the query
     */
    public static StoredImageQuery newestFirst() {
        return new StoredImageQuery(false, null, null, USUAL_PAGE);
    }

    /**
     * All of them, the oldest first, 20 at a time.
     *
     * @return the query
     */
    public static StoredImageQuery oldestFirst() {
        return new StoredImageQuery(true, null, null, USUAL_PAGE);
    }

    /**
     * Those which stand behind an image in the list's order.
     *
     * @param id of that image, which is not listed itself
     * @return a copy
     * @throws IllegalArgumentException if it is blank
     */
    public StoredImageQuery after(String id) {
        return new StoredImageQuery(ascending, id, before, pageSize);
    }

    /**
     * Those which stand before an image in the list's order; without {@link #after(String)} the nearest comes first.
     *
     * @param id of that image, which is not listed itself
     * @return a copy
     * @throws IllegalArgumentException if it is blank
     */
    public StoredImageQuery before(String id) {
        return new StoredImageQuery(ascending, after, id, pageSize);
    }

    /**
     * How many images one request asks for.
     *
     * @param images 1 or more; a gateway has a largest one, 100 at token360
     * @return a copy
     * @throws IllegalArgumentException if it is less than 1
     */
    public StoredImageQuery pageSize(int images) {
        return new StoredImageQuery(ascending, after, before, images);
    }

    /**
     * Whether the list is walked against its order.
     *
     * @return true if only {@link #before()} is given
     */
    public boolean isBackwards() {
        return before != null && after == null;
    }
}
