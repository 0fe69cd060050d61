package dev.darkroom.emulator.gateway.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.gateway.common.FieldFaults;
import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.common.RenderedPart;
import dev.darkroom.emulator.picture.Format;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of an answer: one candidate of the model, whole or a piece of it.
 *
 * @param model the model's id
 * @param id of the response
 * @param format of its images
 * @param faults of single fields
 */
record AnswerJson(String model, String id, Format format, FieldFaults faults) {

    static final String STOP = "STOP";

    /** A candidate with some parts; without an end it goes on. */
    ObjectNode candidate(List<ObjectNode> parts, @Nullable String finish, ObjectNode usage) {
        var json = Json.object();
        var candidate = json.putArray("candidates").addObject();
        var content = candidate.putObject("content");
        if (!parts.isEmpty()) {
            content.putArray("parts").addAll(parts);
        }
        content.put("role", "model");
        if (finish != null) {
            candidate.put("finishReason", finish);
        }
        candidate.put("index", 0);
        if (finish != null && !finish.equals(STOP)) {
            candidate.put("finishMessage", message(finish));
        }
        return end(json, usage);
    }

    /** What comes of a prompt that is flagged: no candidate, and why. */
    ObjectNode blocked(ObjectNode usage) {
        var json = Json.object();
        json.putObject("promptFeedback").put("blockReason", "PROHIBITED_CONTENT");
        return end(json, usage);
    }

    private ObjectNode end(ObjectNode json, ObjectNode usage) {
        if (faults.usage()) {
            json.set("usageMetadata", usage);
        }
        return faults.fields(json.put("modelVersion", model).put("responseId", id));
    }

    static ObjectNode text(String text) {
        return Json.object().put("text", text);
    }

    /** A thought in words. */
    static ObjectNode thought(String text) {
        return text(text).put("thought", true);
    }

    /** A draft: an image among the thoughts. */
    ObjectNode draft(byte[] file) {
        return image(file).put("thought", true);
    }

    /** A finished image, signed as the thinking models sign it. */
    ObjectNode picture(RenderedPart.Finished part, boolean signed) {
        var json = image(part.file());
        return signed
                ? json.put("thoughtSignature", Json.base64(("signature of " + part.image()).getBytes(UTF_8)))
                : json;
    }

    private ObjectNode image(byte[] file) {
        var json = Json.object();
        var data = json.putObject("inlineData");
        if (faults.fault() != Fault.NO_MEDIA_TYPE) {
            data.put("mimeType", format.mediaType());
        }
        data.put("data", faults.base64(file, format.mediaType()));
        return json;
    }

    private static String message(String finish) {
        return finish.equals("NO_IMAGE")
                ? "The model did not generate the image."
                : "Unable to show the generated image. The image was filtered out because it violated Google's"
                        + " Responsible AI practices.";
    }

    /** Tokens of one modality, as both lists of details hold them. */
    static void tokens(ArrayNode details, String modality, long count) {
        if (count > 0) {
            details.addObject().put("modality", modality).put("tokenCount", count);
        }
    }
}
