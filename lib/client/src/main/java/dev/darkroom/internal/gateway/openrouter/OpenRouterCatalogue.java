package dev.darkroom.internal.gateway.openrouter;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Catalogue;
import dev.darkroom.dialect.Payload;
import dev.darkroom.image.Capability;
import dev.darkroom.image.Estimate;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ModelEndpoint;
import dev.darkroom.image.ModelInfo;
import dev.darkroom.image.PricingLine;
import dev.darkroom.image.RejectedException;
import dev.darkroom.internal.gateway.common.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** OpenRouter's {@code GET /images/models} and {@code GET /images/models/{author}/{slug}/endpoints}. */
final class OpenRouterCatalogue implements Catalogue {

    private static final Map<String, String> JSON = Map.of("Accept", "application/json");
    /** Author and slug; both go into a path, so nothing that means something in one. */
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9._:~-]+/[A-Za-z0-9._:~-]+");

    private final String gateway;

    OpenRouterCatalogue(String gateway) {
        this.gateway = gateway;
    }

    @Override
    public ApiCall models() {
        return new ApiCall("GET", "/images/models", JSON, List.of());
    }

    @Override
    public ApiCall endpoints(String model) {
        if (!MODEL.matcher(model).matches() || model.contains("..")) {
            throw new RejectedException(
                    RejectedException.Reason.REQUEST,
                    "not sent to " + gateway + ": model must be author/slug, not '" + model + "'",
                    FailureDetails.NONE);
        }
        return new ApiCall("GET", "/images/models/" + model + "/endpoints", JSON, List.of());
    }

    @Override
    public Estimate estimate(ImageRequest request, List<ModelEndpoint> endpoints) {
        return EndpointEstimates.of(request, endpoints);
    }

    @Override
    public List<ModelInfo> models(Payload answer) {
        var models = new ArrayList<ModelInfo>();
        for (JsonNode item : list(answer.json(), "data")) {
            models.add(model(answer, item));
        }
        return models;
    }

    @Override
    public List<ModelEndpoint> endpoints(Payload answer) {
        var endpoints = new ArrayList<ModelEndpoint>();
        for (JsonNode item : list(answer.json(), "endpoints")) {
            endpoints.add(endpoint(item));
        }
        return endpoints;
    }

    private static JsonNode list(JsonNode answer, String name) {
        if (!answer.path(name).isArray()) {
            throw new IllegalArgumentException("there is no list named " + name + " in it");
        }
        return answer.path(name);
    }

    private static ModelInfo model(Payload answer, JsonNode item) {
        var architecture = item.path("architecture");
        return new ModelInfo(
                text(item, "id"),
                text(item, "name"),
                Objects.requireNonNullElse(answer.text(item.path("description")), ""),
                Fields.instant(item, "created"),
                Fields.texts(architecture, "input_modalities"),
                Fields.texts(architecture, "output_modalities"),
                capabilities(item.path("supported_parameters")),
                Fields.flag(item, "supports_streaming"));
    }

    private static ModelEndpoint endpoint(JsonNode item) {
        var pricing = new ArrayList<PricingLine>();
        for (JsonNode line : item.path("pricing")) {
            pricing.add(new PricingLine(
                    text(line, "billable"),
                    text(line, "unit"),
                    Fields.number(line, "cost_usd"),
                    Fields.text(line, "variant")));
        }
        return new ModelEndpoint(
                text(item, "provider_name"),
                text(item, "provider_slug"),
                Fields.text(item, "provider_tag"),
                capabilities(item.path("supported_parameters")),
                Fields.texts(item, "allowed_passthrough_parameters"),
                Fields.flag(item, "supports_streaming"),
                pricing);
    }

    private static Map<String, Capability> capabilities(JsonNode parameters) {
        var capabilities = new LinkedHashMap<String, Capability>();
        parameters.properties().forEach(entry -> capabilities.put(entry.getKey(), capability(entry.getValue())));
        return capabilities;
    }

    private static Capability capability(JsonNode node) {
        var type = text(node, "type");
        var min = Fields.number(node, "min");
        var max = Fields.number(node, "max");
        if (type.equals("enum")) {
            return new Capability.Values(Fields.texts(node, "values"));
        }
        if (type.equals("range") && min != null && max != null) {
            return new Capability.Range(min, max);
        }
        return type.equals("boolean") ? new Capability.Supported() : new Capability.Other(type, Fields.map(node));
    }

    private static String text(JsonNode item, String name) {
        var text = Fields.text(item, name);
        return text == null ? "" : text;
    }
}
