package dev.darkroom.internal.gateway.common;

import dev.darkroom.image.Usage;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads usage under all the names that gateways have for it. */
final class Usages {

    /** A usage is a dozen numbers. Of one that is much larger the numbers we know are kept, and no others. */
    private static final int MOST_NAMES = 100;

    private static final int MOST_CHARACTERS = 16_000;
    private static final int NODE = 16;

    private Usages() {}

    /**
     * Reads what was used.
     *
     * @param costUnit what this gateway counts costs in, unless it says so itself; null if that is not known
     */
    static @Nullable Usage read(JsonNode node, @Nullable String costUnit) {
        if (!node.isObject()) {
            return null;
        }
        var images = integer(node, "generated_images", "images", "image_count");
        var cost = Fields.number(node, "cost");
        var currency = Fields.text(node, "currency");
        return new Usage(
                integer(node, "prompt_tokens", "input_tokens", "promptTokenCount"),
                output(node),
                integer(node, "total_tokens", "totalTokenCount"),
                images == null || images < 0 || images > Integer.MAX_VALUE ? null : Integer.valueOf(images.intValue()),
                cost,
                cost == null ? null : currency != null ? currency : costUnit,
                isSmall(node) ? Fields.map(node) : Map.of());
    }

    /** The sum of what the parts of an answer say. */
    static @Nullable Usage sum(@Nullable Usage before, @Nullable Usage more) {
        if (before == null || more == null) {
            return before == null ? more : before;
        }
        var sum = before.plus(more);
        return sum.fields().size() <= MOST_NAMES
                ? sum
                : new Usage(
                        sum.inputTokens(),
                        sum.outputTokens(),
                        sum.totalTokens(),
                        sum.images(),
                        sum.cost(),
                        sum.costUnit(),
                        more.fields());
    }

    /** The members that have no place of their own; none of them if they are more than anybody says in a few words. */
    static Map<String, Object> others(JsonNode json, Set<String> placed) {
        var others = JsonNodeFactory.instance.objectNode();
        json.properties().stream()
                .filter(member -> !placed.contains(member.getKey()))
                .forEach(member -> others.set(member.getKey(), member.getValue()));
        return isSmall(others) ? Fields.map(others) : Map.of();
    }

    private static boolean isSmall(JsonNode usage) {
        return usage.size() <= MOST_NAMES && left(usage, MOST_CHARACTERS) >= 0;
    }

    private static int left(JsonNode node, int most) {
        int left = most - NODE - (node.isString() ? node.stringValue().length() : 0);
        for (var member : node.properties()) {
            left = left < 0
                    ? left
                    : left(member.getValue(), left - member.getKey().length());
        }
        for (var element : node.isArray() ? node.values() : List.<JsonNode>of()) {
            left = left < 0 ? left : left(element, left);
        }
        return left;
    }

    /** At Gemini what was thought, previews included, is counted apart. */
    private static @Nullable Long output(JsonNode node) {
        var output = integer(node, "completion_tokens", "output_tokens", "candidatesTokenCount");
        var thoughts = integer(node, "thoughtsTokenCount");
        if (output == null || thoughts == null) {
            return output == null ? thoughts : output;
        }
        return output + thoughts;
    }

    private static @Nullable Long integer(JsonNode node, String... names) {
        return Stream.of(names)
                .map(name -> Fields.integer(node, name))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
