package dev.darkroom.internal.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes JSON of a text of which only the strings are wrong: with an escape that is none, or a control character that is not
 * escaped. One of them in a caption must not cost the image beside it. Where strings begin and end stays as it is, so no
 * member comes, goes or changes its place.
 */
final class MendedStrings {

    private MendedStrings() {}

    /** The mended text, which may still be no JSON; null if no string needs it. */
    static @Nullable String of(String text) {
        var mended = new StringBuilder(text.length() + 64);
        boolean changed = false;
        boolean inString = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int escape = inString && c == '\\' ? escapeLength(text, i) : 0;
            if (escape > 0) {
                mended.append(text, i, i + escape);
                i += escape - 1;
            } else if (inString && (c == '\\' || c < ' ')) {
                mended.append(c == '\\' ? "\uFFFD" : "\\u%04x".formatted((int) c));
                changed = true;
            } else {
                inString ^= c == '"';
                mended.append(c);
            }
        }
        return changed ? mended.toString() : null;
    }

    /** How many characters the escape has which stands here; 0 if it is none. */
    private static int escapeLength(String text, int at) {
        int length = text.startsWith("u", at + 1) ? JsonEscape.LONGEST : 2;
        if (at + length > text.length()) {
            return 0;
        }
        var escape = text.substring(at, at + length).getBytes(StandardCharsets.US_ASCII);
        return JsonEscape.read(escape, length) < 0 ? 0 : length;
    }
}
