package dev.darkroom.emulator.gateway.chat;

import dev.darkroom.emulator.gateway.common.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model. Its name decides where its images stand: the relays of the world do not agree.
 *
 * @param id its name
 * @param place where its images stand
 * @param byUrl whether they are http URLs instead of {@code data:} URLs
 * @param router whether it is OpenRouter's: asked for by {@code modalities}, answered with cost and provider
 */
record Model(String id, Place place, boolean byUrl, boolean router) {

    /** Where images stand in an answer. */
    enum Place {
        /** In {@code message.images}, in a stream {@code delta.images}. */
        IMAGES,
        /** In the text, as Markdown. */
        MARKDOWN,
        /** In {@code content}, which is a list of parts. */
        PARTS
    }

    private static final List<Model> ALL = List.of(
            new Model("google/gemini-3.1-flash-image", Place.IMAGES, false, true),
            new Model("google/gemini-3-pro-image", Place.IMAGES, false, true),
            new Model("openai/gpt-5-image-mini", Place.IMAGES, false, true),
            new Model("relay/images", Place.IMAGES, false, false),
            new Model("relay/images-by-url", Place.IMAGES, true, false),
            new Model("relay/markdown", Place.MARKDOWN, false, false),
            new Model("relay/markdown-by-url", Place.MARKDOWN, true, false),
            new Model("relay/content-parts", Place.PARTS, false, false),
            new Model("relay/content-parts-by-url", Place.PARTS, true, false));

    static List<String> ids() {
        return ALL.stream().map(Model::id).toList();
    }

    static Optional<Model> find(String id) {
        return ALL.stream().filter(model -> model.id.equals(id)).findFirst();
    }

    static ObjectNode listing() {
        var json = Json.object().put("object", "list");
        var data = json.putArray("data");
        ALL.forEach(model -> data.add(model.item()));
        return json;
    }

    private ObjectNode item() {
        var json = Json.object().put("id", id).put("object", "model").put("owned_by", id.split("/", 2)[0]);
        var architecture = json.putObject("architecture");
        architecture.putArray("input_modalities").add("image").add("text");
        architecture.putArray("output_modalities").add("image").add("text");
        return json;
    }
}
