package dev.darkroom.emulator.gateway.common;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.darkroom.emulator.server.Reply;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writing JSON. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /**
     * An object to fill.
     *
     * @return an empty object
     */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * The text of a document.
     *
     * @param json the document
     * @return UTF-8, in one line
     */
    public static byte[] bytes(JsonNode json) {
        return MAPPER.writeValueAsBytes(json);
    }

    /**
     * A document read.
     *
     * @param text UTF-8
     * @return the document
     */
    public static JsonNode read(byte[] text) {
        return MAPPER.readTree(text);
    }

    /**
     * A reply which is one document.
     *
     * @param status the HTTP status
     * @param json the document
     * @return the reply
     */
    public static Reply reply(int status, JsonNode json) {
        return Reply.document(status, "application/json", bytes(json));
    }

    /**
     * A file as text.
     *
     * @param file the file
     * @return base64 with padding, without line breaks
     */
    public static String base64(byte[] file) {
        return new String(Base64.getEncoder().encode(file), ISO_8859_1);
    }
}
