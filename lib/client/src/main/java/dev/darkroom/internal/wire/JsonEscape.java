package dev.darkroom.internal.wire;

/** The escapes of a JSON string, <a href="https://www.rfc-editor.org/rfc/rfc8259#section-7">RFC 8259, section 7</a>. */
final class JsonEscape {

    static final int LONGEST = 6;
    static final int INCOMPLETE = -1;
    static final int MALFORMED = -2;

    private static final String SHORT = "\"\\/bfnrt";
    private static final String MEANING = "\"\\/\b\f\n\r\t";

    private JsonEscape() {}

    /** The UTF-16 unit which an escape stands for, or what is wrong with it. */
    static int read(byte[] escape, int length) {
        if (length < 2) {
            return INCOMPLETE;
        }
        if (escape[1] != 'u') {
            int found = SHORT.indexOf(escape[1]);
            return found < 0 ? MALFORMED : MEANING.charAt(found);
        }
        int unit = 0;
        for (int i = 2; i < length; i++) {
            int digit = Character.digit(escape[i], 16);
            if (digit < 0) {
                return MALFORMED;
            }
            unit = unit << 4 | digit;
        }
        return length < LONGEST ? INCOMPLETE : unit;
    }

    /**
     * Reads a string up to a character, escaped or not, and writes what it reads.
     *
     * @return where the string goes on behind that character; -1 if it has none, or if what is before it is not plain ASCII or
     *     a well-formed escape
     */
    static int readThrough(char stop, byte[] string, StringBuilder read) {
        var escape = new byte[LONGEST];
        int length = 0;
        for (int i = 0; i < string.length; i++) {
            int unit = string[i] < ' ' ? MALFORMED : string[i];
            if (length > 0 || unit == '\\') {
                escape[length++] = string[i];
                unit = read(escape, length);
            }
            if (unit == MALFORMED) {
                return -1;
            }
            if (unit != INCOMPLETE) {
                length = 0;
                read.append((char) unit);
                if (unit == stop) {
                    return i + 1;
                }
            }
        }
        return -1;
    }
}
