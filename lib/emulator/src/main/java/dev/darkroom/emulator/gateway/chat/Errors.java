package dev.darkroom.emulator.gateway.chat;

import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.server.Reply;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Error bodies in two shapes: OpenRouter's, whose {@code code} is the status, and the relays', which is OpenAI's with a
 * word for a code.
 *
 * @param router whether it is OpenRouter's
 */
record Errors(boolean router) {

    Reply error(int status, String code, String message) {
        return Json.reply(status, body(status, code, message, null));
    }

    Reply error(int status, String code, String message, ObjectNode metadata) {
        return Json.reply(status, body(status, code, message, metadata));
    }

    ObjectNode body(int status, String code, String message, @Nullable ObjectNode metadata) {
        var json = Json.object();
        var error = json.putObject("error").put("message", message);
        if (!router) {
            error.put("type", status >= 500 ? "upstream_error" : "new_api_error")
                    .put("param", "")
                    .put("code", code);
            return json;
        }
        error.put("code", status);
        if (metadata != null) {
            error.set("metadata", metadata);
        }
        return status == 401 ? json : json.put("user_id", "user_emulator");
    }

    Reply invalid(String what) {
        return error(400, "invalid_request", what);
    }

    Reply noKey() {
        return error(401, "", router ? "No cookie auth credentials found" : "Invalid token");
    }

    Reply invalidKey() {
        return error(401, "", router ? "User not found." : "Invalid token");
    }

    Reply modelNotFound(String model) {
        return router
                ? error(404, "", "No endpoints found for " + model + ".")
                : error(503, "model_not_found", "No available channel for model " + model + " under group default");
    }

    Reply notFound() {
        return error(404, "not_found", "Not Found");
    }
}
