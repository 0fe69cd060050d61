package dev.darkroom.cli;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON values as Java has them: maps, lists, strings, numbers, booleans and null. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private Json() {}

    static @Nullable Object read(String text) {
        return MAPPER.readValue(text, Object.class);
    }

    /** In one line. */
    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }
}
