package dev.darkroom.internal.wire;

import java.util.Random;
import java.util.function.IntPredicate;

/** Strings as they may stand in JSON. */
final class JsonStrings {

    private JsonStrings() {}

    /** Escaped only where JSON demands it. */
    static String plain(String text) {
        return write(text, c -> false);
    }

    /** Every character escaped. */
    static String escaped(String text) {
        return write(text, c -> true);
    }

    /** Escaped here and there, and a solidus more often than not. */
    static String random(String text, Random random, int oneIn) {
        return write(text, c -> random.nextInt(c == '/' ? 2 : oneIn) == 0);
    }

    private static String write(String text, IntPredicate escape) {
        var json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int shorter = "\"\\/\b\f\n\r\t".indexOf(c);
            boolean must = c < ' ' || c == '"' || c == '\\';
            if (!must && !escape.test(c)) {
                json.append(c);
            } else if (shorter >= 0) {
                json.append('\\').append("\"\\/bfnrt".charAt(shorter));
            } else {
                json.append(String.format(c % 2 == 0 ? "\\u%04x" : "\\u%04X", (int) c));
            }
        }
        return json.append('"').toString();
    }
}
