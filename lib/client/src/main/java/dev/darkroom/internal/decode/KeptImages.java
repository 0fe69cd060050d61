package dev.darkroom.internal.decode;

import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageResult;
import dev.darkroom.internal.http.Allowance;
import dev.darkroom.internal.wire.HeapBudget;
import dev.darkroom.internal.wire.WireException;
import dev.darkroom.settings.Limits;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a generation keeps of its answer, event by event and whatever the dialect: every image, whether it came as bytes,
 * by URL or not at all, every preview, and on the heap the final ones and the newest preview. Previews before it are their
 * reader's. Used by the decoder of one answer, on its event loop.
 */
final class KeptImages {

    /** What the objects around the bytes of an image keep on the heap. */
    private static final int OVERHEAD = 512;

    /** Instead of the number of a preview. */
    private static final int FINAL = -1;

    private final Limits limits;
    private final HeapBudget budget;
    /** What was handed on, by its indices. */
    private final Set<Long> told = new HashSet<>();

    /** The same of the answers before this one. */
    private Set<Long> earlier = Set.of();

    private int previews;
    private int settled;
    private long weight;
    private long previewWeight;

    KeptImages(Allowance allowance) {
        this.limits = allowance.limits();
        this.budget = allowance.heap();
    }

    /** Another answer goes on where one broke off. What was being read then is gone. */
    void goOn() {
        earlier = Set.copyOf(told);
        budget.clear();
        budget.take(weight + previewWeight);
    }

    /** Whether an answer before this one told it already. */
    boolean isRepeated(ImageEvent event) {
        if (earlier.isEmpty()) {
            return false;
        }
        if (event instanceof ImageEvent.Partial partial) {
            return earlier.contains(key(partial.imageIndex(), partial.partialIndex()))
                    || earlier.contains(key(partial.imageIndex(), FINAL));
        }
        return event instanceof ImageEvent.ImageReady ready
                ? earlier.contains(key(ready.image().index(), FINAL))
                : event instanceof ImageEvent.ImageFailed failed
                        && earlier.contains(key(failed.failure().index(), FINAL));
    }

    private static long key(int image, int preview) {
        return ((long) image << Integer.SIZE) | (preview & 0xFFFF_FFFFL);
    }

    /**
     * Counts an event.
     *
     * @throws WireException.LimitExceeded if it is one too many
     */
    void add(ImageEvent event) {
        if (event instanceof ImageEvent.Partial partial) {
            preview(weight(partial.image()));
            told.add(key(partial.imageIndex(), partial.partialIndex()));
        } else if (event instanceof ImageEvent.ImageReady ready) {
            settle(weight(ready.image()));
            told.add(key(ready.image().index(), FINAL));
        } else if (event instanceof ImageEvent.ImageFailed failed) {
            settle(weight(failed.failure()));
            told.add(key(failed.failure().index(), FINAL));
        } else if (event instanceof ImageEvent.Completed completed) {
            all(completed.result());
        }
    }

    private void preview(long bytes) {
        previews++;
        requireFew();
        budget.giveBack(previewWeight);
        previewWeight = 0;
        budget.take(bytes);
        previewWeight = bytes;
    }

    private void settle(long bytes) {
        settled++;
        requireFew();
        budget.take(bytes);
        weight += bytes;
    }

    /** The result holds what was announced, and perhaps more. */
    private void all(ImageResult result) {
        budget.giveBack(weight);
        weight = 0;
        settled = 0;
        result.images().forEach(image -> settle(weight(image)));
        result.failures().forEach(failure -> settle(weight(failure)));
    }

    private void requireFew() {
        if (previews + settled > limits.images()) {
            throw WireException.LimitExceeded.images(limits.images());
        }
    }

    /** A parsed URL holds its text about three times. */
    private static long weight(GeneratedImage image) {
        var url = image.url();
        return OVERHEAD + image.size() + (url == null ? 0 : 3L * url.toString().length());
    }

    private static long weight(ImageFailure failure) {
        return OVERHEAD + weight(failure.code()) + weight(failure.providerMessage());
    }

    private static long weight(@Nullable String text) {
        return text == null ? 0 : 2L * text.length();
    }
}
