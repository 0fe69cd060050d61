package dev.darkroom.image;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a generation used, as far as the gateway says. Fields which a gateway does not report are null, never 0.
 *
 * @param inputTokens tokens of prompt and references ({@code prompt_tokens}, {@code input_tokens})
 * @param outputTokens tokens of the images, previews included ({@code completion_tokens}, {@code output_tokens})
 * @param totalTokens the sum, as the gateway reports it
 * @param images how many images are billed ({@code generated_images})
 * @param cost as the gateway counts it, to 15 significant digits
 * @param costUnit what the cost is counted in: a currency by ISO 4217, {@code USD}, or a word of the gateway's; null if that is
 *     not known
 * @param fields every field of the gateway's usage object by its own name, unknown ones included: numbers, strings,
 *     booleans, lists and maps
 */
public record Usage(
        @Nullable Long inputTokens,
        @Nullable Long outputTokens,
        @Nullable Long totalTokens,
        @Nullable Integer images,
        @Nullable BigDecimal cost,
        @Nullable String costUnit,
        Map<String, Object> fields) {

    /**
     * Copies the fields.
     *
     * @param inputTokens tokens of prompt and references ({@code prompt_tokens}, {@code input_tokens})
     * @param outputTokens tokens of the images, previews included ({@code completion_tokens}, {@code output_tokens})
     * @param totalTokens the sum, as the gateway reports it
     * @param images how many images are billed ({@code generated_images})
     * @param cost as the gateway counts it, to 15 significant digits
     * @param costUnit what the cost is counted in: a currency by ISO 4217, {@code USD}, or a word of the gateway's; null if that is
     *     not known
     * @param fields every field of the gateway's usage object by its own name, unknown ones included: numbers, strings,
     *     booleans, lists and maps
     */
    public Usage {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /**
     * How often the model called a tool, a web search for example, which is billed by the call.
     *
     * @return calls by the name of the tool, what the gateway calls {@code tool_usage}; empty if it says nothing of tools
     */
    public Map<String, Long> toolUsage() {
        var calls = new LinkedHashMap<String, Long>();
        if (fields.get("tool_usage") instanceof Map<?, ?> tools) {
            tools.forEach((tool, count) -> {
                if (tool instanceof String name && count instanceof Number number) {
                    calls.put(name, number.longValue());
                }
            });
        }
        return Collections.unmodifiableMap(calls);
    }

    /**
     * Adds another usage: counts and costs are summed where either has them, fields are the other's where both have them. Costs
     * in different units have no sum, and then there is neither a cost nor a unit.
     *
     * @param other what was used besides
     * @return the sum
     */
    public Usage plus(Usage other) {
        var all = new LinkedHashMap<>(fields);
        all.putAll(other.fields);
        var ofOneUnit = cost == null || other.cost == null || Objects.equals(costUnit, other.costUnit);
        return new Usage(
                sum(inputTokens, other.inputTokens),
                sum(outputTokens, other.outputTokens),
                sum(totalTokens, other.totalTokens),
                images == null ? other.images : other.images == null ? images : Integer.valueOf(images + other.images),
                ofOneUnit ? sum(cost, other.cost) : null,
                ofOneUnit ? costUnit == null ? other.costUnit : costUnit : null,
                all);
    }

    private static @Nullable BigDecimal sum(@Nullable BigDecimal left, @Nullable BigDecimal right) {
        if (left == null) {
            return right;
        }
        return right == null ? left : left.add(right);
    }

    private static @Nullable Long sum(@Nullable Long left, @Nullable Long right) {
        if (left == null) {
            return right;
        }
        return right == null ? left : Long.valueOf(left + right);
    }
}
