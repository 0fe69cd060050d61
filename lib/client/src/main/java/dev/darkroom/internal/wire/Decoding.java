package dev.darkroom.internal.wire;

import dev.darkroom.settings.Limits;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How strings become bytes in one response, whether they are lifted while they pass or decoded when asked for.
 *
 * @param urlSafe whether the URL-safe alphabet is understood too; one string is in one of the two, never in both
 * @param longFrom the length in bytes, as it stands in the JSON, from which a string is lifted
 * @param budget what the request keeps
 * @param lenient whether what is wrong beside an image costs it nothing: see {@link PayloadReader#lenient()}
 * @param lifts how many images were lifted
 */
record Decoding(Limits limits, boolean urlSafe, int longFrom, HeapBudget budget, boolean lenient, LiftCount lifts) {

    /**
     * Shorter strings stay in the text. Prose shows a character that base64 has not long before, so hardly any text is
     * decoded in vain; and hardly any image is shorter: 768 bytes are an icon.
     */
    private static final int LONG = 1024;

    Decoding(Limits limits) {
        this(limits, false, LONG);
    }

    Decoding(Limits limits, boolean urlSafe, int longFrom) {
        this(limits, urlSafe, longFrom, new HeapBudget(limits.heapBytes()), false, new LiftCount());
    }

    Decoding alsoUrlSafe() {
        return new Decoding(limits, true, longFrom, budget, lenient, lifts);
    }

    Decoding within(HeapBudget other) {
        return new Decoding(limits, urlSafe, longFrom, other, lenient, lifts);
    }

    Decoding alsoLenient() {
        return new Decoding(limits, urlSafe, longFrom, budget, true, lifts);
    }

    /** Begins to lift a string of which the first bytes are known. */
    Lift lift(byte[] head) {
        return new Lift(head, DataUrl.inJson(head), base64(head, Integer.MAX_VALUE, budget), lenient, false);
    }

    /** Begins to lift a picture inside a string, of which the first bytes are known. */
    Lift liftInside(byte[] head) {
        return new Lift(head, DataUrl.NONE, base64(head, Integer.MAX_VALUE, budget), lenient, true);
    }

    /** Begins to decode, in the standard alphabet, what is paid for already. */
    ForgivingBase64 again() {
        return new ForgivingBase64(Alphabet.STANDARD, Integer.MAX_VALUE, limits, new HeapBudget(Long.MAX_VALUE));
    }

    /** Begins to decode a picture that comes in pieces, in the standard alphabet. */
    ForgivingBase64 decoder() {
        return new ForgivingBase64(Alphabet.STANDARD, Integer.MAX_VALUE, limits, budget);
    }

    /** Decodes a whole string, whose text is paid for already; null if it is no base64. */
    @Nullable
    SegmentedBlob decode(String string) {
        var start = DataUrl.in(string);
        var text = string.substring(start.length()).getBytes(StandardCharsets.US_ASCII); // others become '?', no base64
        var base64 = base64(text, text.length, new HeapBudget(Long.MAX_VALUE));
        for (int i = base64.run(text, 0, text.length); i < text.length; i = base64.run(text, i + 1, text.length)) {
            if (!base64.accept(text[i])) {
                return null;
            }
        }
        var decoded = base64.finish();
        return decoded == null ? null : decoded.segments().blob(start.mediaType());
    }

    private ForgivingBase64 base64(byte[] start, int length, HeapBudget payer) {
        var alphabet = urlSafe ? Alphabet.of(start) : Alphabet.STANDARD;
        return new ForgivingBase64(alphabet, length, limits, payer);
    }
}
