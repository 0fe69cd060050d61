package dev.darkroom.internal.wire;

/**
 * What one request may cost us, in bytes on the heap or on the wire. The record {@code 0013-what-a-request-may-keep.md} lists
 * these and all other bounds.
 *
 * @param imageBytes decoded bytes of one image; a larger one is counted and thrown away while it passes, its siblings
 *     live ({@link SegmentedBlob#isTooLarge()})
 * @param textBytes bytes of one payload without its images; also the longest text that may turn out not to be an image
 * @param responseBytes bytes of the whole response as they come off the wire, keep-alives included
 * @param images images of one request, previews and failed ones included, whether they came as bytes or by URL
 * @param heapBytes what one request keeps on the heap at a time: its final images, the newest preview, the texts and trees that
 *     are being read ({@link HeapBudget})
 */
public record WireLimits(long imageBytes, long textBytes, long responseBytes, int images, long heapBytes) {

    private static final long MIB = 1L << 20;

    /** Checks that every limit is positive. */
    public WireLimits {
        if (imageBytes < 1 || textBytes < 1 || responseBytes < 1 || images < 1 || heapBytes < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /**
     * Limits which real 4K images pass: an incompressible 4096 x 4096 RGBA PNG has 64 MiB, and fifteen of them (the
     * largest group a known gateway returns) make 1.3 GiB of base64. On a small heap it is the heap that limits them.
     *
     * @return 128 MiB an image, 8 MiB of text a payload, 2 GiB a response, 256 images, and on the heap 2 GiB or a quarter of
     *     what the virtual machine may use, whichever is less
     */
    public static WireLimits defaults() {
        return new WireLimits(128 * MIB, 8 * MIB, 2048 * MIB, 256, quarterOfTheHeap());
    }

    private static long quarterOfTheHeap() {
        return Math.min(2048 * MIB, Runtime.getRuntime().maxMemory() / 4);
    }

    /**
     * A copy with another limit for one image.
     *
     * @param bytes decoded bytes, positive
     * @return the copy
     */
    public WireLimits withImageBytes(long bytes) {
        return new WireLimits(bytes, textBytes, responseBytes, images, heapBytes);
    }

    /**
     * A copy with another limit for the text of a payload.
     *
     * @param bytes bytes, positive
     * @return the copy
     */
    public WireLimits withTextBytes(long bytes) {
        return new WireLimits(imageBytes, bytes, responseBytes, images, heapBytes);
    }

    /**
     * A copy with another limit for a response.
     *
     * @param bytes bytes on the wire, positive
     * @return the copy
     */
    public WireLimits withResponseBytes(long bytes) {
        return new WireLimits(imageBytes, textBytes, bytes, images, heapBytes);
    }

    /**
     * A copy with another limit for the number of images.
     *
     * @param count images of a request, positive
     * @return the copy
     */
    public WireLimits withImages(int count) {
        return new WireLimits(imageBytes, textBytes, responseBytes, count, heapBytes);
    }

    /**
     * A copy with another limit for what a request keeps.
     *
     * @param bytes bytes on the heap, positive
     * @return the copy
     */
    public WireLimits withHeapBytes(long bytes) {
        return new WireLimits(imageBytes, textBytes, responseBytes, images, bytes);
    }
}
