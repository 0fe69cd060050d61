package dev.darkroom.internal.gateway.common;

import dev.darkroom.dialect.Reply;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import org.jspecify.annotations.Nullable;

/**
 * Where an answer came from: the name for messages, the handles for support.
 *
 * @param gateway what messages call it
 * @param reply the head of the answer
 * @param generationId its handle for the generation; null if it gave none
 * @param provider who rendered, where a router says; null otherwise
 * @param costUnit what costs are counted in; null if that is not known
 */
public record Origin(
        String gateway,
        Reply reply,
        @Nullable String generationId,
        @Nullable String provider,
        @Nullable String costUnit) {

    /** With the handle in a header, and no provider. */
    public static Origin of(String gateway, Reply reply, String generationIdHeader) {
        return new Origin(gateway, reply, reply.header(generationIdHeader), null, null);
    }

    public Origin withGenerationId(String id) {
        return new Origin(gateway, reply, id, provider, costUnit);
    }

    /** What is known of a failure in which the body plays no part. */
    public FailureDetails details() {
        return new FailureDetails(reply.status(), null, provider, generationId, null);
    }

    public OutcomeUnknownException unknown(
            OutcomeUnknownException.Reason reason, String what, PartialResult partialResult) {
        return new OutcomeUnknownException(reason, gateway + " " + what, details(), partialResult, null);
    }
}
