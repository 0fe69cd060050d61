package dev.darkroom.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Recordings of the real service, where there are any: in the folder which the property {@code wire.fixtures} names. */
final class Recorded {

    private Recorded() {}

    /** A recorded JSON file. Skips the test, visibly, if there are no recordings. */
    static Optional<JsonNode> file(String name) {
        return text(name).map(Asker::parse);
    }

    static Optional<String> text(String name) {
        String folder = System.getProperty("wire.fixtures", "");
        if (folder.isEmpty()) {
            System.out.println("SKIPPED: no recordings (wire.fixtures is empty), wanted " + name);
            Assumptions.abort("wire.fixtures is empty");
        }
        try {
            return Optional.of(Files.readString(Path.of(folder, name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every field's path and type: what a shape is, whatever the values. */
    static Set<String> fields(JsonNode json) {
        var fields = new TreeSet<String>();
        collect("", json, fields);
        return fields;
    }

    private static void collect(String path, JsonNode node, Set<String> fields) {
        if (node instanceof ObjectNode object) {
            object.forEachEntry((name, value) -> collect(path + "/" + name, value, fields));
        } else if (node instanceof ArrayNode array) {
            array.forEach(item -> collect(path + "[]", item, fields));
        } else {
            fields.add(path + ": " + node.getNodeType());
        }
    }
}
