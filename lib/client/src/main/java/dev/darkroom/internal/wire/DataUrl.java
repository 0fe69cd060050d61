package dev.darkroom.internal.wire;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The start of a string which may be a {@code data:} URL with base64 in it.
 *
 * @param length how many characters of the string it takes; none if this is no such URL
 * @param text the start as it reads, up to and including the comma
 * @param mediaType what the URL says its bytes are; null if it does not say
 */
record DataUrl(int length, String text, @Nullable String mediaType) {

    static final DataUrl NONE = new DataUrl(0, "", null);
    private static final String SCHEME = "data:";

    /** Looks at the start of a string as it stands in JSON. Most are mere base64, as the first character tells already. */
    static DataUrl inJson(byte[] string) {
        if (string.length == 0 || (string[0] != 'd' && string[0] != 'D' && string[0] != '\\')) {
            return NONE;
        }
        var start = new StringBuilder();
        int length = JsonEscape.readThrough(',', string, start);
        return length < 0 ? NONE : of(start.toString(), length);
    }

    /** Looks at the start of a string as it reads. */
    static DataUrl in(String string) {
        int comma = string.indexOf(',');
        return of(string.substring(0, comma + 1), comma + 1);
    }

    private static DataUrl of(String start, int length) {
        int parameter = start.lastIndexOf(';');
        if (parameter < 0
                || !start.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                || !start.substring(parameter).toLowerCase(Locale.ROOT).matches("; *base64 *,")) {
            return NONE;
        }
        var mediaType = start.substring(SCHEME.length(), parameter).strip();
        boolean says = !mediaType.isEmpty() && mediaType.chars().allMatch(c -> c >= ' ' && c < 0x7F);
        return new DataUrl(length, start, says ? mediaType : null);
    }
}
