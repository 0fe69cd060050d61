package dev.darkroom.emulator.gateway.common.responses;

import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.common.openai.Model;
import dev.darkroom.emulator.gateway.common.openai.PictureOptions;
import dev.darkroom.emulator.gateway.common.openai.Usage;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/**
 * The items of an output, field by field as recorded.
 *
 * @param request what was asked for
 * @param terse whether a picture's item is left at {@code generating} when it is done, as recorded at Azure
 */
record Items(CreateRequest request, boolean terse) {

    private static final String FLAGGED =
            "Your request was rejected by the safety system. If you believe this is an error, contact us at"
                    + " help.openai.com and include the request ID req_emulator. safety_violations=[violence].";

    static ObjectNode reasoning(String id) {
        var item = Json.object().put("id", id).put("type", "reasoning");
        item.putArray("summary");
        return item;
    }

    static ObjectNode image(String id) {
        return Json.object().put("id", id).put("type", "image_generation_call").put("status", "in_progress");
    }

    ObjectNode finished(String id, String base64, long bytes) {
        var picture = picture();
        var item = image(id)
                .put("status", terse ? "generating" : "completed")
                .put("action", request.references().isEmpty() ? "generate" : "edit")
                .put("background", picture.background())
                .put("output_format", picture.outputFormat())
                .put("quality", picture.quality())
                .put("result", base64)
                .put("revised_prompt", Model.revised(request.prompt()))
                .put("size", picture.size().toString());
        if (!picture.author().isEmpty()) {
            item.set("svg_usage", Usage.ofMarkup(picture.author(), request.prompt(), bytes));
        }
        return item;
    }

    static ObjectNode failed(String id, boolean flagged) {
        var item = image(id).put("status", "failed").putNull("result");
        var error = item.putObject("error")
                .put("code", flagged ? "moderation_blocked" : "image_generation_failed")
                .put("message", flagged ? FLAGGED : "Image generation failed")
                .putNull("param")
                .put("type", flagged ? "image_generation_user_error" : "image_generation_server_error");
        if (flagged) {
            var details = error.putObject("moderation_details");
            details.putArray("categories").add("violence");
            details.put("moderation_stage", "output");
        }
        return item;
    }

    /** A message which says something, or nothing yet. */
    static ObjectNode message(String id, String text) {
        var item = Json.object()
                .put("id", id)
                .put("type", "message")
                .put("status", text.isEmpty() ? "in_progress" : "completed");
        var content = item.putArray("content");
        if (!text.isEmpty()) {
            content.add(text(text));
        }
        return item.put("role", "assistant");
    }

    static ObjectNode text(String text) {
        var part = Json.object().put("type", "output_text");
        part.putArray("annotations");
        part.putArray("logprobs");
        return part.put("text", text);
    }

    /** What a preview says of its picture. */
    ObjectNode preview(ObjectNode event) {
        var picture = picture();
        return event.put("size", picture.size().toString())
                .put("quality", picture.quality())
                .put("background", picture.background())
                .put("output_format", picture.outputFormat());
    }

    private PictureOptions picture() {
        return Objects.requireNonNull(request.picture());
    }
}
