package dev.darkroom.emulator.gateway.openrouter;

import dev.darkroom.emulator.picture.Format;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A model of the catalogue.
 *
 * @param id {@code author/slug}
 * @param listing its item in the listing, as sent
 * @param endpoints the answer to a question for its endpoints, as sent
 * @param parameters what it takes; a missing key means that the parameter is refused, except {@code quality} and
 *     {@code background}, which a provider without such a knob ignores
 * @param streaming whether it streams
 * @param provider the provider's display name, for {@code X-Provider-Name}
 * @param slug the provider's slug
 * @param prices what it costs
 * @param format the format if the request names none
 * @param createdZero whether {@code created} is 0
 * @param tokensByQuality whether its tokens follow the quality (OpenAI) or the area
 */
record Model(
        String id,
        JsonNode listing,
        JsonNode endpoints,
        Map<String, Capability> parameters,
        boolean streaming,
        String provider,
        String slug,
        List<Price> prices,
        Format format,
        boolean createdZero,
        boolean tokensByQuality) {

    /** A line of the price list. */
    record Price(String billable, String unit, BigDecimal dollars) {}

    static Model read(JsonNode json) {
        var listing = Catalogue.copy(json.path("listing"));
        String id = listing.path("id").asString();
        var endpoint = Catalogue.copy(json.path("endpoint"));
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
                Catalogue.endpoints(id, endpoint, prices),
                Map.copyOf(parameters),
                listing.path("supports_streaming").asBoolean(),
                endpoint.path("provider_name").asString(),
                endpoint.path("provider_slug").asString(),
                prices,
                Format.of(behaviour.path("format").asString()).orElse(Format.PNG),
                behaviour.path("created_zero").asBoolean(false),
                behaviour.path("tokens_by_quality").asBoolean(false));
    }
}
