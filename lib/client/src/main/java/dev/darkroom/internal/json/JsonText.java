package dev.darkroom.internal.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** JSON objects as text, for options whose value is one. */
public final class JsonText {

    private JsonText() {}

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException if it is none; the message does not quote it
     */
    @SuppressWarnings("unchecked") // a JSON object has texts for names
    public static Map<String, @Nullable Object> read(String text) {
        try {
            var value = JsonMapper.shared().readValue(text, Object.class);
            if (value instanceof Map<?, ?> map) {
                return (Map<String, @Nullable Object>) map;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("it must be a JSON object, {\"name\":\"value\"}"); // the cause quotes it
        }
        throw new IllegalArgumentException("it must be a JSON object, {\"name\":\"value\"}");
    }

    /** Writes an object. */
    public static String write(Map<String, ?> object) {
        return PlainJson.text(object);
    }

    /** Whether Jackson can write every value in it. */
    public static boolean isWritable(Map<String, ? extends @Nullable Object> values) {
        try {
            return values.isEmpty() || !PlainJson.text(values).isEmpty();
        } catch (JacksonException e) {
            return false;
        }
    }
}
