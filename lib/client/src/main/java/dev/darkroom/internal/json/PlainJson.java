package dev.darkroom.internal.json;

import java.io.OutputStream;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * JSON as {@link JsonMapper#shared()} reads and writes it, but by Jackson's streaming half alone, where that is enough: a mapper
 * is seven hundred classes, a third of what a JVM loads until its first picture, and prepares each type under a lock, for which an
 * event loop would wait.
 */
public final class PlainJson {

    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private PlainJson() {}

    /** Who writes JSON in UTF-8. */
    public static JsonGenerator writer(OutputStream out) {
        return JSON.createGenerator(ObjectWriteContext.empty(), out);
    }

    /**
     * Writes a value: null, a string, a number, a boolean, a list or a map of them, or whatever else a mapper knows.
     *
     * @throws tools.jackson.core.JacksonException if it does not
     */
    public static void write(JsonGenerator json, @Nullable Object value) {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Number number) {
            write(json, number);
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                write(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> map && areNames(map.keySet())) {
            json.writeStartObject();
            for (var member : map.entrySet()) {
                json.writeName((String) member.getKey());
                write(json, member.getValue());
            }
            json.writeEndObject();
        } else {
            other(json, value);
        }
    }

    private static void write(JsonGenerator json, Number number) {
        if (number instanceof Integer integer) {
            json.writeNumber(integer);
        } else if (number instanceof Long integer) {
            json.writeNumber(integer);
        } else if (number instanceof Double decimal) {
            json.writeNumber(decimal);
        } else if (number instanceof Float decimal) {
            json.writeNumber(decimal);
        } else if (number instanceof BigDecimal decimal) {
            json.writeNumber(decimal);
        } else if (number instanceof BigInteger integer) {
            json.writeNumber(integer);
        } else {
            other(json, number);
        }
    }

    private static boolean areNames(Iterable<?> keys) {
        for (Object key : keys) {
            if (!(key instanceof String)) {
                return false;
            }
        }
        return true;
    }

    private static void other(JsonGenerator json, Object value) {
        json.writeRawValue(JsonMapper.shared().writeValueAsString(value));
    }

    /**
     * A value as text.
     *
     * @throws tools.jackson.core.JacksonException if a mapper does not know it
     */
    public static String text(Object value) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            write(json, value);
        }
        return text.toString();
    }

    /**
     * Reads the one value of a text; a missing node of an empty one.
     *
     * @throws tools.jackson.core.JacksonException if it is no JSON, or something stands behind the value
     */
    public static JsonNode tree(byte[] text) {
        try (var json = JSON.createParser(ObjectReadContext.empty(), text)) {
            var token = json.nextToken();
            if (token == null) {
                return NODES.missingNode();
            }
            var tree = tree(json, token);
            if (json.nextToken() != null) {
                throw new StreamReadException(json, "something stands behind the value");
            }
            return tree;
        }
    }

    private static JsonNode tree(JsonParser json, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> array(json);
            case VALUE_STRING -> NODES.stringNode(json.getString());
            case VALUE_NUMBER_INT -> integer(json);
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(json.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new StreamReadException(json, "this is no value");
        };
    }

    private static JsonNode object(JsonParser json) {
        var object = NODES.objectNode();
        for (var name = json.nextName(); name != null; name = json.nextName()) {
            object.set(name, tree(json, json.nextToken()));
        }
        return object;
    }

    private static JsonNode array(JsonParser json) {
        var array = NODES.arrayNode();
        for (var token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            array.add(tree(json, token));
        }
        return array;
    }

    private static JsonNode integer(JsonParser json) {
        return switch (json.getNumberType()) {
            case INT -> NODES.numberNode(json.getIntValue());
            case LONG -> NODES.numberNode(json.getLongValue());
            default -> NODES.numberNode(json.getBigIntegerValue());
        };
    }
}
