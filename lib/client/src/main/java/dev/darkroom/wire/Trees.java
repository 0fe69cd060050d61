package dev.darkroom.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Builds the tree of one payload from what is left of its text once the long strings are lifted out.
 *
 * <p>A lifted string left an empty one behind. Which of the empty ones that are, no text can pretend: what counts is how
 * many strings, names included, stand before it.
 */
final class Trees {

    /** Depth and length of numbers have Jackson's limits; the length of the text is limited before it comes here. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonParser parser;
    private final Map<Integer, LiftedString> lifted;
    private final long textBytes;
    private int strings;

    private Trees(JsonParser parser, Map<Integer, LiftedString> lifted, long textBytes) {
        this.parser = parser;
        this.lifted = lifted;
        this.textBytes = textBytes;
    }

    /**
     * Reads a text which must hold one value and nothing else.
     *
     * @param lifted the strings that were lifted, by the number of strings before them
     * @throws Malformed if it does not
     */
    static JsonNode read(String text, Map<Integer, LiftedString> lifted, long textBytes) throws Malformed {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            return new Trees(parser, lifted, textBytes).document();
        } catch (JacksonException e) {
            // Neither message nor cause goes further: they quote what was read.
            var location = e.getLocation();
            long at = location == null ? 0 : location.getCharOffset();
            throw new Malformed(e instanceof UnexpectedEndOfInputException || at >= text.length() ? -1 : at);
        }
    }

    private JsonNode document() throws Malformed {
        var root = value(parser.nextToken());
        if (parser.nextToken() != null) {
            throw new Malformed(parser.currentTokenLocation().getCharOffset());
        }
        return root;
    }

    private JsonNode value(@Nullable JsonToken token) throws Malformed {
        if (token == null) {
            throw new Malformed(-1);
        }
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> string();
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new Malformed(parser.currentTokenLocation().getCharOffset());
        };
    }

    /** Of members with the same name the last one counts. */
    private JsonNode object() throws Malformed {
        var object = NODES.objectNode();
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            var key = lifted.get(strings++);
            object.set(key == null ? name : key.asName(textBytes), value(parser.nextToken()));
        }
        return object;
    }

    private JsonNode array() throws Malformed {
        var array = NODES.arrayNode();
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(token));
        }
        return array;
    }

    private JsonNode string() {
        var value = lifted.get(strings++);
        return value == null ? NODES.stringNode(parser.getString()) : NODES.pojoNode(value);
    }

    private JsonNode integer() {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    /** The text is no JSON; says where, in characters, or -1 at its end. */
    static final class Malformed extends Exception {

        final long at;

        Malformed(long at) {
            super(null, null, false, false);
            this.at = at;
        }
    }
}
