package dev.darkroom.emulator;

import dev.darkroom.testsupport.Material;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Recordings of the real service, where there are any: in the folder which the property {@code wire.fixtures} names. */
final class Recorded {

    private Recorded() {}

    /** A recorded JSON file. Skips the test, visibly, if there are no recordings. */
    static Optional<JsonNode> file(String name) {
        return text(name).map(TestClient::parse);
    }

    static Optional<String> text(String name) {
        return Optional.of(new String(Material.bytes("wire.fixtures", name), StandardCharsets.UTF_8));
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
