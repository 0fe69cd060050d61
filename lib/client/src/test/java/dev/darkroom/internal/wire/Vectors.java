package dev.darkroom.internal.wire;

import dev.darkroom.testsupport.Material;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Test vectors by others, which lie outside this repository: the folder is the system property {@code wire.vectors}. */
final class Vectors {

    private Vectors() {}

    /** A folder or file with vectors. */
    static Path at(String path) {
        return Material.file("wire.vectors", path);
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
