package dev.darkroom.springai;

import dev.darkroom.image.ImageResult;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.EmptyUsage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.image.ImageResponseMetadata;

/**
 * What is known of a whole generation: {@link #result()} as it is, and the same under names, for code that does not know this class.
 * What the gateway did not say is left out. {@link #getCreated()} is in milliseconds since 1970, and the time of the answer where
 * the gateway gives none.
 */
public final class DarkroomImageResponseMetadata extends ImageResponseMetadata {

    /** A {@link java.math.BigDecimal}: what it cost, as the gateway counts it. */
    public static final String COST = "cost";

    /** A string: what {@link #COST} is counted in, a currency by ISO 4217 or a word of the gateway's. */
    public static final String COST_UNIT = "costUnit";

    /** A string: who rendered, where a router says. */
    public static final String PROVIDER = "provider";

    /** A string: the gateway's handle for this generation. */
    public static final String GENERATION_ID = "generationId";

    /** A list of strings: what was done otherwise than asked for; always there. */
    public static final String WARNINGS = "warnings";

    /** A list of {@link dev.darkroom.image.ImageFailure}s: the images which did not come; always there. */
    public static final String FAILURES = "failures";

    private final ImageResult result;

    DarkroomImageResponseMetadata(ImageResult result) {
        super(created(result), tokens(result.usage()));
        this.result = result;
        var usage = result.usage();
        if (usage != null && usage.cost() != null) {
            putIfTold(COST, usage.cost());
            putIfTold(COST_UNIT, usage.costUnit());
        }
        putIfTold(PROVIDER, result.provider());
        putIfTold(GENERATION_ID, result.generationId());
        putIfTold(WARNINGS, result.warnings());
        putIfTold(FAILURES, result.failures());
    }

    /**
     * The result as the client delivered it, images included.
     *
     * @return all there is to know
     */
    public ImageResult result() {
        return result;
    }

    private void putIfTold(String name, @Nullable Object value) {
        if (value != null) {
            put(name, value);
        }
    }

    private static Long created(ImageResult result) {
        var created = result.created();
        return created == null ? Clock.systemUTC().millis() : created.toEpochMilli();
    }

    /** With every field of the gateway's as the native usage. */
    private static Usage tokens(dev.darkroom.image.@Nullable Usage usage) {
        return usage == null
                ? new EmptyUsage()
                : new DefaultUsage(
                        count(usage.inputTokens()),
                        count(usage.outputTokens()),
                        count(usage.totalTokens()),
                        usage.fields());
    }

    /** Theirs are ints. */
    private static @Nullable Integer count(@Nullable Long tokens) {
        return tokens == null ? null : (int) Math.min(Integer.MAX_VALUE, tokens);
    }
}
