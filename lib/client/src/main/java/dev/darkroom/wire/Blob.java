package dev.darkroom.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decoded bytes, in segments: an array that grows needs three times its size at the worst moment, and a large one is
 * hard to place in a fragmented heap. Immutable, safe to share.
 */
public final class Blob {

    private final List<byte[]> segments;
    private final long size;
    private final @Nullable String declaredMediaType;

    /** Takes full segments, of which only the last may be filled in part. No segments but a size: too large. */
    Blob(List<byte[]> segments, long size, @Nullable String declaredMediaType) {
        this.segments = segments;
        this.size = size;
        this.declaredMediaType = declaredMediaType;
    }

    /**
     * How many bytes there are, or would be if they had not been too many.
     *
     * @return bytes
     */
    public long size() {
        return size;
    }

    /**
     * The bytes, without a copy.
     *
     * @return read-only views with positions of their own; none if this is empty or too large
     */
    public List<ByteBuffer> segments() {
        var views = new ArrayList<ByteBuffer>(segments.size());
        long left = size;
        for (byte[] segment : segments) {
            int length = (int) Math.min(left, segment.length);
            views.add(ByteBuffer.wrap(segment, 0, length).slice().asReadOnlyBuffer());
            left -= length;
        }
        return List.copyOf(views);
    }

    /**
     * What a {@code data:} URL said the bytes are.
     *
     * @return the media type with its parameters; null if there was no such URL or it did not say
     */
    public @Nullable String declaredMediaType() {
        return declaredMediaType;
    }

    /**
     * Whether this exceeded the limit for one image, so that its bytes were thrown away while they passed.
     *
     * @return true if only {@link #size()} is left of it
     */
    public boolean isTooLarge() {
        return segments.isEmpty() && size > 0;
    }

    @Override
    public String toString() {
        return "Blob[" + size + " bytes" + (isTooLarge() ? ", too large" : "") + "]";
    }
}
