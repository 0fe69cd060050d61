package dev.darkroom.emulator.gateway.gemini;

import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.server.Reply;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Google's error bodies: a {@code google.rpc.Status} in {@code error}, whose details say the rest by type.
 *
 * @see <a href="https://cloud.google.com/apis/design/errors">Google Cloud, errors</a>
 */
final class Errors {

    private static final String TYPE = "type.googleapis.com/google.rpc.";

    private Errors() {}

    static Reply reply(int status, ObjectNode body) {
        return Reply.document(status, "application/json; charset=UTF-8", Json.bytes(body));
    }

    static Reply error(int status, String name, String message) {
        return reply(status, body(status, name, message));
    }

    static ObjectNode body(int status, String name, String message) {
        var json = Json.object();
        json.putObject("error").put("code", status).put("message", message).put("status", name);
        return json;
    }

    static ArrayNode details(ObjectNode body) {
        return ((ObjectNode) body.path("error")).putArray("details");
    }

    static ObjectNode detail(ArrayNode details, String type) {
        return details.addObject().put("@type", TYPE + type);
    }

    static Reply invalid(String message) {
        return error(400, "INVALID_ARGUMENT", message);
    }

    /** What the JSON reader says of a field's place, in the body and in a detail. */
    static Reply badField(String field, String message) {
        var body = body(400, "INVALID_ARGUMENT", message);
        detail(details(body), "BadRequest")
                .putArray("fieldViolations")
                .addObject()
                .put("field", field)
                .put("description", message);
        return reply(400, body);
    }

    static Reply missingKey() {
        return error(
                403,
                "PERMISSION_DENIED",
                "Method doesn't allow unregistered callers (callers without established identity)."
                        + " Please use API Key or other form of API consumer identity to call this API.");
    }

    static Reply invalidKey() {
        return withReason(
                body(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key."),
                400,
                "API_KEY_INVALID");
    }

    /** A key where a token belongs, or the other way round. */
    static Reply noToken(String reason) {
        return withReason(
                body(
                        401,
                        "UNAUTHENTICATED",
                        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or"
                                + " other valid authentication credential."),
                401,
                reason);
    }

    private static Reply withReason(ObjectNode body, int status, String reason) {
        var info = detail(details(body), "ErrorInfo").put("reason", reason).put("domain", "googleapis.com");
        info.putObject("metadata").put("service", "generativelanguage.googleapis.com");
        return reply(status, body);
    }

    static Reply modelNotFound(String model) {
        return error(
                404,
                "NOT_FOUND",
                "models/" + model + " is not found for API version v1beta, or is not supported for generateContent."
                        + " Call ListModels to see the list of available models and their supported methods.");
    }

    static Reply notFound() {
        return error(404, "NOT_FOUND", "Requested entity was not found.");
    }

    static ObjectNode internal() {
        return body(500, "INTERNAL", "An internal error has occurred. Please retry or report it.");
    }

    static ObjectNode unavailable() {
        return body(503, "UNAVAILABLE", "The model is overloaded. Please try again later.");
    }

    static ObjectNode exhausted() {
        return body(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota).");
    }
}
