package dev.darkroom.spring;

import dev.darkroom.image.Usage;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/**
 * The names of OpenTelemetry's conventions where there are any.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics">Generative AI metrics</a>
 */
final class DefaultImageGenerationObservationConvention implements ImageGenerationObservationConvention {

    static final String OPERATION = "image_generation";

    /** The tags which every meter of a generation has. */
    static KeyValues base(ImageGenerationObservationContext context) {
        return KeyValues.of(
                "gen_ai.operation.name", OPERATION,
                "gen_ai.provider.name", context.provider(),
                "gen_ai.request.model", context.model(),
                "darkroom.client", context.client());
    }

    @Override
    public String getName() {
        return "gen_ai.client.operation.duration";
    }

    @Override
    public String getContextualName(ImageGenerationObservationContext context) {
        return OPERATION + " " + context.model();
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(ImageGenerationObservationContext context) {
        return base(context).and("darkroom.outcome", context.outcome().word()).and("darkroom.reason", context.reason());
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(ImageGenerationObservationContext context) {
        var values = KeyValues.of(
                KeyValue.of("darkroom.images.asked", Integer.toString(context.asked())),
                KeyValue.of("darkroom.previews", Integer.toString(context.previews())),
                KeyValue.of("darkroom.retries", Integer.toString(context.retries())),
                KeyValue.of(
                        "darkroom.throttled.ms",
                        Long.toString(context.throttledFor().toMillis())));
        var result = context.result();
        if (result == null) {
            return values;
        }
        if (result.generationId() != null) {
            values = values.and("gen_ai.response.id", result.generationId());
        }
        return result.usage() == null ? values : values.and(used(result.usage()));
    }

    private static KeyValues used(Usage usage) {
        var values = KeyValues.empty();
        if (usage.inputTokens() != null) {
            values = values.and("gen_ai.usage.input_tokens", usage.inputTokens().toString());
        }
        if (usage.outputTokens() != null) {
            values = values.and(
                    "gen_ai.usage.output_tokens", usage.outputTokens().toString());
        }
        return usage.cost() == null
                ? values
                : values.and("darkroom.cost", usage.cost().toPlainString());
    }
}
