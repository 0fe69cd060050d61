package dev.darkroom.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The text of a payload in which pictures were lifted out of the middle of strings, with a mark wherever one was. The mark is a
 * character that the text has nowhere, neither as it is nor escaped, so that no text can pretend to hold a picture, and so
 * that it survives whatever is mended in the text.
 *
 * @param text with the marks
 * @param mark the character; not one of the text's
 * @param pictures in the order of the marks
 */
record PictureMarks(String text, char mark, List<LiftedString> pictures) {

    /** Private use: nobody writes them, and whoever does leaves some of them free. */
    private static final char FIRST = '\uE000';

    private static final int MANY = 6400;

    /** A text without pictures in it. */
    static PictureMarks none(String text) {
        return new PictureMarks(text, '\0', List.of());
    }

    /**
     * Puts the marks in.
     *
     * @param places where the pictures stood, in bytes, ascending
     * @throws WireException.MalformedJson if the text has every character that might be a mark
     */
    static PictureMarks in(Bytes rest, List<Integer> places, List<LiftedString> pictures) {
        char mark = free(rest.utf8());
        var text = new StringBuilder(rest.size() + places.size());
        int from = 0;
        for (int place : places) {
            text.append(new String(rest.array(), from, place - from, StandardCharsets.UTF_8))
                    .append(mark);
            from = place;
        }
        text.append(new String(rest.array(), from, rest.size() - from, StandardCharsets.UTF_8));
        return new PictureMarks(text.toString(), mark, List.copyOf(pictures));
    }

    private static char free(String text) {
        var used = new BitSet(MANY);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            use(used, c == '\\' ? escaped(text, i) : c);
        }
        int free = used.nextClearBit(0);
        if (free >= MANY) {
            throw new WireException.MalformedJson(0);
        }
        return (char) (FIRST + free);
    }

    private static void use(BitSet used, int unit) {
        if (unit >= FIRST && unit < FIRST + MANY) {
            used.set(unit - FIRST);
        }
    }

    /** The unit which an escape at this place would stand for, whether or not there is one; 0 for none. */
    private static int escaped(String text, int at) {
        int unit = 0;
        for (int i = at + 2; i < at + JsonEscape.LONGEST; i++) {
            int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                return 0;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    /** The same with another text, which has the same marks. */
    PictureMarks mended(String other) {
        return new PictureMarks(other, mark, pictures);
    }

    /** The text without the marks. */
    String plain() {
        return mark == '\0' ? text : text.replace(String.valueOf(mark), "");
    }

    boolean isIn(String string) {
        return mark != '\0' && string.indexOf(mark) >= 0;
    }

    /**
     * Takes a string of the text apart.
     *
     * @param next which picture its first mark stands for
     */
    MixedString mixed(String string, int next) {
        var pieces = new ArrayList<Object>();
        int from = 0;
        for (int at = string.indexOf(mark); at >= 0; at = string.indexOf(mark, from)) {
            if (at > from) {
                pieces.add(string.substring(from, at));
            }
            pieces.add(pictures.get(next++).base64());
            from = at + 1;
        }
        if (from < string.length()) {
            pieces.add(string.substring(from));
        }
        return new MixedString(List.copyOf(pieces));
    }
}
