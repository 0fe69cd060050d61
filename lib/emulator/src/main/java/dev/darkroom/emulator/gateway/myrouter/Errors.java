package dev.darkroom.emulator.gateway.myrouter;

import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.server.Reply;

/**
 * The error bodies of this gateway family: flat, with a {@code reason}.
 *
 * @see <a href="https://novita.ai/docs/api-reference/basic-error-code">novita, error codes</a>
 */
final class Errors {

    private Errors() {}

    static Reply error(int status, String reason, String message) {
        var json = Json.object().put("code", status).put("reason", reason).put("message", message);
        json.putObject("metadata");
        return Json.reply(status, json);
    }

    static Reply invalid(String message) {
        return error(400, "INVALID_REQUEST_BODY", message);
    }

    static Reply missingKey() {
        return error(400, "MISSING_API_KEY", "missing api-key");
    }

    static Reply invalidKey() {
        return error(403, "INVALID_API_KEY", "invalid api-key");
    }

    static Reply notFound() {
        return error(404, "API_NOT_FOUND", "api not found");
    }
}
