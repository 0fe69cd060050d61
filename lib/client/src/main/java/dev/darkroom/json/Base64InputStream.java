package dev.darkroom.json;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;

/** Base64 of a stream that never blocks, made a few kilobytes at a time. Used by one thread at a time, like any input stream. */
final class Base64InputStream extends InputStream {

    private static final int GROUPS = 2 << 10;

    private final InputStream source;
    private final byte[] in = new byte[3 * GROUPS];
    private final byte[] out = new byte[4 * GROUPS];
    private long left;
    private int from;
    private int to;

    /** @param size of the source, in bytes */
    Base64InputStream(InputStream source, long size) {
        this.source = source;
        this.left = length(size);
    }

    /** How many characters so many bytes become. */
    static long length(long size) {
        return (size + 2) / 3 * 4;
    }

    @Override
    public int read() throws IOException {
        if (!fill()) {
            return -1;
        }
        left--;
        return out[from++];
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        var count = 0;
        while (count < length && fill()) {
            var some = Math.min(length - count, to - from);
            System.arraycopy(out, from, target, offset + count, some);
            from += some;
            count += some;
        }
        left -= count;
        return count == 0 && length > 0 ? -1 : count;
    }

    private boolean fill() throws IOException {
        if (from == to) {
            var count = source.readNBytes(in, 0, in.length);
            var whole = count == in.length ? in : Arrays.copyOf(in, count);
            to = Base64.getEncoder().encode(whole, out);
            from = 0;
        }
        return from < to;
    }

    @Override
    public int available() {
        return (int) Math.min(left, Integer.MAX_VALUE);
    }
}
