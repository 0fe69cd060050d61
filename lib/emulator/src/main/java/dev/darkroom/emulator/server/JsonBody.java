package dev.darkroom.emulator.server;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A request's JSON, whole for the gateway, without its images for the journal. */
final class JsonBody {

    private static final int LONG = 4096;
    private static final int SHOWN = 64;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE) // the body as a whole is bounded
                            .build())
                    .build())
            .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonBody() {}

    /** The body, or null if it is empty or not JSON. */
    static @Nullable JsonNode parse(byte[] body) {
        try {
            var json = JSON.readTree(body);
            return json == null || json.isMissingNode() ? null : json;
        } catch (JacksonException e) {
            return null;
        }
    }

    /** A copy without long strings. */
    static JsonNode shortened(JsonNode node) {
        if (node instanceof ObjectNode object) {
            var copy = NODES.objectNode();
            object.properties().forEach(entry -> copy.set(entry.getKey(), shortened(entry.getValue())));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            var copy = NODES.arrayNode();
            array.forEach(item -> copy.add(shortened(item)));
            return copy;
        }
        if (node.isString() && node.stringValue().length() > LONG) {
            String text = node.stringValue();
            return NODES.stringNode(text.substring(0, SHOWN) + "… (" + text.length() + " characters)");
        }
        return node;
    }
}
