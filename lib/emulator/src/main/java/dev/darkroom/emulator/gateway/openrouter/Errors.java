package dev.darkroom.emulator.gateway.openrouter;

import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.server.Reply;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The router's error bodies. There are four shapes: the documented one, the availability one and the validator's
 * here; the {@code error} event of a stream in {@code Events}.
 *
 * @see <a href="https://openrouter.ai/docs/api-reference/errors">OpenRouter, errors</a>
 */
final class Errors {

    static final String USER = "user_emulator";

    private Errors() {}

    /** The documented shape: an integer {@code code}, a message. */
    static Reply error(int status, String message) {
        return Replies.json(status, body(status, message));
    }

    /** The documented shape with metadata. */
    static Reply error(int status, String message, ObjectNode metadata) {
        var body = body(status, message);
        ((ObjectNode) body.path("error")).set("metadata", metadata);
        return Replies.json(status, body);
    }

    static Reply invalid(String what) {
        return error(400, "Invalid request parameters: " + what);
    }

    /** What a failed match of parameters and endpoints looks like. */
    static Reply unroutable(String model, String provider, List<Rejection> rejections) {
        var values = String.join(", ", rejections.stream().map(Rejection::asked).toList());
        var reasons = String.join("; ", rejections.stream().map(Rejection::why).toList());
        return error(
                400,
                "No provider for " + model + " supports the requested parameter(s): " + values
                        + ". Provider rejections: " + provider + ": " + reasons,
                funnel("Filter by Image Capabilities"));
    }

    static ObjectNode funnel(String failedStep) {
        var metadata = Json.object();
        metadata.putArray("routing_funnel")
                .addObject()
                .put("step", "Initial Endpoints")
                .put("endpoint_count", 1);
        return metadata.put("failed_routing_step", failedStep);
    }

    /** The availability shape: no {@code code}. */
    static Reply availability(int status, String type, String message, ObjectNode availability) {
        var body = Json.object();
        var error = body.putObject("error");
        error.put("message", message).put("error_type", type).put("http_status", status);
        error.set("availability", availability);
        error.putObject("metadata").putArray("previous_errors");
        return Replies.json(status, body);
    }

    /** The validator's shape: no {@code code}, the findings as JSON in a string. */
    static Reply zod(String path, String expected, String received) {
        var findings = """
                [
                  {
                    "expected": "%1$s",
                    "code": "invalid_type",
                    "path": [
                      "%2$s"
                    ],
                    "message": "Invalid input: expected %1$s, received %3$s"
                  }
                ]""".formatted(expected, path, received);
        var body = Json.object().put("success", false);
        body.putObject("error").put("name", "ZodError").put("message", findings);
        return Replies.json(400, body);
    }

    static ObjectNode body(int status, String message) {
        var body = Json.object();
        body.putObject("error").put("message", message).put("code", status);
        return body;
    }

    /** A parameter no provider takes. */
    record Rejection(String parameter, String value, String reason) {
        String asked() {
            return parameter + " \"" + value + "\"";
        }

        String why() {
            return parameter + ": " + reason;
        }
    }
}
