package dev.darkroom.internal.wire;

import dev.darkroom.settings.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of unknown number on their way into a {@link SegmentedBlob}. A new segment is a sixteenth of what is there already: few
 * segments for a large image, little waste for a small one. Beyond a limit the bytes are dropped and only counted.
 */
final class Segments {

    /** All segments hold a multiple of this, hence of three: each full one can be encoded again by itself. */
    static final int UNIT = 3 << 10;

    /** Far below the size from which a garbage collector treats an array as a case of its own. */
    private static final int LARGEST = 32 * UNIT;

    private static final byte[] NONE = {};

    private final HeapBudget budget;
    private final long mostOfImage;
    private final long mostToKeep;
    private final List<byte[]> segments = new ArrayList<>();
    private byte[] last = NONE;
    private int used;
    private long size;
    private long weight;

    /** Keeps what may be an image, or may turn out to be text after all. */
    Segments(Limits limits, HeapBudget budget) {
        this.budget = budget;
        this.mostOfImage = limits.imageBytes();
        this.mostToKeep = Math.max(limits.imageBytes(), limits.textBytes());
    }

    long size() {
        return size;
    }

    /** What they keep on the heap. */
    long weight() {
        return weight;
    }

    boolean areDropped() {
        return size > mostToKeep;
    }

    /** The segments; the last is filled in part, see {@link #size()}. */
    List<byte[]> list() {
        return segments;
    }

    SegmentedBlob blob(@Nullable String mediaType) {
        return new SegmentedBlob(size > mostOfImage ? List.of() : segments, size, mediaType);
    }

    void append(byte[] bytes, int length) {
        if (size + length > mostToKeep) {
            drop();
        } else {
            for (int from = 0; from < length; ) {
                from += fill(bytes, from, length);
            }
        }
        size += length;
    }

    private int fill(byte[] bytes, int from, int to) {
        if (used == last.length) {
            long units = Math.max(1, size / 16 / UNIT);
            int more = (int) Math.min(LARGEST, units * UNIT);
            budget.take(more);
            weight += more;
            last = new byte[more];
            segments.add(last);
            used = 0;
        }
        int length = Math.min(to - from, last.length - used);
        System.arraycopy(bytes, from, last, used, length);
        used += length;
        return length;
    }

    private void drop() {
        budget.giveBack(weight);
        weight = 0;
        segments.clear();
        last = NONE;
        used = 0;
    }

    /** Gives back what the last segment does not need, where that is a notable part of the whole. */
    void trim() {
        if (last.length - used > size / 8 && !segments.isEmpty()) {
            segments.set(segments.size() - 1, Arrays.copyOf(last, used));
            budget.giveBack(last.length - used);
            weight -= last.length - used;
        }
    }
}
