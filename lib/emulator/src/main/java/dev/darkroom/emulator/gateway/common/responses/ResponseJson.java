package dev.darkroom.emulator.gateway.common.responses;

import dev.darkroom.emulator.gateway.common.FieldFaults;
import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.common.openai.Usage;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A response as a whole, field by field as recorded.
 *
 * @param id its handle
 * @param created Unix seconds
 * @param request what was asked for
 * @param terse whether it is as recorded at Azure
 * @param faults of single fields
 */
record ResponseJson(String id, long created, CreateRequest request, boolean terse, FieldFaults faults) {

    private static final int CHARS_PER_TOKEN = 4;
    private static final int OUTPUT_TOKENS = 40;

    /** What it says of itself in a state: its items so far, and what ended it early. */
    ObjectNode of(String status, List<ObjectNode> output) {
        var json = Json.object()
                .put("id", id)
                .put("object", "response")
                .put("created_at", faults.created(created))
                .put("status", status)
                .put("background", request.background());
        boolean ended = status.equals("completed");
        json.set(
                "completed_at",
                ended ? Json.object().numberNode(created) : Json.object().nullNode());
        if (terse) {
            json.putNull("content_filters");
        }
        if (status.equals("failed")) {
            json.putObject("error")
                    .put("code", "server_error")
                    .put("message", "An error occurred while processing your request.");
        } else {
            json.putNull("error");
        }
        if (status.equals("incomplete")) {
            json.putObject("incomplete_details").put("reason", "content_filter");
        } else {
            json.putNull("incomplete_details");
        }
        said(json, "instructions");
        json.putNull("max_output_tokens").putNull("max_tool_calls").put("model", request.model());
        var items = json.putArray("output");
        output.forEach(items::add);
        json.put("parallel_tool_calls", true).put("previous_response_id", request.previous());
        said(json, "prompt_cache_key");
        said(json, "prompt_cache_retention");
        json.putObject("reasoning")
                .put("effort", request.reasons() ? "medium" : null)
                .putNull("summary");
        said(json, "safety_identifier");
        json.put("service_tier", "auto").put("store", request.store()).put("temperature", 1);
        json.putObject("text").put("verbosity", "medium").putObject("format").put("type", "text");
        json.set(
                "tool_choice",
                request.body().path("tool_choice").isMissingNode()
                        ? Json.object().stringNode("auto")
                        : request.body().path("tool_choice"));
        var tools = json.putArray("tools");
        if (request.tool() != null) {
            tools.add(request.tool());
        }
        json.put("top_logprobs", 0).put("top_p", 1).put("truncation", "disabled");
        usage(json, status, output);
        said(json, "user");
        JsonNode metadata = request.body().path("metadata");
        json.set("metadata", metadata.isObject() ? metadata : Json.object());
        return json;
    }

    /** As the request says it, or null. */
    private void said(ObjectNode json, String name) {
        JsonNode value = request.body().path(name);
        json.set(name, value.isMissingNode() ? json.nullNode() : value);
    }

    /** What the model was paid for, and beside it what the tool was. */
    private void usage(ObjectNode json, String status, List<ObjectNode> output) {
        boolean billed = status.equals("completed") || status.equals("incomplete");
        if (!billed || !faults.usage()) {
            json.putNull("usage");
            return;
        }
        long input = Math.max(1, request.prompt().length() / CHARS_PER_TOKEN);
        var usage = json.putObject("usage").put("input_tokens", input);
        usage.putObject("input_tokens_details").put("cached_tokens", 0).put("cache_write_tokens", 0);
        usage.put("output_tokens", OUTPUT_TOKENS)
                .put("total_tokens", input + OUTPUT_TOKENS)
                .putObject("output_tokens_details")
                .put("reasoning_tokens", 0);
        if (request.picture() != null) {
            int images = (int) output.stream()
                    .filter(item -> item.path("result").isString())
                    .count();
            int partials = request.stream() ? images * request.partials() : 0;
            var tools = json.putObject("tool_usage");
            tools.set(
                    "image_gen",
                    Usage.of(
                                    request.picture(),
                                    request.prompt(),
                                    request.references().size(),
                                    images,
                                    partials)
                            .document());
            tools.putObject("web_search").put("num_requests", 0);
        }
    }
}
