package dev.darkroom.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing piece of text in bytes, which can be cut back, and which refuses to exceed the limit for text, and its budget. */
final class Bytes {

    /** What is kept for the next event while a stream waits for it, and ten thousand may. */
    private static final int SMALL = 64;

    private final long limit;
    private final HeapBudget budget;
    private byte[] bytes = {};
    private int size;

    Bytes(long limit, HeapBudget budget) {
        this.limit = limit;
        this.budget = budget;
    }

    /** What it keeps on the heap. */
    long weight() {
        return bytes.length;
    }

    int size() {
        return size;
    }

    byte[] array() {
        return bytes;
    }

    void append(byte b) {
        reserve(1);
        bytes[size++] = b;
    }

    void append(byte[] source, int from, int to) {
        int length = to - from;
        reserve(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    private void reserve(int length) {
        long needed = (long) size + length;
        if (needed > limit) {
            throw WireException.LimitExceeded.text(limit);
        }
        if (needed > bytes.length) {
            long most = Math.min(Math.max(SMALL, limit), Integer.MAX_VALUE - 8);
            int grown = (int) Math.min(most, Math.max(SMALL, Math.max(needed, bytes.length * 2L)));
            budget.take(grown - bytes.length);
            bytes = Arrays.copyOf(bytes, grown);
        }
    }

    /** Cuts everything off from the given place, and returns it. An array of which little is left is given back. */
    byte[] cut(int from) {
        var rest = Arrays.copyOfRange(bytes, from, size);
        size = from;
        shrink();
        return rest;
    }

    /** Empties this, and gives its array back. */
    void clear() {
        size = 0;
        shrink();
    }

    private void shrink() {
        int enough = Math.max(SMALL, size);
        if (bytes.length > 4 * enough) {
            budget.giveBack(bytes.length - enough);
            bytes = Arrays.copyOf(bytes, enough);
        }
    }

    boolean contains(int b) {
        for (int i = 0; i < size; i++) {
            if (bytes[i] == b) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is nothing but what JSON calls white space. */
    boolean isBlank() {
        for (int i = 0; i < size; i++) {
            if (!isBlank(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }

    /** The text, with U+FFFD where it is no UTF-8. */
    String utf8() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    /** The text, which is known to be ASCII. */
    String latin1() {
        return new String(bytes, 0, size, StandardCharsets.ISO_8859_1);
    }
}
