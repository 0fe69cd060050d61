package dev.darkroom.internal.gateway.azure;

import dev.darkroom.dialect.Reply;
import dev.darkroom.gateway.Azure;
import dev.darkroom.internal.gateway.common.ErrorRules;
import dev.darkroom.internal.gateway.common.Origin;

/**
 * What Azure's refusals and failures mean: by the common table, which knows its words for a filtered prompt or picture. What its API
 * Management says lies flat, and is none of the service's own words.
 */
final class AzureFailures implements ErrorRules {

    /** Support asks for the second; where the first is, the model's own side wrote it. */
    static Origin origin(Reply reply) {
        var origin = Origin.of(Azure.NAME, reply, "x-request-id");
        return origin.generationId() == null ? Origin.of(Azure.NAME, reply, "apim-request-id") : origin;
    }
}
