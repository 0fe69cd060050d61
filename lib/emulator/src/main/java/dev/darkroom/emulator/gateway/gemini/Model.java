package dev.darkroom.emulator.gateway.gemini;

import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.picture.Format;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model.
 *
 * @param id its name
 * @param format of its files unless the request names another
 * @param thinks whether it makes interim images
 * @param shows whether it shows them though nobody asked: one does, as reported
 * @param sizes what it takes as {@code imageSize}; none if it knows no such field
 * @param ratios what it takes as {@code aspectRatio}
 * @param tokensPerImage of a picture of 1K
 */
record Model(
        String id,
        Format format,
        boolean thinks,
        boolean shows,
        List<String> sizes,
        List<String> ratios,
        int tokensPerImage) {

    private static final List<String> RATIOS =
            List.of("1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9");
    private static final List<String> STEEP = List.of("1:4", "4:1", "1:8", "8:1");

    private static final List<Model> ALL = List.of(
            new Model(
                    "gemini-3.1-flash-image",
                    Format.JPEG,
                    true,
                    false,
                    List.of("512", "1K", "2K", "4K"),
                    Stream.concat(RATIOS.stream(), STEEP.stream()).toList(),
                    1120),
            new Model("gemini-3-pro-image", Format.JPEG, true, true, List.of("1K", "2K", "4K"), RATIOS, 1120),
            new Model("gemini-2.5-flash-image", Format.PNG, false, false, List.of(), RATIOS, 1290));

    static List<String> ids() {
        return ALL.stream().map(Model::id).toList();
    }

    static Optional<Model> find(String id) {
        return ALL.stream().filter(model -> model.id.equals(id)).findFirst();
    }

    ObjectNode listing() {
        var json = Json.object()
                .put("name", "models/" + id)
                .put("version", "001")
                .put("displayName", id)
                .put("inputTokenLimit", 65536)
                .put("outputTokenLimit", 32768);
        json.putArray("supportedGenerationMethods").add("generateContent").add("countTokens");
        return json.put("thinking", thinks);
    }
}
