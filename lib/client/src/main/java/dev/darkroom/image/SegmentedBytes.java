package dev.darkroom.image;

import java.nio.ByteBuffer;
import java.util.List;

/** Compares bytes which lie in segments, wherever one ends and the next begins. Reads, and moves no position of a buffer. */
final class SegmentedBytes {

    private static final int END = 32;

    private SegmentedBytes() {}

    /** Both of the same size in all. */
    static boolean areEqual(List<ByteBuffer> left, List<ByteBuffer> right) {
        var others = right.iterator();
        var other = ByteBuffer.allocate(0);
        for (ByteBuffer segment : left) {
            var part = segment.duplicate();
            while (part.hasRemaining()) {
                while (!other.hasRemaining()) {
                    if (!others.hasNext()) {
                        return false;
                    }
                    other = others.next().duplicate();
                }
                int length = Math.min(part.remaining(), other.remaining());
                if (!taken(part, length).equals(taken(other, length))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Of the first and the last bytes, wherever a segment ends. */
    static int hashOfEnds(List<ByteBuffer> segments) {
        int hash = 0;
        int left = END;
        for (int i = 0; i < segments.size() && left > 0; i++) {
            var segment = segments.get(i);
            for (int at = segment.position(); at < segment.limit() && left > 0; at++, left--) {
                hash = 31 * hash + segment.get(at);
            }
        }
        left = END;
        for (int i = segments.size() - 1; i >= 0 && left > 0; i--) {
            var segment = segments.get(i);
            for (int at = segment.limit() - 1; at >= segment.position() && left > 0; at--, left--) {
                hash = 31 * hash + segment.get(at);
            }
        }
        return hash;
    }

    private static ByteBuffer taken(ByteBuffer from, int length) {
        var part = from.slice().limit(length);
        from.position(from.position() + length);
        return part;
    }
}
