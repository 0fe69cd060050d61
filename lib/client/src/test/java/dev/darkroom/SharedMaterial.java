package dev.darkroom;

import dev.darkroom.testsupport.Material;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@link Material} by others, also as JSON. */
public final class SharedMaterial {

    private SharedMaterial() {}

    public static Path file(String property, String name) {
        return Material.file(property, name);
    }

    public static byte[] bytes(String property, String name) {
        return Material.bytes(property, name);
    }

    public static JsonNode json(String property, String name) {
        return JsonMapper.shared().readTree(bytes(property, name));
    }
}
