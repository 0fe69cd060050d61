package dev.darkroom.fire;

/**
 * An answer as bytes on a connection, a character each.
 *
 * @param text head and body
 * @param enough how many of them hold the whole answer: from here on whatever becomes of the connection, the picture came
 */
record Wire(String text, int enough) {

    int length() {
        return text.length();
    }

    /** Whether a byte belongs to an embedded picture or to its URL, where no reader can tell a wrong one. */
    boolean isPictureAt(int offset) {
        return isWithin(text, "\"b64_json\":\"", offset)
                || isWithin(text, "\"url\":\"", offset)
                || isWithin(text, "\"data\":\"", offset)
                || isWithin(text, "\"content\":\"", offset)
                || isWithin(text, "[\"", offset);
    }

    private static boolean isWithin(String text, String before, int offset) {
        for (int at = text.indexOf(before); at >= 0; at = text.indexOf(before, at + 1)) {
            var from = at + before.length();
            if (offset >= from && offset < text.indexOf('"', from)) {
                return true;
            }
        }
        return false;
    }
}
