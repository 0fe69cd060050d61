package dev.darkroom.internal.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the wire room is held against: the same standards read the simplest way, everything at once, as strings, with
 * regular expressions, Jackson's own tree and plain {@link Base64}.
 */
final class PlainReading {

    static final JsonMapper JACKSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Pattern DATA_URL =
            Pattern.compile("data:([^,]*?); *base64,(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private PlainReading() {}

    static List<Event> events(byte[] stream) {
        var text = new String(stream, UTF_8);
        text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        var lines = new ArrayList<>(List.of(text.split("\r\n|\n|\r", -1)));
        lines.remove(lines.size() - 1);
        var events = new ArrayList<Event>();
        String type = "";
        String id = "";
        StringBuilder data = new StringBuilder();
        for (String line : lines) {
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    data.setLength(data.length() - 1);
                    events.add(new Event(type.isEmpty() ? "message" : type, data.toString(), id));
                }
                data.setLength(0);
                type = "";
                continue;
            }
            int colon = line.indexOf(':');
            var name = colon < 0 ? line : line.substring(0, colon);
            var value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            switch (name) {
                case "data" -> data.append(value).append('\n');
                case "event" -> type = value;
                case "id" -> id = value.indexOf(0) < 0 ? value : id;
                default -> {}
            }
        }
        return events;
    }

    /** The tree of a text; null if it is no JSON. */
    static @Nullable JsonNode json(String text) {
        try {
            var tree = JACKSON.readTree(text);
            return tree.isMissingNode() ? null : tree;
        } catch (JacksonException e) {
            return null;
        }
    }

    /** The tree of a document; null if it is no JSON or no UTF-8. */
    static @Nullable JsonNode json(byte[] document) {
        try {
            var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
            return json(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** The bytes of a base64 text or data URL; null if it is neither. */
    static byte @Nullable [] bytes(String text) {
        var url = DATA_URL.matcher(text);
        var base64 = (url.matches() ? url.group(2) : text).replaceAll("[ \t\n\f\r]", "");
        if (base64.length() % 4 == 0) {
            base64 = base64.replaceAll("==?$", "");
        }
        if (base64.length() % 4 == 1 || !base64.matches("[A-Za-z0-9+/]*+")) {
            return null;
        }
        return Base64.getDecoder().decode(base64.getBytes(ISO_8859_1));
    }
}
