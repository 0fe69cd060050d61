package dev.darkroom.internal.decode;

import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageResult;
import dev.darkroom.internal.http.Allowance;
import dev.darkroom.internal.wire.HeapBudget;
import dev.darkroom.internal.wire.WireException;
import dev.darkroom.settings.Limits;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a generation keeps of its answer, event by event and whatever the dialect: every image, whether it came as bytes,
 * by URL or not at all, every preview, and on the heap the final ones and the newest preview. Previews before it are their
 * reader's. Used by the decoder of one answer, on its event loop.
 */
final class KeptImages {

    /** What the objects around the bytes of an image keep on the heap. */
    private static final int OVERHEAD = 512;

    private final Limits limits;
    private final HeapBudget budget;
    private int previews;
    private int settled;
    private long weight;
    private long previewWeight;

    KeptImages(Allowance allowance) {
        this.limits = allowance.limits();
        this.budget = allowance.heap();
    }

    /**
     * Counts an event.
     *
     * @throws WireException.LimitExceeded if it is one too many
     */
    void add(ImageEvent event) {
        if (event instanceof ImageEvent.Partial partial) {
            preview(weight(partial.image()));
        } else if (event instanceof ImageEvent.ImageReady ready) {
            settle(weight(ready.image()));
        } else if (event instanceof ImageEvent.ImageFailed failed) {
            settle(weight(failed.failure()));
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
