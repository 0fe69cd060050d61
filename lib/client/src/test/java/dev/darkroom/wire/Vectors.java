package dev.darkroom.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;

/** Test vectors by others, which lie outside this repository: the folder is the system property {@code wire.vectors}. */
final class Vectors {

    private Vectors() {}

    /** A folder or file with vectors. Where there is none, the test is skipped and says so. */
    static Path at(String path) {
        var folder = System.getProperty("wire.vectors", "");
        if (folder.isBlank()) {
            System.out.println(
                    "SKIPPED " + path + ": no vectors by others; name their folder with -Dwire.vectors=<folder>");
            Assumptions.abort("wire.vectors is not set");
        }
        return Path.of(folder).resolve(path);
    }

    static JsonNode json(Path file) {
        return PlainReading.JACKSON.readTree(bytes(file));
    }

    static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
