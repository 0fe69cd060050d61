package dev.darkroom.internal.gateway.common;

import dev.darkroom.dialect.Reply;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a router, OpenRouter or who speaks as it does, says in an error's metadata of whom it asked and what that one said. */
public final class UpstreamErrors {

    /** A credit there is a US dollar. */
    public static final String COST_UNIT = "USD";

    /** The header in which a router names its own record of a generation. */
    public static final String GENERATION_ID = "x-generation-id";

    private UpstreamErrors() {}

    /**
     * Who answers, by the head: a router's own handle, if it is one.
     *
     * @param gateway what messages call it
     */
    public static Origin origin(String gateway, Reply reply) {
        var routed = reply.header(GENERATION_ID);
        return new Origin(
                gateway,
                reply,
                routed == null ? reply.header("x-request-id") : routed,
                reply.header("x-provider-name"),
                COST_UNIT);
    }

    /** The metadata; missing if there is none. */
    public static JsonNode metadata(ErrorBody error) {
        return error.node().path("metadata");
    }

    /** The body knows better than the head who was asked. */
    public static Origin origin(Origin head, ErrorBody error) {
        var provider = Fields.text(metadata(error), "provider_name");
        return provider == null
                ? head
                : new Origin(head.gateway(), head.reply(), head.generationId(), provider, COST_UNIT);
    }

    /** {@code Provider returned error} says nothing; what the provider said does. */
    public static @Nullable String message(ErrorBody error) {
        var raw = error.text(metadata(error).path("raw"));
        var message = error.message();
        return raw == null ? message : message == null ? raw : message + ": " + raw;
    }
}
