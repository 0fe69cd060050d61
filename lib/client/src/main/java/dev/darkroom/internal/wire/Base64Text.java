package dev.darkroom.internal.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

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

    /** Whether there is white space in it. */
    boolean hasGaps() {
        return gaps.most() > 0;
    }

    /** Whether all of it is decoded. */
    boolean isComplete() {
        return segments.size() == quanta + (tail.length == 0 ? 0 : tail.length - 1)
                && tail.length != 1
                && (padding == 0 || tail.length + padding == 4);
    }

    /** Hands on its characters, piece by piece and without the white space; false if its bytes were dropped and there are none. */
    boolean forEach(Consumer<byte[]> taker) {
        if (segments.areDropped()) {
            return false;
        }
        long left = quanta;
        for (byte[] segment : segments.list()) {
            int length = (int) Math.min(left, segment.length);
            taker.accept(
                    alphabet.encoder.encode(ByteBuffer.wrap(segment, 0, length)).array());
            left -= length;
        }
        taker.accept(tail);
        taker.accept("=".repeat(padding).getBytes(StandardCharsets.US_ASCII));
        return true;
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
