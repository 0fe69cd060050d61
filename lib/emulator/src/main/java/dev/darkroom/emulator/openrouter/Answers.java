package dev.darkroom.emulator.openrouter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.darkroom.emulator.server.Reply;
import tools.jackson.databind.JsonNode;

/** Replies with the headers every recorded answer has. */
final class Answers {

    private static final String EXPOSED = "X-Generation-Id,X-Provider-Name,request-id,cf-ray";

    private Answers() {}

    static Reply json(int status, JsonNode body) {
        return shared(Reply.document(status, "application/json", Json.bytes(body)));
    }

    static Reply html(int status, String html) {
        return Reply.document(status, "text/html", html.getBytes(UTF_8));
    }

    static Reply shared(Reply reply) {
        return reply.header("Access-Control-Allow-Origin", "*").header("access-control-expose-headers", EXPOSED);
    }
}
