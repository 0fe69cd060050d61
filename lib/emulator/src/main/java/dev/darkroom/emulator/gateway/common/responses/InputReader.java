package dev.darkroom.emulator.gateway.common.responses;

import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.gateway.common.ReferenceImages;
import dev.darkroom.emulator.gateway.common.openai.Errors;
import dev.darkroom.emulator.picture.Reference;
import dev.darkroom.emulator.server.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Reads an input: a text, or messages of texts and images, among which items of earlier responses may stand.
 *
 * <p>An image is a {@code data:} URL, another URL which is never fetched, or the id of a file.
 */
final class InputReader {

    private static final byte[] NOT_SEEN = {};

    private final Function<String, Optional<byte[]>> earlier;
    private final StringBuilder prompt = new StringBuilder();
    private final List<Seen> images = new ArrayList<>();

    /**
     * An image of an input.
     *
     * @param reference what it looks like
     * @param file its file, empty if it was not seen
     */
    @SuppressWarnings("ArrayRecordComponent") // megabytes, made for one reader
    record Seen(Reference reference, byte[] file) {}

    /** Knows the images of earlier responses by the ids of their items. */
    InputReader(Function<String, Optional<byte[]>> earlier) {
        this.earlier = earlier;
    }

    void read(JsonNode input) {
        if (input.isString()) {
            say(input.stringValue());
            return;
        }
        if (!input.isArray()) {
            throw invalid("Invalid type for 'input': expected a string or an array.", "input", "invalid_type");
        }
        for (int i = 0; i < input.size(); i++) {
            item(input.path(i), "input[" + i + "]");
        }
    }

    String prompt() {
        return prompt.toString();
    }

    List<Seen> images() {
        return images;
    }

    void see(byte[] file) {
        Reference.decode(file).ifPresent(reference -> images.add(new Seen(reference, file)));
    }

    private void say(String text) {
        prompt.append(prompt.isEmpty() || text.isEmpty() ? "" : "\n").append(text);
    }

    private void item(JsonNode item, String name) {
        switch (item.path("type").asString("message")) {
            case "message" -> message(item, name);
            case "image_generation_call", "item_reference" -> earlierItem(item, name);
            default -> {} // what else was said and done before
        }
    }

    private void message(JsonNode message, String name) {
        var content = message.path("content");
        if (content.isString()) {
            say(content.stringValue());
            return;
        }
        for (int i = 0; i < content.size(); i++) {
            part(content.path(i), name + ".content[" + i + "]");
        }
    }

    private void part(JsonNode part, String name) {
        switch (part.path("type").asString("")) {
            case "input_text", "output_text" -> say(part.path("text").asString(""));
            case "input_image" -> image(part, name);
            default ->
                throw invalid(
                        "Invalid value: '" + part.path("type").asString("") + "'.", name + ".type", "invalid_value");
        }
    }

    private void image(JsonNode part, String name) {
        if (part.path("file_id").isString()) {
            images.add(new Seen(Reference.known(part.path("file_id").stringValue()), NOT_SEEN));
            return;
        }
        var url = part.path("image_url").asString("");
        var reference = ReferenceImages.of(url)
                .orElseThrow(() -> invalid(
                        "Invalid 'image_url': it is no URL, or the image data you provided does not represent a valid"
                                + " image.",
                        name + ".image_url",
                        "invalid_value"));
        images.add(new Seen(reference, ReferenceImages.dataUrl(url).orElse(NOT_SEEN)));
    }

    private void earlierItem(JsonNode item, String name) {
        var id = item.path("id").asString("");
        var file = earlier.apply(id);
        if (file.isPresent()) {
            see(file.get());
        } else if (id.startsWith("ig_")) {
            throw new ErrorReplyException(
                    Errors.error(404, "Item with id '" + id + "' not found.", "invalid_request_error", name, null));
        }
    }

    private static ErrorReplyException invalid(String message, String param, String code) {
        Reply reply = Errors.invalid(message, param, code);
        return new ErrorReplyException(reply);
    }
}
