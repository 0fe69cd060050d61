package dev.darkroom.image;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Reads buffers one after the other. Used by one thread at a time, like any input stream. */
final class SegmentInputStream extends InputStream {

    private final Queue<ByteBuffer> segments;

    SegmentInputStream(List<ByteBuffer> segments) {
        this.segments = new ArrayDeque<>(segments);
    }

    @Override
    public int read() {
        var segment = current();
        return segment == null ? -1 : segment.get() & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        var segment = current();
        if (segment == null) {
            return -1;
        }
        var count = Math.min(length, segment.remaining());
        segment.get(target, offset, count);
        return count;
    }

    @Override
    public int available() {
        var segment = current();
        return segment == null ? 0 : segment.remaining();
    }

    private @Nullable ByteBuffer current() {
        var segment = segments.peek();
        while (segment != null && !segment.hasRemaining()) {
            segments.remove();
            segment = segments.peek();
        }
        return segment;
    }
}
