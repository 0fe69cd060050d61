package dev.darkroom.dialect;

import dev.darkroom.image.Usage;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads usage under all the names that gateways have for it. */
final class Usages {

    private Usages() {}

    static @Nullable Usage read(JsonNode node) {
        if (!node.isObject()) {
            return null;
        }
        var images = integer(node, "generated_images", "images");
        return new Usage(
                integer(node, "prompt_tokens", "input_tokens"),
                integer(node, "completion_tokens", "output_tokens"),
                integer(node, "total_tokens"),
                images == null || images < 0 || images > Integer.MAX_VALUE ? null : Integer.valueOf(images.intValue()),
                Fields.number(node, "cost"),
                Fields.map(node));
    }

    private static @Nullable Long integer(JsonNode node, String... names) {
        return Stream.of(names)
                .map(name -> Fields.integer(node, name))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
