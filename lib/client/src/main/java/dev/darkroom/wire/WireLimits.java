package dev.darkroom.wire;

/**
 * What one response may cost us, in bytes on the heap or on the wire.
 *
 * @param imageBytes decoded bytes of one image; a larger one is counted and thrown away while it passes, its siblings
 *     live ({@link Blob#isTooLarge()})
 * @param textBytes bytes of one payload without its images; also the longest text that may turn out not to be an image
 * @param responseBytes bytes of the whole response as they come off the wire, keep-alives included
 * @param images images in one response, previews included
 */
public record WireLimits(long imageBytes, long textBytes, long responseBytes, int images) {

    private static final long MIB = 1L << 20;

    /** Checks that every limit is positive. */
    public WireLimits {
        if (imageBytes < 1 || textBytes < 1 || responseBytes < 1 || images < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /**
     * Limits which real 4K images pass: an incompressible 4096 x 4096 RGBA PNG has 64 MiB, and fifteen of them (the
     * largest group a known gateway returns) make 1.3 GiB of base64.
     *
     * @return 128 MiB an image, 8 MiB of text a payload, 2 GiB a response, 256 images
     */
    public static WireLimits defaults() {
        return new WireLimits(128 * MIB, 8 * MIB, 2048 * MIB, 256);
    }

    /**
     * A copy with another limit for one image.
     *
     * @param bytes decoded bytes, positive
     * @return the copy
     */
    public WireLimits withImageBytes(long bytes) {
        return new WireLimits(bytes, textBytes, responseBytes, images);
    }

    /**
     * A copy with another limit for the text of a payload.
     *
     * @param bytes bytes, positive
     * @return the copy
     */
    public WireLimits withTextBytes(long bytes) {
        return new WireLimits(imageBytes, bytes, responseBytes, images);
    }

    /**
     * A copy with another limit for a response.
     *
     * @param bytes bytes on the wire, positive
     * @return the copy
     */
    public WireLimits withResponseBytes(long bytes) {
        return new WireLimits(imageBytes, textBytes, bytes, images);
    }

    /**
     * A copy with another limit for the number of images.
     *
     * @param count images in a response, positive
     * @return the copy
     */
    public WireLimits withImages(int count) {
        return new WireLimits(imageBytes, textBytes, responseBytes, count);
    }
}
