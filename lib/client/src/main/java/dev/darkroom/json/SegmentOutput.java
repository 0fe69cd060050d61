package dev.darkroom.json;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is written in segments, which are never copied, however many there are. */
final class SegmentOutput extends OutputStream {

    private static final int SMALLEST = 4 << 10;
    private static final int LARGEST = 256 << 10;

    private final List<ByteBuffer> full = new ArrayList<>();
    private ByteBuffer current = ByteBuffer.allocate(SMALLEST);

    @Override
    public void write(int value) {
        room().put((byte) value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        for (int at = offset, end = offset + length; at < end; ) {
            var target = room();
            var count = Math.min(end - at, target.remaining());
            target.put(bytes, at, count);
            at += count;
        }
    }

    private ByteBuffer room() {
        if (!current.hasRemaining()) {
            full.add(current.flip());
            current = ByteBuffer.allocate(Math.min(LARGEST, 2 * current.capacity()));
        }
        return current;
    }

    /** What was written; nothing may be written any more. */
    List<ByteBuffer> segments() {
        if (current.position() > 0) {
            full.add(current.flip());
        }
        return full;
    }
}
