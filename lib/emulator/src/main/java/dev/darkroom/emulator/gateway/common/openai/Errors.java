package dev.darkroom.emulator.gateway.common.openai;

import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.server.Reply;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAI's error bodies.
 *
 * @see <a href="https://platform.openai.com/docs/guides/error-codes">OpenAI, error codes</a>
 */
public final class Errors {

    private static final String REQUEST = "invalid_request_error";

    private Errors() {}

    /**
     * Any error.
     *
     * @param status the HTTP status
     * @param message what is wrong
     * @param type of which kind it is
     * @param param the parameter which is to blame, or null
     * @param code a word for it, or null
     * @return the reply
     */
    public static Reply error(int status, String message, String type, @Nullable String param, @Nullable String code) {
        var json = Json.object();
        json.set("error", body(message, type, param, code));
        return Json.reply(status, json);
    }

    /**
     * The error itself, as it also stands in an {@code error} event.
     *
     * @param message what is wrong
     * @param type of which kind it is
     * @param param the parameter which is to blame, or null
     * @param code a word for it, or null
     * @return the object on the wire
     */
    public static ObjectNode body(String message, String type, @Nullable String param, @Nullable String code) {
        return Json.object()
                .put("message", message)
                .put("type", type)
                .put("param", param)
                .put("code", code);
    }

    /**
     * 400 because of a parameter.
     *
     * @param message what is wrong
     * @param param the parameter which is to blame, or null
     * @param code a word for it, or null
     * @return the reply
     */
    public static Reply invalid(String message, @Nullable String param, @Nullable String code) {
        return error(400, message, REQUEST, param, code);
    }

    /**
     * A route nobody knows.
     *
     * @param method the HTTP method
     * @param path the path below the host
     * @return the reply
     */
    public static Reply notFound(String method, String path) {
        return error(404, "Invalid URL (" + method + " " + path + ")", REQUEST, null, null);
    }

    /**
     * A model nobody knows.
     *
     * @param id as the request names it
     * @return the reply
     */
    public static Reply modelNotFound(String id) {
        return error(404, "The model '" + id + "' does not exist", REQUEST, "model", "model_not_found");
    }

    /**
     * There is no key.
     *
     * @return the reply
     */
    public static Reply missingKey() {
        return unauthorized(
                "You didn't provide an API key. You need to provide your API key in an Authorization header using"
                        + " Bearer auth (i.e. Authorization: Bearer YOUR_KEY).",
                null);
    }

    /**
     * There is a key which is not known.
     *
     * @return the reply
     */
    public static Reply invalidKey() {
        return unauthorized(
                "Incorrect API key provided: ********. You can find your API key at"
                        + " https://platform.openai.com/account/api-keys.",
                "invalid_api_key");
    }

    private static Reply unauthorized(String message, @Nullable String code) {
        return error(401, message, REQUEST, null, code).header("WWW-Authenticate", "Bearer realm=\"OpenAI API\"");
    }
}
