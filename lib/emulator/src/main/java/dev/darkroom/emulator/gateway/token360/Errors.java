package dev.darkroom.emulator.gateway.token360;

import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.server.Reply;
import org.jspecify.annotations.Nullable;

/**
 * token360's error bodies: {@code code} is the status as text, and it and {@code param} may be missing.
 *
 * @see <a href="https://www.token360.ai/en-US/docs/api-reference/error-handling">token360, error handling</a>
 */
final class Errors {

    private static final String REQUEST = "invalid_request_error";

    private Errors() {}

    static Reply error(int status, String message, String type, @Nullable String param) {
        var json = Json.object();
        var error = json.putObject("error").put("message", message).put("type", type);
        if (param != null) {
            error.put("param", param);
        }
        error.put("code", Integer.toString(status));
        return Json.reply(status, json);
    }

    static Reply invalid(String message, @Nullable String param) {
        return error(400, message, REQUEST, param);
    }

    /** As printed: neither {@code param} nor {@code code}. The status is not; this is the usual one of its type. */
    static Reply notReady(String status) {
        var json = Json.object();
        json.putObject("error")
                .put("message", "Image is not ready yet. Current status: " + status)
                .put("type", REQUEST);
        return Json.reply(400, json);
    }

    static Reply invalidKey() {
        return error(401, "Invalid API key or token provided", "invalid_api_key", null);
    }

    static Reply notFound(String what) {
        return error(404, what + " not found", "not_found_error", null);
    }

    static Reply modelNotFound(String id) {
        return error(404, "The model '" + id + "' does not exist", "model_not_found", "model");
    }
}
