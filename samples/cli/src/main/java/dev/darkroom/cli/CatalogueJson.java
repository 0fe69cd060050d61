package dev.darkroom.cli;

import dev.darkroom.image.Capability;
import dev.darkroom.image.ModelEndpoint;
import dev.darkroom.image.ModelInfo;
import dev.darkroom.image.PricingLine;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a catalogue says, as JSON. */
final class CatalogueJson {

    private CatalogueJson() {}

    static JsonLine model(ModelInfo model) {
        return new JsonLine()
                .with("id", model.id())
                .with("name", model.name())
                .with("description", model.description())
                .with("created", model.created())
                .with("input_modalities", model.inputModalities())
                .with("output_modalities", model.outputModalities())
                .with("supported_parameters", capabilities(model.supportedParameters()))
                .with("supports_streaming", model.supportsStreaming());
    }

    static JsonLine endpoint(ModelEndpoint endpoint) {
        return new JsonLine()
                .with("provider_name", endpoint.providerName())
                .with("provider_slug", endpoint.providerSlug())
                .with("provider_tag", endpoint.providerTag())
                .with("supported_parameters", capabilities(endpoint.supportedParameters()))
                .with("passthrough_parameters", endpoint.passthroughParameters())
                .with("supports_streaming", endpoint.supportsStreaming())
                .with(
                        "pricing",
                        endpoint.pricing().stream().map(CatalogueJson::price).toList());
    }

    private static Map<String, @Nullable Object> price(PricingLine line) {
        return new JsonLine()
                .with("billable", line.billable())
                .with("unit", line.unit())
                .with("cost_usd", line.costUsd())
                .with("variant", line.variant())
                .fields();
    }

    private static Map<String, Object> capabilities(Map<String, Capability> capabilities) {
        var all = new LinkedHashMap<String, Object>();
        capabilities.forEach((parameter, capability) -> all.put(parameter, capability(capability)));
        return all;
    }

    private static Object capability(Capability capability) {
        if (capability instanceof Capability.Values values) {
            return Map.of("type", "enum", "values", values.values());
        }
        if (capability instanceof Capability.Range range) {
            return Map.of("type", "range", "min", range.min(), "max", range.max());
        }
        if (capability instanceof Capability.Other other) {
            var fields = new LinkedHashMap<String, Object>(other.fields());
            fields.put("type", other.type());
            return fields;
        }
        return Map.of("type", "boolean");
    }
}
