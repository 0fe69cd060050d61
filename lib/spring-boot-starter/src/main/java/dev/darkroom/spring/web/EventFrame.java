package dev.darkroom.spring.web;

import dev.darkroom.json.LazyJson;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is written and flushed together. The JSON is made while it is read, so that a frame which waits for a slow reader costs what its picture
 * does, and not the base64 besides.
 *
 * @param before stands before the JSON
 * @param json null if there is none
 * @param after stands behind it
 */
record EventFrame(String before, @Nullable LazyJson json, String after) {

    static EventFrame of(String text) {
        return new EventFrame(text, null, "");
    }

    /** Its bytes; never blocks. */
    InputStream asInputStream() {
        return json == null
                ? bytes(before)
                : new SequenceInputStream(
                        Collections.enumeration(List.of(bytes(before), json.asInputStream(), bytes(after))));
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
