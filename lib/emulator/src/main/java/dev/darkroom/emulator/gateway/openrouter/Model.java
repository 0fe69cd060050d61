package dev.darkroom.emulator.gateway.openrouter;

import dev.darkroom.emulator.picture.Format;
import java.math.BigDecimal;
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
}
