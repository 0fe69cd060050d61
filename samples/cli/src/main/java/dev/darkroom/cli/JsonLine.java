package dev.darkroom.cli;

import dev.darkroom.image.ImageException;
import dev.darkroom.image.Usage;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object under construction. What is not known is null rather than left out, so that every line of a kind looks alike. */
final class JsonLine {

    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    static JsonLine event(String name) {
        return new JsonLine().with("event", name);
    }

    /** The last line of a failure. */
    static JsonLine failure(ImageException failure) {
        var exitStatus = ExitStatus.of(failure);
        return event("error")
                .with("kind", exitStatus.kind())
                .with("reason", exitStatus.reason())
                .with("billed", ExitStatus.word(failure.billed()))
                .with("status", failure.status())
                .with("message", ShellWords.of(String.valueOf(failure.getMessage())))
                .with("provider_message", failure.providerMessage())
                .with("retry_at", failure.retryAt())
                .with("generation_id", failure.details().generationId());
    }

    /** Null if the gateway said nothing of it. */
    static @Nullable Map<String, @Nullable Object> usage(@Nullable Usage usage) {
        return usage == null
                ? null
                : new JsonLine()
                        .with("input_tokens", usage.inputTokens())
                        .with("output_tokens", usage.outputTokens())
                        .with("total_tokens", usage.totalTokens())
                        .with("images", usage.images())
                        .with("cost", usage.cost())
                        .with("cost_unit", usage.costUnit())
                        .with("fields", usage.fields())
                        .fields();
    }

    /** Numbers, booleans, lists and maps stay what they are; everything else is written as its text. */
    JsonLine with(String field, @Nullable Object value) {
        fields.put(field, value == null || isJson(value) ? value : value.toString());
        return this;
    }

    private static boolean isJson(Object value) {
        return value instanceof Number
                || value instanceof Boolean
                || value instanceof Collection<?>
                || value instanceof Map<?, ?>;
    }

    Map<String, @Nullable Object> fields() {
        return fields;
    }

    @Override
    public String toString() {
        return Json.write(fields);
    }
}
