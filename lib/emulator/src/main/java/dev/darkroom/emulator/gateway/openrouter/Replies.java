package dev.darkroom.emulator.gateway.openrouter;

import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.server.Reply;
import tools.jackson.databind.JsonNode;

/** Replies with the headers every recorded answer has. */
final class Replies {

    private static final String EXPOSED = "X-Generation-Id,X-Provider-Name,request-id,cf-ray";

    private Replies() {}

    static Reply json(int status, JsonNode body) {
        return shared(Json.reply(status, body));
    }

    static Reply shared(Reply reply) {
        return reply.header("Access-Control-Allow-Origin", "*").header("access-control-expose-headers", EXPOSED);
    }
}
