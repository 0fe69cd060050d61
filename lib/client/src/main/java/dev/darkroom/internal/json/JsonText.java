package dev.darkroom.internal.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** JSON objects as text, for options whose value is one. */
public final class JsonText {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private JsonText() {}

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException if it is none; the message does not quote it
     */
    @SuppressWarnings("unchecked") // a JSON object has texts for names
    public static Map<String, @Nullable Object> read(String text) {
        try {
            var value = MAPPER.readValue(text, Object.class);
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
        return MAPPER.writeValueAsString(object);
    }

    /** Whether Jackson can write every value in it. */
    public static boolean isWritable(Map<String, ? extends @Nullable Object> values) {
        try {
            MAPPER.writeValueAsBytes(values);
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }
}
