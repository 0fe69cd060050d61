package dev.darkroom.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One prompt of the input, as it stands there.
 *
 * @param line where it begins, from 1
 * @param fields by name, as JSON has them; of a plain line the prompt alone
 * @param fault why it cannot be read; null if it can
 */
record PromptLine(
        long line,
        Map<String, @Nullable Object> fields,
        @Nullable String fault) {

    static PromptLine plain(long line, String prompt) {
        return new PromptLine(line, Map.of("prompt", prompt), null);
    }

    static PromptLine unreadable(long line, String fault) {
        return new PromptLine(line, Map.of(), fault);
    }

    /** Tells whether somebody has changed it between two runs; the order of its fields does not count. */
    int fingerprint() {
        var crc = new CRC32C();
        crc.update(Json.write(new TreeMap<>(fields)).getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }
}
