package dev.darkroom.emulator.gateway.openrouter;

import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.openrouter.Model.Price;
import dev.darkroom.emulator.picture.Format;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the entry of a model in {@code catalogue.json}.
 *
 * <p>An entry is the model's {@code listing} and {@code endpoint} as sent, its {@code prices} (billable, unit,
 * dollars) and its {@code behaviour}, which is not sent: the default format, whether {@code created} is 0, and
 * parameters it takes without listing them.
 */
final class ModelReader {

    private ModelReader() {}

    static Model read(JsonNode json) {
        var listing = copy(json.path("listing"));
        String id = listing.path("id").asString();
        var endpoint = copy(json.path("endpoint"));
        endpoint.set("supported_parameters", listing.path("supported_parameters"));
        endpoint.set("supports_streaming", listing.path("supports_streaming"));
        var prices = json.path("prices")
                .valueStream()
                .map(price -> new Price(
                        price.path(0).asString(),
                        price.path(1).asString(),
                        new BigDecimal(price.path(2).asString())))
                .toList();
        var parameters = new LinkedHashMap<String, Capability>();
        listing.path("supported_parameters")
                .forEachEntry((name, value) -> parameters.put(name, Capability.read(value)));
        var behaviour = json.path("behaviour");
        behaviour.path("unlisted").forEachEntry((name, value) -> parameters.put(name, Capability.read(value)));
        listing.put("endpoints", "/api/v1/images/models/" + id + "/endpoints");
        return new Model(
                id,
                listing,
                endpoints(id, endpoint, prices),
                Map.copyOf(parameters),
                listing.path("supports_streaming").asBoolean(),
                endpoint.path("provider_name").asString(),
                endpoint.path("provider_slug").asString(),
                prices,
                Format.of(behaviour.path("format").asString()).orElse(Format.PNG),
                behaviour.path("created_zero").asBoolean(false),
                behaviour.path("tokens_by_quality").asBoolean(false));
    }

    private static ObjectNode copy(JsonNode object) {
        return (ObjectNode) object.deepCopy();
    }

    private static ObjectNode endpoints(String id, ObjectNode endpoint, List<Price> prices) {
        var lines = endpoint.putArray("pricing");
        for (var price : prices) {
            var line = lines.addObject().put("billable", price.billable()).put("unit", price.unit());
            line.putRawValue("cost_usd", Dollars.of(price.dollars()));
        }
        var json = Json.object().put("id", id);
        json.putArray("endpoints").add(endpoint);
        return json;
    }
}
