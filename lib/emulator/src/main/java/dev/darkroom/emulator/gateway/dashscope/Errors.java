package dev.darkroom.emulator.gateway.dashscope;

import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.server.Reply;
import tools.jackson.databind.node.ObjectNode;

/**
 * DashScope's error bodies: flat, a word for a code.
 *
 * @see <a href="https://www.alibabacloud.com/help/en/model-studio/error-code">Model Studio, error messages</a>
 */
final class Errors {

    static final String FLAGGED = "DataInspectionFailed";
    static final String INTERNAL = "InternalError";
    private static final String REQUEST_ID = "00000000-0000-9000-8000-000000000000";

    private Errors() {}

    static Reply error(int status, String code, String message) {
        return Json.reply(
                status, Json.object().put("code", code).put("message", message).put("request_id", REQUEST_ID));
    }

    static Reply invalid(String message) {
        return error(400, "InvalidParameter", message);
    }

    static Reply invalidKey() {
        return error(401, "InvalidApiKey", "Invalid API-key provided.");
    }

    static Reply noKey() {
        return error(401, "InvalidApiKey", "No API-key provided.");
    }

    static Reply modelNotFound() {
        return invalid("Model not exist.");
    }

    static Reply notFound() {
        return error(404, "NotFound", "Not found!");
    }

    /** What came of a picture that was flagged or failed, where it would be. */
    static ObjectNode failed(ObjectNode json, boolean flagged) {
        return json.put("code", flagged ? FLAGGED : INTERNAL).put("message", message(flagged));
    }

    static Reply failed(boolean flagged) {
        return error(flagged ? 400 : 500, flagged ? FLAGGED : INTERNAL, message(flagged));
    }

    private static String message(boolean flagged) {
        return flagged
                ? "Output data may contain inappropriate content."
                : "An internal error has occured, please try again later or contact service support.";
    }
}
