package dev.darkroom.internal.wire;

import dev.darkroom.settings.Limits;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one base64 text as it passes, by the rule that WHATWG calls
 * <a href="https://infra.spec.whatwg.org/#forgiving-base64-decode">forgiving</a>: ASCII white space anywhere, padding
 * present and right or absent altogether, unused bits ignored. What the rule ignores is remembered, so that a text which
 * turns out to be none can be had back as it was.
 *
 * <p>Speed comes from {@link java.util.Base64}, an intrinsic, which is many times faster than any look at single bytes in
 * Java. It takes whole arrays only (of a part, as {@code decode(ByteBuffer)} takes it, JDKs of before 2024 may lose the end:
 * <a href="https://bugs.openjdk.org/browse/JDK-8321599">JDK-8321599</a>), and says "no" by an exception that does not say
 * where. So characters are gathered in blocks, and once the first block was base64 to its end, the next are decoded on
 * trust, without looking at them: large ones, and where the input ends smaller ones, down to a few characters. Bytes are
 * looked at in what remains of an input then, and in the rest of a text that has betrayed the trust: a text costs one
 * exception at most, however hostile it is.
 */
final class ForgivingBase64 {

    /** Large enough that a call to the decoder does not matter. */
    private static final int BLOCK = 2048;

    /** The smallest block: looking at fewer characters costs no more than a call to the decoder. */
    private static final int SMALLEST = 64;

    /** A block which ends in this many characters of base64 is worth an attempt. */
    private static final int CREDIBLE = 16;

    /** What is needed only during a call: one for all texts of an event loop, of which a thousand may be half decoded. */
    private static final FastThreadLocal<Scratch> SCRATCH = new FastThreadLocal<>() {
        @Override
        protected Scratch initialValue() {
            return new Scratch();
        }
    };

    private static final class Scratch {

        /** Of a block's size, half of it, a quarter, and so on. */
        private final byte[][] blocks = new byte[Integer.numberOfTrailingZeros(BLOCK / SMALLEST) + 1][];

        private final byte[] decoded = new byte[BLOCK / 4 * 3];

        Scratch() {
            for (int i = 0; i < blocks.length; i++) {
                blocks[i] = new byte[BLOCK >> i];
            }
        }

        /** The largest block that is no longer. */
        byte[] ofAtMost(int length) {
            return blocks[Integer.numberOfLeadingZeros(length) - Integer.numberOfLeadingZeros(BLOCK)];
        }
    }

    private final Alphabet alphabet;
    private final Segments segments;
    private final Gaps gaps;
    private byte[] block;
    private boolean trusted;
    private int filled;
    private int padding;

    /** @param expected how many characters will come, for small texts; a guess may be too large */
    ForgivingBase64(Alphabet alphabet, int expected, Limits limits, HeapBudget budget) {
        this.alphabet = alphabet;
        this.segments = new Segments(limits, budget);
        this.block = new byte[(int) Math.min(BLOCK, expected / 4 * 4L + 4)];
        this.gaps = new Gaps(limits.textBytes(), budget);
    }

    /** Takes characters of the alphabet, and tells where the first other byte stands. */
    int run(byte[] text, int from, int to) {
        int i = from;
        while (i < to && padding == 0) {
            int end = decodeOnTrust(text, i, to);
            if (end == i) {
                int full = Math.min(to, i + block.length - filled);
                end = look(text, i, full);
                if (end < full) {
                    return end;
                }
            }
            i = end;
        }
        return i;
    }

    /** Decodes one block, as large as may be, and tells where it ends: at its beginning if there is none to be trusted. */
    private int decodeOnTrust(byte[] text, int from, int to) {
        int length = Math.min(BLOCK, filled + to - from);
        while (trusted && length >= SMALLEST) {
            var target = SCRATCH.get().ofAtMost(length);
            int end = from + target.length - filled;
            if (alphabet.endOfRun(text, Math.max(from, end - CREDIBLE), end) == end) {
                System.arraycopy(block, 0, target, 0, filled);
                System.arraycopy(text, from, target, filled, end - from);
                if (decode(target)) {
                    return end;
                }
                trusted = false;
                block = Arrays.copyOf(block, BLOCK);
            }
            length = target.length - 1;
        }
        return from;
    }

    private int look(byte[] text, int from, int to) {
        int end = alphabet.endOfRun(text, from, to);
        System.arraycopy(text, from, block, filled, end - from);
        filled += end - from;
        decodeBlock();
        return end;
    }

    /** Decodes what was gathered, if it is a block. With the first large one trust begins, and less need be gathered. */
    private void decodeBlock() {
        if (filled == block.length) {
            boolean begins = block.length == BLOCK && segments.size() == 0;
            decode(block);
            if (begins) {
                trusted = true;
                block = new byte[SMALLEST];
            }
        }
    }

    /** Either decodes all of it, of which the end is no padding for certain, or changes nothing. */
    private boolean decode(byte[] whole) {
        var decoded = SCRATCH.get().decoded;
        try {
            alphabet.decoder.decode(whole, decoded);
        } catch (IllegalArgumentException notAllBase64) {
            return false;
        }
        segments.append(decoded, whole.length / 4 * 3);
        filled = 0;
        return true;
    }

    /** Takes one character of any kind. False, and unchanged, if it cannot stand here. */
    boolean accept(byte b) {
        if (Gaps.isWhiteSpace(b)) {
            gaps.add(characters(), b);
            return true;
        }
        if (b == '=') {
            return padding < 2 && ++padding > 0;
        }
        if (padding > 0 || !alphabet.has(b)) {
            return false;
        }
        block[filled++] = b;
        decodeBlock();
        return true;
    }

    /** How many characters came, white space aside. */
    long characters() {
        return segments.size() / 3 * 4 + filled + padding;
    }

    /** Whether there was white space. */
    boolean hasGaps() {
        return gaps.most() > 0;
    }

    /** What it keeps on the heap. */
    long weight() {
        return segments.weight() + gaps.weight();
    }

    /** What came so far, as it was. */
    Base64Text text() {
        return new Base64Text(alphabet, segments, segments.size(), Arrays.copyOf(block, filled), padding, gaps);
    }

    /** Ends the text. Null if it is no base64 after all; {@link #text()} then still knows it. */
    @Nullable
    Base64Text finish() {
        int rest = filled % 4;
        if (padding == 0 ? rest == 1 : rest + padding != 4) {
            return null;
        }
        var whole = alphabet.decoder.decode(Arrays.copyOf(block, filled - rest));
        segments.append(whole, whole.length);
        long quanta = segments.size();
        var tail = Arrays.copyOfRange(block, filled - rest, filled);
        var last = alphabet.decoder.decode(tail);
        segments.append(last, last.length);
        segments.trim();
        return new Base64Text(alphabet, segments, quanta, tail, padding, gaps);
    }
}
