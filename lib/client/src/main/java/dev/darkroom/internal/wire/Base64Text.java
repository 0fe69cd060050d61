package dev.darkroom.internal.wire;

import java.nio.ByteBuffer;

/** A base64 text that was decoded while it passed, and can be written again exactly as it was. */
final class Base64Text {

    private static final byte[] PADDING = {'='};

    private final Alphabet alphabet;
    private final Segments segments;
    private final long quanta;
    private final byte[] tail;
    private final int padding;
    private final Gaps gaps;

    /**
     * @param quanta how many of the decoded bytes come from whole groups of four characters
     * @param tail the characters behind the whole groups; kept, because decoding ignores their unused bits
     * @param padding the number of equals signs at the end
     */
    Base64Text(Alphabet alphabet, Segments segments, long quanta, byte[] tail, int padding, Gaps gaps) {
        this.alphabet = alphabet;
        this.segments = segments;
        this.quanta = quanta;
        this.tail = tail;
        this.padding = padding;
        this.gaps = gaps;
    }

    Segments segments() {
        return segments;
    }

    /** How many characters it has at most, white space included. */
    long most() {
        return quanta / 3 * 4 + tail.length + padding + gaps.most();
    }

    /** Writes the text; false if its bytes were dropped and nothing was written. */
    boolean writeTo(Bytes out, boolean escaped) {
        if (segments.areDropped()) {
            return false;
        }
        var refill = gaps.new Refill(out, escaped);
        long left = quanta;
        for (byte[] segment : segments.list()) {
            int length = (int) Math.min(left, segment.length);
            refill.write(
                    alphabet.encoder.encode(ByteBuffer.wrap(segment, 0, length)).array());
            left -= length;
        }
        refill.write(tail);
        for (int i = 0; i < padding; i++) {
            refill.write(PADDING);
        }
        refill.end();
        return true;
    }
}
