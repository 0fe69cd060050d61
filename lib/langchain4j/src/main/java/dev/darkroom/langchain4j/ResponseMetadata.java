package dev.darkroom.langchain4j;

import dev.darkroom.image.ImageResult;
import dev.darkroom.image.Usage;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands in the metadata of a response, and under which name. What the gateway did not say is left out. */
public final class ResponseMetadata {

    /** A {@link java.math.BigDecimal}: what it cost, as the gateway counts it. */
    public static final String COST = "cost";

    /** A string: what {@link #COST} is counted in, a currency by ISO 4217 or a word of the gateway's. */
    public static final String COST_UNIT = "costUnit";

    /** A string: who rendered, where a router says. */
    public static final String PROVIDER = "provider";

    /** A string: the gateway's handle for this generation. */
    public static final String GENERATION_ID = "generationId";

    /** An {@link java.time.Instant}: when the gateway says it was made. */
    public static final String CREATED = "created";

    /** A map: every field of the gateway's usage object by its own name. */
    public static final String USAGE = "usage";

    /** A list of strings: what was done otherwise than asked for; always there. */
    public static final String WARNINGS = "warnings";

    /** A list of {@link dev.darkroom.image.ImageFailure}s: the images which did not come; always there. */
    public static final String FAILURES = "failures";

    /** The {@link ImageResult} itself, images as bytes included; always there. */
    public static final String RESULT = "result";

    private ResponseMetadata() {}

    static Map<String, Object> of(ImageResult result) {
        var metadata = new LinkedHashMap<String, Object>();
        var usage = result.usage();
        if (usage != null) {
            put(metadata, COST, usage.cost());
            put(metadata, COST_UNIT, usage.cost() == null ? null : usage.costUnit());
            put(metadata, USAGE, usage.fields());
        }
        put(metadata, PROVIDER, result.provider());
        put(metadata, GENERATION_ID, result.generationId());
        put(metadata, CREATED, result.created());
        put(metadata, WARNINGS, result.warnings());
        put(metadata, FAILURES, result.failures());
        put(metadata, RESULT, result);
        return Collections.unmodifiableMap(metadata);
    }

    static @Nullable TokenUsage tokens(@Nullable Usage usage) {
        return usage == null
                        || (usage.inputTokens() == null && usage.outputTokens() == null && usage.totalTokens() == null)
                ? null
                : new TokenUsage(count(usage.inputTokens()), count(usage.outputTokens()), count(usage.totalTokens()));
    }

    static FinishReason finish(ImageResult result) {
        return result.failures().isEmpty() ? FinishReason.STOP : FinishReason.OTHER;
    }

    private static void put(Map<String, Object> metadata, String name, @Nullable Object value) {
        if (value != null) {
            metadata.put(name, value);
        }
    }

    /** Theirs are ints. */
    private static @Nullable Integer count(@Nullable Long tokens) {
        return tokens == null ? null : (int) Math.min(Integer.MAX_VALUE, tokens);
    }
}
