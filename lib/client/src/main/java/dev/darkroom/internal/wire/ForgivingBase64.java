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
 * Java. It takes whole arrays only, and says "no" by an exception that does not say where. So characters are gathered in
 * blocks, and once the first block was base64 to its end, the next are decoded on trust, without looking at them: large
 * ones, and where the input ends smaller ones, down to a few characters. Bytes are looked at in what remains of an input
 * then, and in the rest of a text that has betrayed the trust: a text costs one exception at most, however hostile it is.
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

        /** Of half a block's size, a quarter, and so on. */
        private final byte[][] smaller = new byte[Integer.numberOfTrailingZeros(BLOCK / SMALLEST)][];

        private final byte[] decoded = new byte[BLOCK / 4 * 3];

        Scratch() {
            for (int i = 0; i < smaller.length; i++) {
                smaller[i] = new byte[BLOCK >> (i + 1)];
            }
        }
    }

    private final Alphabet alphabet;
    private final Segments segments;
    private final byte[] block;
    private final Gaps gaps;
    private boolean trusted = true;
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
        var target = trusted && segments.size() > 0 ? largestUpTo(filled + to - from) : null;
        if (target == null) {
            return from;
        }
        int end = from + target.length - filled;
        if (alphabet.endOfRun(text, Math.max(from, end - CREDIBLE), end) < end) {
            return from;
        }
        if (target != block) {
            System.arraycopy(block, 0, target, 0, filled);
        }
        System.arraycopy(text, from, target, filled, end - from);
        trusted = decode(target);
        return trusted ? end : from;
    }

    /** The largest block which so many characters fill, if it is longer than what is waiting already. */
    private byte @Nullable [] largestUpTo(int length) {
        if (length >= block.length) {
            return block;
        }
        if (length < SMALLEST || block.length < BLOCK) {
            return null;
        }
        int halvings = Integer.numberOfLeadingZeros(length) - Integer.numberOfLeadingZeros(BLOCK);
        var candidate = SCRATCH.get().smaller[halvings - 1];
        return candidate.length > filled ? candidate : null;
    }

    private int look(byte[] text, int from, int to) {
        int end = alphabet.endOfRun(text, from, to);
        System.arraycopy(text, from, block, filled, end - from);
        filled += end - from;
        if (filled == block.length) {
            decode(block);
        }
        return end;
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
        if (filled == block.length) {
            decode(block);
        }
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
