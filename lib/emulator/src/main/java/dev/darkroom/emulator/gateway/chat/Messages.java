package dev.darkroom.emulator.gateway.chat;

import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.gateway.common.ReferenceImages;
import dev.darkroom.emulator.picture.Reference;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What is asked for: the words of all messages of the user, and the pictures of all messages.
 *
 * @param prompt the words
 * @param references the pictures
 */
record Messages(String prompt, List<Reference> references) {

    static Messages read(List<JsonNode> messages, FieldErrors errors) {
        var words = new ArrayList<String>();
        var pictures = new ArrayList<Reference>();
        for (int i = 0; i < messages.size(); i++) {
            var message = messages.get(i);
            boolean user = message.path("role").asString("").equals("user");
            if (message.path("content").isString() && user) {
                words.add(message.path("content").stringValue());
            }
            for (var part : message.path("content")) {
                switch (part.path("type").asString("")) {
                    case "text" -> words.add(user ? part.path("text").asString("") : "");
                    case "image_url" -> pictures.add(picture(part, "messages." + i, errors));
                    default ->
                        throw new ErrorReplyException(
                                errors.invalid("messages." + i + ".content", "has an unknown type"));
                }
            }
        }
        var prompt = String.join("\n", words).strip();
        if (prompt.isEmpty()) {
            throw new ErrorReplyException(errors.missing("messages"));
        }
        return new Messages(prompt, List.copyOf(pictures));
    }

    private static Reference picture(JsonNode part, String place, FieldErrors errors) {
        return ReferenceImages.of(part.path("image_url").path("url").asString(""))
                .orElseThrow(() -> new ErrorReplyException(
                        errors.invalid(place + ".content", "must hold URLs or data URLs of images")));
    }
}
