package dev.darkroom.internal.wire;

import dev.darkroom.dialect.Blob;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decoded bytes, in segments: an array that grows needs three times its size at the worst moment, and a large one is
 * hard to place in a fragmented heap. Immutable, safe to share.
 */
public final class SegmentedBlob implements Blob {

    private final List<byte[]> segments;
    private final long size;
    private final @Nullable String declaredMediaType;

    /** Takes full segments, of which only the last may be filled in part. No segments but a size: too large. */
    SegmentedBlob(List<byte[]> segments, long size, @Nullable String declaredMediaType) {
        this.segments = segments;
        this.size = size;
        this.declaredMediaType = declaredMediaType;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
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

    @Override
    public @Nullable String declaredMediaType() {
        return declaredMediaType;
    }

    @Override
    public boolean isTooLarge() {
        return segments.isEmpty() && size > 0;
    }

    @Override
    public String toString() {
        return "Blob[" + size + " bytes" + (isTooLarge() ? ", too large" : "") + "]";
    }
}
