package dev.darkroom.cli;

import dev.darkroom.image.ImageOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A field of the request which has no option of its own.
 *
 * @param field its name on the wire
 * @param value a JSON value
 */
record Extra(String field, @Nullable Object value) {

    /** {@code field=JSON}; what does not look like JSON is a string. */
    static Extra parse(String word) {
        var equals = word.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("'" + word + "' is not KEY=JSON; try moderation=low or steps=30");
        }
        var field = word.substring(0, equals);
        if (Arrays.stream(ImageOption.values())
                .anyMatch(option -> option.toString().equals(field))) {
            throw new IllegalArgumentException(
                    "'" + field + "' is no extra: use --" + field.replace('_', '-') + " if there is such an option");
        }
        return new Extra(field, value(word.substring(equals + 1)));
    }

    /** Nobody wants to quote {@code '"low"'} for a shell; but what begins like JSON and is none is a slip. */
    private static @Nullable Object value(String text) {
        try {
            return Json.read(text);
        } catch (JacksonException e) {
            if (text.startsWith("{") || text.startsWith("[") || text.startsWith("\"")) {
                throw new IllegalArgumentException("'" + text + "' begins like JSON, but is not: "
                        + e.getOriginalMessage().lines().findFirst().orElse("unreadable"));
            }
            return text;
        }
    }
}
