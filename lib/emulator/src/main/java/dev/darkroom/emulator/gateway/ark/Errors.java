package dev.darkroom.emulator.gateway.ark;

import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.server.Reply;
import tools.jackson.databind.node.ObjectNode;

/**
 * Ark's error bodies: {@code code} is a word, and the message ends in the request's id.
 *
 * @see <a href="https://docs.byteplus.com/en/docs/ModelArk/1299023">BytePlus, error codes</a>
 */
final class Errors {

    static final String REQUEST_ID = "021700000000000emulator";
    static final String FLAGGED_IMAGE = "OutputImageSensitiveContentDetected";
    static final String INTERNAL = "InternalServiceError";
    private static final String BAD = "BadRequest";

    private Errors() {}

    static Reply error(int status, String code, String message, String param, String type) {
        var json = Json.object();
        json.set("error", body(code, message).put("param", param).put("type", type));
        return Json.reply(status, json);
    }

    /** Code and message: all that an error within a stream or among images has. */
    static ObjectNode body(String code, String message) {
        return Json.object().put("code", code).put("message", message + " Request id: " + REQUEST_ID);
    }

    /** As observed for {@code size}: no {@code param}, no {@code type}. */
    static Reply invalid(String name, String why) {
        return invalid(name, why, "");
    }

    static Reply invalid(String name, String why, String param) {
        var message = "The parameter `" + name + "` specified in the request is not valid: " + why + ".";
        return error(400, "InvalidParameter", message, param, "");
    }

    static Reply missing(String name) {
        return error(
                400,
                "MissingParameter",
                "The request failed because it is missing one or multiple required parameters: `" + name + "`.",
                name,
                BAD);
    }

    static Reply notAnObject() {
        return error(400, "InvalidParameter", "We could not parse the JSON body of your request.", "", BAD);
    }

    static Reply invalidKey() {
        var json = Json.object();
        json.putObject("error")
                .put("code", "AuthenticationError")
                .put("message", "the API key or AK/SK in the request is missing or invalid. request id: " + REQUEST_ID)
                .put("param", "")
                .put("type", "Unauthorized");
        return Json.reply(401, json);
    }

    static Reply modelNotFound(String id) {
        return error(
                404,
                "InvalidEndpointOrModel.NotFound",
                "The model or endpoint " + id + " does not exist or you do not have access to it.",
                "",
                "NotFound");
    }

    static Reply flagged() {
        return error(400, FLAGGED_IMAGE, flaggedMessage(), "", BAD);
    }

    static String flaggedMessage() {
        return "The request failed because the output image may contain sensitive information.";
    }

    static Reply internal() {
        return error(500, INTERNAL, internalMessage(), "", "InternalServerError");
    }

    static String internalMessage() {
        return "The service encountered an unexpected internal error.";
    }
}
