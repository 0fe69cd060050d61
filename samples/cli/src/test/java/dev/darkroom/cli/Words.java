package dev.darkroom.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A line of shell, as far as our documents go: quotes, variables, comments, {@code &&} and {@code &}. */
final class Words {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)}?");

    private Words() {}

    /** Without the comment. */
    static String uncommented(String line) {
        var quote = 0;
        for (int i = 0; i < line.length(); i++) {
            var c = line.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '#' && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
                return line.substring(0, i).strip();
            }
        }
        return line.strip();
    }

    /** The words of one command. */
    static List<String> of(String command, Map<String, String> variables) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        var begun = false;
        var quote = 0;
        for (char c : (command + " ").toCharArray()) {
            if (quote != 0) {
                quote = append(word, c, quote);
            } else if (c == '"' || c == '\'') {
                quote = c;
                begun = true;
            } else if (Character.isWhitespace(c)) {
                if (begun || !word.isEmpty()) {
                    words.add(expanded(word.toString(), variables));
                }
                word.setLength(0);
                begun = false;
            } else {
                word.append(c);
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("an open quote in: " + command);
        }
        return words;
    }

    private static int append(StringBuilder word, char c, int quote) {
        if (c == quote) {
            return 0;
        }
        word.append(c);
        return quote;
    }

    private static String expanded(String word, Map<String, String> variables) {
        return VARIABLE.matcher(word).replaceAll(match -> {
            var value = variables.get(match.group(1));
            if (value == null) {
                throw new IllegalArgumentException("nobody sets $" + match.group(1));
            }
            return java.util.regex.Matcher.quoteReplacement(value);
        });
    }
}
