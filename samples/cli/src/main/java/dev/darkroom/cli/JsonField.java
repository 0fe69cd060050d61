package dev.darkroom.cli;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A member of a JSON object.
 *
 * @param name its name on the wire
 * @param value a JSON value
 */
record JsonField(String name, @Nullable Object value) {

    /** {@code name=JSON}; what does not look like JSON is a string. */
    static JsonField parse(String word) {
        var equals = word.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("'" + word + "' is not KEY=JSON; try moderation=low or steps=30");
        }
        return new JsonField(word.substring(0, equals), value(word.substring(equals + 1)));
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
