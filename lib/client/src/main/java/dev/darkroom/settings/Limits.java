package dev.darkroom.settings;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one request may cost you, in bytes on the wire and on the heap: {@code images.limits(l -> l.imageBytes(64 << 20).images(32))}.
 * What exceeds one ends the request with an {@link dev.darkroom.image.OutcomeUnknownException} ({@code TOO_LARGE}), which holds
 * the images that were whole; one image that is too large fails alone. Each is more than zero. Immutable.
 *
 * <p>Real 4K images pass: an incompressible 4096 x 4096 RGBA PNG has 64 MiB, and fifteen of them, the largest group a known
 * gateway returns, make 1.3 GiB of base64. On a small heap it is the heap that limits them.
 */
public final class Limits {

    /** What lets one image be larger, as exceptions name it. */
    public static final String IMAGE_BYTES = "limits(l -> l.imageBytes(..))";

    /** What lets the text of a document or event be larger, as exceptions name it. */
    public static final String TEXT_BYTES = "limits(l -> l.textBytes(..))";

    /** What lets an answer be larger, as exceptions name it. */
    public static final String RESPONSE_BYTES = "limits(l -> l.responseBytes(..))";

    /** What lets the head of an answer be larger, as exceptions name it. */
    public static final String HEAD_BYTES = "limits(l -> l.headBytes(..))";

    /** What lets an answer hold more images, as exceptions name it. */
    public static final String IMAGES = "limits(l -> l.images(..))";

    /** What lets a request keep more on the heap, as exceptions name it. */
    public static final String HEAP_BYTES = "limits(l -> l.heapBytes(..))";

    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;

    private final long imageBytes;
    private final long textBytes;
    private final long responseBytes;
    private final long headBytes;
    private final int images;
    private final long heapBytes;

    private Limits(long imageBytes, long textBytes, long responseBytes, long headBytes, int images, long heapBytes) {
        this.imageBytes = imageBytes;
        this.textBytes = textBytes;
        this.responseBytes = responseBytes;
        this.headBytes = headBytes;
        this.images = images;
        this.heapBytes = heapBytes;
    }

    /**
     * The limits of a client that was told none.
     *
     * @return 128 MiB an image, 8 MiB of text a payload, 2 GiB an answer, 64 KiB its head, 256 images, and on the heap 2 GiB or
     *     a quarter of what the virtual machine may use, whichever is less
     */
    public static Limits defaults() {
        return new Limits(
                128 * MIB,
                8 * MIB,
                2048 * MIB,
                64 * KIB,
                256,
                Math.min(2048 * MIB, Runtime.getRuntime().maxMemory() / 4));
    }

    /**
     * How large one image may be.
     *
     * @return bytes of the encoded image
     */
    public long imageBytes() {
        return imageBytes;
    }

    /**
     * How large one image may be. A larger one is counted and thrown away while it passes, and fails; its siblings do not.
     *
     * @param bytes of the encoded image, more than zero; 128 MiB unless set
     * @return a copy
     * @throws IllegalArgumentException if it is not more than zero
     */
    public Limits imageBytes(long bytes) {
        var limit = Rule.moreThanZero("the limit for the bytes of an image", bytes);
        return new Limits(limit, textBytes, responseBytes, headBytes, images, heapBytes);
    }

    /**
     * How large the text of one JSON document or event may be.
     *
     * @return bytes, images not counted
     */
    public long textBytes() {
        return textBytes;
    }

    /**
     * How large the text of one JSON document or event may be, images not counted; also the longest text that may turn out not
     * to be an image.
     *
     * @param bytes more than zero; 8 MiB unless set
     * @return a copy
     * @throws IllegalArgumentException if it is not more than zero
     */
    public Limits textBytes(long bytes) {
        var limit = Rule.moreThanZero("the limit for the bytes of text", bytes);
        return new Limits(imageBytes, limit, responseBytes, headBytes, images, heapBytes);
    }

    /**
     * How large a whole answer may be.
     *
     * @return bytes on the wire
     */
    public long responseBytes() {
        return responseBytes;
    }

    /**
     * How large a whole answer may be, as it is on the wire, keep-alives included.
     *
     * @param bytes more than zero; 2 GiB unless set
     * @return a copy
     * @throws IllegalArgumentException if it is not more than zero
     */
    public Limits responseBytes(long bytes) {
        var limit = Rule.moreThanZero("the limit for the bytes of an answer", bytes);
        return new Limits(imageBytes, textBytes, limit, headBytes, images, heapBytes);
    }

    /**
     * How large the head of an answer may be.
     *
     * @return bytes of all its header lines together
     */
    public long headBytes() {
        return headBytes;
    }

    /**
     * How large the head of an answer may be: all its header lines together.
     *
     * @param bytes more than zero; 64 KiB unless set
     * @return a copy
     * @throws IllegalArgumentException if it is not more than zero
     */
    public Limits headBytes(long bytes) {
        var limit = Rule.moreThanZero("the limit for the bytes of the head of an answer", bytes);
        return new Limits(imageBytes, textBytes, responseBytes, limit, images, heapBytes);
    }

    /**
     * How many images one answer may hold.
     *
     * @return images
     */
    public int images() {
        return images;
    }

    /**
     * How many images one answer may hold: previews and failed ones included, whether they come as bytes or by URL. One more
     * ends the request, with those before it in the exception.
     *
     * @param count more than zero; 256 unless set
     * @return a copy
     * @throws IllegalArgumentException if it is not more than zero
     */
    public Limits images(int count) {
        var limit = Rule.moreThanZero("the limit for the number of images", count);
        return new Limits(imageBytes, textBytes, responseBytes, headBytes, limit, heapBytes);
    }

    /**
     * How much of the heap one request may keep at a time.
     *
     * @return bytes
     */
    public long heapBytes() {
        return heapBytes;
    }

    /**
     * How much of the heap one request may keep at a time: its final images, those it fetches included, the newest preview, and
     * the text that is being read. What would exceed it ends the request at once, with the images that were whole in the
     * exception; an image by URL that has no room keeps its URL instead, and can be fetched into a file. What your code holds
     * after it was given is not counted, and each request counts for itself: with n at a time, n times as much has to fit.
     *
     * @param bytes more than zero; unless set a quarter of the heap ({@link Runtime#maxMemory()}), 2 GiB at most
     * @return a copy
     * @throws IllegalArgumentException if it is not more than zero
     */
    public Limits heapBytes(long bytes) {
        var limit = Rule.moreThanZero("the limit for the bytes of heap", bytes);
        return new Limits(imageBytes, textBytes, responseBytes, headBytes, images, limit);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Limits that
                && imageBytes == that.imageBytes
                && textBytes == that.textBytes
                && responseBytes == that.responseBytes
                && headBytes == that.headBytes
                && images == that.images
                && heapBytes == that.heapBytes;
    }

    @Override
    public int hashCode() {
        return Objects.hash(imageBytes, textBytes, responseBytes, headBytes, images, heapBytes);
    }

    @Override
    public String toString() {
        return "Limits[imageBytes=" + imageBytes + ", textBytes=" + textBytes + ", responseBytes=" + responseBytes
                + ", headBytes=" + headBytes + ", images=" + images + ", heapBytes=" + heapBytes + "]";
    }
}
