package dev.darkroom.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Knows where a picture begins inside a text, {@code data:image/png;base64,}, and what may stand in it. */
final class PictureStart {

    /** Of a longer one nobody would know what it is. */
    static final int LONGEST = 200;

    private static final String SCHEME = "data:";
    private static final String END = ";base64,";

    /** The slashes may be escaped, as some serializers do. */
    private static final Pattern WHOLE = Pattern.compile(
            "(?i)data:(?:image\\\\?/[a-z0-9.+-]{1,64}|application\\\\?/octet-stream)?(?:;[a-z0-9._=+-]{1,64})*;base64,");

    private static final Pattern BEGUN = Pattern.compile("(?i)data:[a-z0-9./+;=_-]*");

    /** As MIME, PEM and their relatives break lines; no other line end is inside a picture. */
    private static final Set<Long> LINES = Set.of(60L, 64L, 72L, 76L);

    /** A string that is one {@code data:} URL may be broken in any way, as long as its lines are some. */
    private static final int LONGEST_LINE = 1000;

    private PictureStart() {}

    /** Whether a text is nothing but such a beginning. */
    static boolean is(String text) {
        return text.length() <= LONGEST && WHOLE.matcher(text).matches();
    }

    /** Where the beginning stands with which a text ends; -1 if it does not. */
    static int at(CharSequence text, int from) {
        int length = text.length();
        int first = Math.max(from, length - LONGEST);
        if (length - first < END.length() || !sameEnd(text, length)) {
            return -1;
        }
        var end = text.subSequence(first, length).toString();
        int start = end.toLowerCase(Locale.ROOT).lastIndexOf(SCHEME);
        return start >= 0 && is(end.substring(start)) ? first + start : -1;
    }

    private static boolean sameEnd(CharSequence text, int length) {
        for (int i = 1; i <= END.length(); i++) {
            if (Character.toLowerCase(text.charAt(length - i)) != END.charAt(END.length() - i)) {
                return false;
            }
        }
        return true;
    }

    /** Where the beginning stands with which the text of a JSON string ends so far; -1 if it does not. */
    static int at(Bytes text, int from) {
        int first = Math.max(from, text.size() - LONGEST);
        var array = text.array();
        if (text.size() - first < END.length() || array[text.size() - 2] != '4') {
            return -1;
        }
        var end = new String(array, first, text.size() - first, StandardCharsets.ISO_8859_1);
        int start = at(end, 0);
        return start < 0 ? -1 : first + start;
    }

    /** Where what may become a beginning stands at the end of a text; the text's length if there is none. */
    static int begun(CharSequence text) {
        int length = text.length();
        var end = text.subSequence(Math.max(0, length - LONGEST), length).toString();
        int start = end.toLowerCase(Locale.ROOT).lastIndexOf(SCHEME);
        if (start >= 0 && BEGUN.matcher(end.substring(start)).matches()) {
            return length - end.length() + start;
        }
        for (int i = SCHEME.length() - 1; i > 0; i--) {
            if (end.length() >= i && end.substring(end.length() - i).equalsIgnoreCase(SCHEME.substring(0, i))) {
                return length - i;
            }
        }
        return length;
    }

    /** Whether white space may stand here in a picture. */
    static boolean isBroken(ForgivingBase64 picture, boolean inText) {
        return picture.hasGaps()
                || (inText ? LINES.contains(picture.characters()) : picture.characters() <= LONGEST_LINE);
    }
}
