package dev.darkroom.emulator.gateway.minimax;

import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.server.Reply;
import tools.jackson.databind.node.ObjectNode;

/**
 * MiniMax's error bodies, as observed on its other endpoints: the vendor's code in brackets at the end of the message, and
 * {@code http_code} as text.
 */
final class Errors {

    static final String REQUEST_ID = "0670000000000000000000000emulator";
    private static final String BAD = "bad_request_error";

    private Errors() {}

    static Reply error(int status, String type, String message) {
        return reply(status, body(status, type, message));
    }

    /** An error, whatever the status it comes with. */
    static Reply reply(int status, ObjectNode error) {
        var json = Json.object().put("type", "error");
        json.set("error", error);
        return Json.reply(status, json.put("request_id", REQUEST_ID));
    }

    /** The error itself, as it also stands in an {@code error} event. */
    static ObjectNode body(int status, String type, String message) {
        return Json.object().put("type", type).put("message", message).put("http_code", Integer.toString(status));
    }

    static Reply invalid(String why) {
        return error(400, BAD, "invalid params, " + why + " (2013)");
    }

    static Reply modelNotFound(String id) {
        return invalid("unknown model '" + id + "'");
    }

    static Reply missingKey() {
        return error(
                401,
                "authorized_error",
                "login fail: Please carry the API secret key in the 'Authorization' field of the request header (1004)");
    }

    static Reply invalidKey() {
        return error(401, "authorized_error", "invalid api key (2049)");
    }

    static Reply notFound() {
        return error(404, BAD, "404 page not found");
    }

    static ObjectNode flagged() {
        return body(422, "unprocessable_entity_error", "output new_sensitive (1027)");
    }

    static ObjectNode failed() {
        return body(500, "api_error", "unknown error (1000)");
    }

    static ObjectNode limited() {
        return body(429, "rate_limit_error", "rate limit exceeded(RPM) (1002)");
    }
}
