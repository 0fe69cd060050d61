package dev.darkroom.internal.gateway.responses;

import dev.darkroom.gateway.Responses;
import dev.darkroom.internal.gateway.common.Answers;
import dev.darkroom.internal.gateway.common.AzureRules;
import dev.darkroom.internal.gateway.common.RouterRules;
import dev.darkroom.internal.gateway.common.UpstreamErrors;

/**
 * The API at one base URL.
 *
 * @param place who speaks it there
 * @param path behind the base URL, up to what all calls have in common
 */
record Endpoint(Place place, String path) {

    private static final Answers AZURES =
            new Answers(reply -> AzureRules.origin(Responses.NAME, reply), new AzureRules());

    /** Of OpenAI itself as well: who stands at an address of one's own may be a router. */
    private static final Answers ROUTED =
            new Answers(reply -> UpstreamErrors.origin(Responses.NAME, reply), new RouterRules() {});

    Answers answers() {
        return place == Place.AZURE ? AZURES : ROUTED;
    }
}
