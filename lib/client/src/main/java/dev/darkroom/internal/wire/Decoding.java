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
 */
record Decoding(Limits limits, boolean urlSafe, int longFrom, HeapBudget budget, boolean lenient) {

    /**
     * Shorter strings stay in the text. Prose shows a character that base64 has not long before, so hardly any text is
     * decoded in vain; and hardly any image is shorter: 768 bytes are an icon.
     */
    private static final int LONG = 1024;

    Decoding(Limits limits) {
        this(limits, false, LONG);
    }

    Decoding(Limits limits, boolean urlSafe, int longFrom) {
        this(limits, urlSafe, longFrom, new HeapBudget(limits.heapBytes()), false);
    }

    Decoding alsoUrlSafe() {
        return new Decoding(limits, true, longFrom, budget, lenient);
    }

    Decoding within(HeapBudget other) {
        return new Decoding(limits, urlSafe, longFrom, other, lenient);
    }

    Decoding alsoLenient() {
        return new Decoding(limits, urlSafe, longFrom, budget, true);
    }

    /** Begins to lift a string of which the first bytes are known. */
    Lift lift(byte[] head) {
        return new Lift(head, DataUrl.inJson(head), base64(head, Integer.MAX_VALUE, budget), lenient);
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
