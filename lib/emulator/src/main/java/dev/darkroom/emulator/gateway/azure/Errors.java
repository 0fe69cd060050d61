package dev.darkroom.emulator.gateway.azure;

import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.server.Reply;
import tools.jackson.databind.node.ObjectNode;

/**
 * The front door's error bodies: a code, which may be the status, and a sentence. What is wrong with a field is said in OpenAI's
 * shape.
 */
final class Errors {

    private static final String SAFETY = "Your task failed as a result of our safety system.";

    private Errors() {}

    static Reply error(int status, String code, String message) {
        var json = Json.object();
        json.set("error", body(code, message));
        return Json.reply(status, json);
    }

    static ObjectNode body(String code, String message) {
        return Json.object().put("code", code).put("message", message);
    }

    static Reply unauthorized(String how) {
        return error(
                401,
                "401",
                "Access denied due to " + how + " subscription key or wrong API endpoint. Make sure to provide a valid"
                        + " key for an active subscription and use a correct regional API endpoint for your resource.");
    }

    static Reply notFound() {
        return error(404, "404", "Resource not found");
    }

    static Reply noDeployment() {
        return error(
                404,
                "DeploymentNotFound",
                "The API deployment for this resource does not exist. If you created the deployment within the last 5"
                        + " minutes, please wait a moment and try again.");
    }

    static Reply noVersion() {
        return error(400, "BadRequest", "API version not supported");
    }

    static Reply timeout() {
        return error(408, "Timeout", "The operation was timeout.");
    }

    /** Of what the filter found in a prompt or in an image. */
    static ObjectNode filtered() {
        var error = body("contentFilter", SAFETY);
        var inner = error.putObject("inner_error").put("code", "ResponsibleAIPolicyViolation");
        var results = inner.putObject("content_filter_results");
        results.putObject("hate").put("filtered", false).put("severity", "safe");
        results.putObject("violence").put("filtered", true).put("severity", "high");
        return error;
    }

    static Reply contentFilter() {
        return Json.reply(400, Json.object().set("error", filtered()));
    }

    /** As observed where the images, and not the prompt, were filtered: a time stands beside the error. */
    static Reply contentFilter(long created) {
        return Json.reply(400, Json.object().put("created", created).set("error", filtered()));
    }
}
