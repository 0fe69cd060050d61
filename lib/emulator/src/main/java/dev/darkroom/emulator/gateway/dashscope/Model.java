package dev.darkroom.emulator.gateway.dashscope;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A model.
 *
 * @param id its name
 * @param endpoints where it is asked
 * @param most how many images one request may have
 * @param usual how many it makes if the request does not say
 * @param sizes which sizes it takes
 * @param usualSize the size if the request names none
 * @param references how many pictures it takes
 */
record Model(String id, Set<Endpoint> endpoints, int most, int usual, Sizes sizes, String usualSize, int references) {

    private static final Set<Endpoint> MESSAGES = Set.of(Endpoint.MULTIMODAL, Endpoint.IMAGE);
    private static final Sizes FIXED =
            Sizes.oneOf("1664*928", "1472*1104", "1472*1140", "1328*1328", "1104*1472", "1140*1472", "928*1664");

    private static final List<Model> ALL = List.of(
            new Model(
                    "wan2.7-image-pro", MESSAGES, 4, 4, Sizes.between(768, 4096).orTier(), "2048*2048", 9),
            new Model("wan2.7-image", MESSAGES, 4, 4, Sizes.between(768, 2048).orTier(), "2048*2048", 9),
            new Model("wan2.6-t2i", MESSAGES, 4, 4, Sizes.between(1280, 1440), "1280*1280", 0),
            new Model(
                    "qwen-image-3.0-pro", Set.of(Endpoint.MULTIMODAL), 6, 1, Sizes.between(512, 2048), "2048*2048", 3),
            new Model(
                    "qwen-image-2.0-pro", Set.of(Endpoint.MULTIMODAL), 6, 1, Sizes.between(512, 2048), "2048*2048", 3),
            new Model("qwen-image-max", Set.of(Endpoint.MULTIMODAL), 1, 1, FIXED, "1664*928", 0),
            new Model("qwen-image-plus", Set.of(Endpoint.MULTIMODAL, Endpoint.TEXT2IMAGE), 1, 1, FIXED, "1664*928", 0),
            new Model("wan2.2-t2i-flash", Set.of(Endpoint.TEXT2IMAGE), 4, 4, Sizes.between(512, 1440), "1024*1024", 0));

    static List<String> ids() {
        return ALL.stream().map(Model::id).toList();
    }

    static Optional<Model> find(String id) {
        return ALL.stream().filter(model -> model.id.equals(id)).findFirst();
    }

    /** Qwen's answers have all images in one choice, and count pixels; Wan's have a choice for each, and count tokens. */
    boolean isQwen() {
        return id.startsWith("qwen");
    }
}
