package dev.darkroom.spring;

import dev.darkroom.image.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Counts what a timer cannot: previews, tokens, money, images, bytes, waits and retries. */
final class GenerationMeters implements ObservationHandler<ImageGenerationObservationContext> {

    private static final Pattern NO_WORD = Pattern.compile("[^a-z0-9]+");

    private final TagValueLimit units = new TagValueLimit();
    private final MeterRegistry registry;

    GenerationMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof ImageGenerationObservationContext;
    }

    @Override
    public void onStop(ImageGenerationObservationContext context) {
        var tags = Tags.of(DefaultImageGenerationObservationConvention.base(context).stream()
                .map(pair -> Tag.of(pair.getKey(), pair.getValue()))
                .toList());
        var first = context.timeToFirstPreview();
        if (first != null) {
            Timer.builder("gen_ai.client.operation.time_to_first_chunk")
                    .description("from the subscription to the first preview")
                    .tags(tags)
                    .register(registry)
                    .record(first);
        }
        if (!context.throttledFor().isZero()) {
            Timer.builder("darkroom.throttled")
                    .description("time in which a generation waited for a rate limit")
                    .tags(tags)
                    .register(registry)
                    .record(context.throttledFor());
        }
        count("darkroom.retries", null, "attempts after the first one", tags, context.retries());
        images("preview", context.previews(), tags);
        images("final", context.images(), tags);
        images("failed", context.failures(), tags);
        count("darkroom.image.bytes", "bytes", "images that came, previews included", tags, (double) context.bytes());
        var result = context.result();
        var usage = result == null ? null : result.usage();
        if (usage != null) {
            used(usage, tags);
        }
    }

    private void images(String kind, int images, Tags tags) {
        count("darkroom.images", null, "images by what became of them", tags.and("kind", kind), images);
    }

    private void used(Usage usage, Tags tags) {
        tokens("input", usage.inputTokens(), tags);
        tokens("output", usage.outputTokens(), tags);
        var cost = usage.cost();
        if (cost != null) {
            var unit = usage.costUnit() == null ? "unknown" : usage.costUnit();
            count("darkroom.cost." + word(unit), null, "cost of generations, in " + unit, tags, cost.doubleValue());
        }
    }

    /** What is counted in different units is never summed, so each has a meter of its own; few, whatever a gateway says. */
    private String word(String unit) {
        var word = NO_WORD.matcher(unit.toLowerCase(Locale.ROOT)).replaceAll("_");
        return units.of(word);
    }

    private void tokens(String type, @Nullable Long tokens, Tags tags) {
        if (tokens != null) {
            DistributionSummary.builder("gen_ai.client.token.usage")
                    .description("tokens of one generation")
                    .baseUnit("tokens")
                    .tags(tags.and("gen_ai.token.type", type))
                    .register(registry)
                    .record(tokens);
        }
    }

    private void count(String name, @Nullable String unit, String description, Tags tags, double amount) {
        if (amount > 0) {
            Counter.builder(name)
                    .description(description)
                    .baseUnit(unit)
                    .tags(tags)
                    .register(registry)
                    .increment(amount);
        }
    }
}
