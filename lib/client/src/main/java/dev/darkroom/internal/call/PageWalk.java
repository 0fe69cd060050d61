package dev.darkroom.internal.call;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Payload;
import dev.darkroom.dialect.Storage;
import dev.darkroom.dialect.StoredPage;
import dev.darkroom.image.StoredImage;
import dev.darkroom.image.StoredImageQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A walk through the list of stored images, a page at a time. Belongs to one subscription; one page follows another, so
 * nothing in it is done at the same time.
 *
 * <p>The hard case is a gateway which says that there is more and leads nowhere. That is an answer which makes no sense, and
 * no end: who looks for an image he may have paid for must not be told that it is not there.
 */
final class PageWalk {

    /** As long as an id ever is, and so many that only a longer circle is not seen as one: what is remembered has a bound. */
    private static final int LONGEST_BOUND = 1_000;

    private static final int MOST_BOUNDS = 10_000;

    private final Storage storage;
    private final Set<String> bounds = new HashSet<>();
    private StoredImageQuery query;
    private boolean over;

    PageWalk(Storage storage, StoredImageQuery query) {
        this.storage = storage;
        this.query = query;
        var bound = query.isBackwards() ? query.before() : query.after();
        if (bound != null) {
            bounds.add(bound);
        }
    }

    boolean isOver() {
        return over;
    }

    ApiCall call() {
        return storage.list(query);
    }

    /** The images of a page, in the order of the walk. */
    List<StoredImage> turn(Payload answer) {
        var page = storage.page(answer);
        if (page.hasMore()) {
            goOn(bound(page));
        } else {
            over = true;
        }
        var images = new ArrayList<>(page.images());
        if (query.isBackwards()) {
            Collections.reverse(images);
        }
        return images;
    }

    private void goOn(@Nullable String bound) {
        if (bound == null) {
            throw new IllegalArgumentException("there are more stored images, but it does not say where");
        }
        if (bound.length() > LONGEST_BOUND) {
            throw new IllegalArgumentException("an id of a stored image is too long to go on from there");
        }
        if (bounds.size() >= MOST_BOUNDS) {
            bounds.clear();
        }
        if (!bounds.add(bound)) {
            throw new IllegalArgumentException("the pages of stored images lead in a circle");
        }
        query = query.isBackwards() ? query.before(bound) : query.after(bound);
    }

    private @Nullable String bound(StoredPage page) {
        var images = page.images();
        if (images.isEmpty()) {
            return null;
        }
        var named = query.isBackwards() ? page.firstId() : page.lastId();
        return named != null
                ? named
                : images.get(query.isBackwards() ? 0 : images.size() - 1).id();
    }
}
