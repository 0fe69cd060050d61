package dev.darkroom.image;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads the values of options as people write them. */
final class OptionText {

    private OptionText() {}

    static List<String> words(String text) {
        return Stream.of(text.split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    static <V> V number(String text, Function<String, V> reader) {
        try {
            return reader.apply(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("it must be a whole number, not '" + text + "'", e);
        }
    }

    static Double decimal(String text) {
        try {
            var number = Double.valueOf(text.strip());
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // as any other that is none
        }
        throw new IllegalArgumentException("it must be a number, not '" + text + "'");
    }

    static String word(String text, List<String> words) {
        if (!words.contains(text)) {
            throw new IllegalArgumentException(
                    "it must be one of " + String.join(", ", words) + ", not '" + text + "'");
        }
        return text;
    }
}
