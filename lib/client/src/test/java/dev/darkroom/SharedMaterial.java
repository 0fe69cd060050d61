package dev.darkroom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Test material by others, which lies beside the repository and is named by a property; never part of it. */
public final class SharedMaterial {

    private SharedMaterial() {}

    /** The file; without it the test is skipped, and says so where everybody sees it. */
    public static Path file(String property, String name) {
        var folder = System.getProperty(property, "");
        var file = Path.of(folder.isEmpty() ? "absent" : folder, name);
        if (!Files.exists(file)) {
            System.out.println("SKIPPED for lack of " + name + " (folder given by -D" + property + "=…)");
            Assumptions.abort("no " + name);
        }
        return file;
    }

    public static byte[] bytes(String property, String name) {
        try {
            return Files.readAllBytes(file(property, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode json(String property, String name) {
        return JsonMapper.shared().readTree(bytes(property, name));
    }
}
