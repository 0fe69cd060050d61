package dev.darkroom.internal.http;

import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.DownloadFailedException.Reason;
import dev.darkroom.internal.wire.HeapBudget;
import dev.darkroom.settings.Limits;

/**
 * What one try of a download keeps on the heap, out of what its request may keep. The event loop takes, whoever ends the try
 * gives back, hence the lock.
 */
final class DownloadHeap {

    private final HeapBudget budget;
    private long taken;
    private boolean closed;

    DownloadHeap(Allowance allowance) {
        this.budget = allowance.heap();
    }

    /**
     * Makes sure that there is room.
     *
     * @param bytes for the whole image
     * @throws DownloadFailedException if there is not
     */
    synchronized void reserve(String host, long bytes) {
        if (closed || bytes <= taken) {
            return;
        }
        if (!budget.tryTake(bytes - taken)) {
            throw new DownloadFailedException(
                    Reason.TOO_LARGE,
                    "the image at " + host + " does not fit into the " + budget.limit()
                            + " bytes of heap which one request may keep; " + Limits.HEAP_BYTES
                            + " raises it, or download it into a file",
                    null,
                    null);
        }
        taken = bytes;
    }

    /** Nothing of it is kept. */
    synchronized void giveBack() {
        closed = true;
        budget.giveBack(taken);
        taken = 0;
    }
}
