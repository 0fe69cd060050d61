package dev.darkroom.emulator.gateway.gemini;

import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.picture.Reference;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What is asked for: the words of all turns of the user, and the pictures of all turns.
 *
 * @param prompt the words
 * @param references the pictures
 */
record Contents(String prompt, List<Reference> references) {

    static Contents read(List<JsonNode> turns) {
        if (turns.isEmpty()) {
            throw new ErrorReplyException(new FieldErrors().missing("contents"));
        }
        var words = new ArrayList<String>();
        var pictures = new ArrayList<Reference>();
        for (var turn : turns) {
            var role = turn.path("role").asString("user");
            if (!role.equals("user") && !role.equals("model")) {
                throw new ErrorReplyException(Errors.invalid("Please use a valid role: user, model."));
            }
            for (var part : turn.path("parts")) {
                if (part.has("text") && role.equals("user")) {
                    words.add(part.path("text").asString(""));
                }
                picture(part).ifPresent(pictures::add);
            }
        }
        var prompt = String.join("\n", words);
        if (prompt.isBlank()) {
            throw new ErrorReplyException(
                    Errors.invalid("Unable to submit request because it must have a text parameter."));
        }
        return new Contents(prompt, List.copyOf(pictures));
    }

    private static Optional<Reference> picture(JsonNode part) {
        var data = either(part, "inlineData", "inline_data");
        if (!data.isMissingNode()) {
            return Optional.of(inline(data));
        }
        var file = either(part, "fileData", "file_data");
        return file.isMissingNode()
                ? Optional.empty()
                : Optional.of(
                        Reference.known(either(file, "fileUri", "file_uri").asString("")));
    }

    private static Reference inline(JsonNode data) {
        var type = either(data, "mimeType", "mime_type").asString("");
        if (!type.startsWith("image/")) {
            throw new ErrorReplyException(Errors.invalid("Unsupported MIME type: " + type));
        }
        try {
            return Reference.decode(Base64.getDecoder().decode(data.path("data").asString("")))
                    .orElseThrow(() -> new ErrorReplyException(Errors.invalid("Unable to process input image.")));
        } catch (IllegalArgumentException e) {
            throw new ErrorReplyException(
                    Errors.badField("contents[0].parts[0].inline_data.data", "Base64 decoding failed"));
        }
    }

    private static JsonNode either(JsonNode json, String camel, String snake) {
        return json.has(camel) ? json.path(camel) : json.path(snake);
    }
}
