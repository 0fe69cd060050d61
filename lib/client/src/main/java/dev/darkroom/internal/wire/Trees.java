package dev.darkroom.internal.wire;

import java.util.ArrayList;
import java.util.List;
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
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds the tree of one payload from what is left of its text once the long strings are lifted out.
 *
 * <p>A lifted string left an empty one behind. Which of the empty ones that are, no text can pretend: what counts is how
 * many strings, names included, stand before it.
 *
 * <p>Two bytes of text can be a node of eighty, so nodes are paid for while the tree grows, by what they weigh on a heap with
 * compressed references.
 */
final class Trees {

    /** No answer of a gateway nests deeper than ten; whoever walks a tree may recurse. */
    private static final int DEEPEST = 500;

    /** Length of numbers has Jackson's limit; the length of the text is limited before it comes here. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final int OBJECT = 96;
    private static final int FIRST_MEMBER = 80;
    private static final int MEMBER = 104;
    private static final int ARRAY = 104;
    private static final int ELEMENT = 12;
    private static final int TEXT = 72;
    private static final int NUMBER = 32;

    /** So that the budget is not asked for each node. */
    private static final int AT_ONCE = 8192;

    private final Decoding decoding;
    private final Map<Integer, LiftedString> lifted;
    private final PictureMarks marks;
    private final String text;
    private final JsonParser parser;
    private int strings;
    private int pictures;
    private long weight;
    private long paid;
    private boolean asFarAsItGoes;
    private boolean over;

    /**
     * A tree of a text.
     *
     * @param lifted the strings that were lifted, by the number of strings before them
     */
    Trees(Decoding decoding, Map<Integer, LiftedString> lifted, PictureMarks marks) {
        this.decoding = decoding;
        this.lifted = lifted;
        this.marks = marks;
        this.text = marks.text();
        this.parser = JSON.createParser(ObjectReadContext.empty(), text);
    }

    /** What was paid for the tree. */
    long weight() {
        return paid;
    }

    /** It is not used. */
    void letGo() {
        decoding.budget().giveBack(paid);
        paid = 0;
    }

    /**
     * Reads the text, which must hold one value and nothing else.
     *
     * @throws Malformed if it does not
     */
    JsonNode read() throws Malformed {
        try (parser) {
            var root = value(parser.nextToken());
            if (parser.nextToken() != null) {
                throw new Malformed(parser.currentTokenLocation().getCharOffset());
            }
            payRest();
            return root;
        } catch (JacksonException e) {
            decoding.budget().giveBack(paid);
            throw malformed(e);
        } catch (Malformed | WireException e) {
            decoding.budget().giveBack(paid);
            throw e;
        }
    }

    /**
     * The values which stand at the beginning of a text.
     *
     * @param rest what stands behind them, without white space around it; empty if nothing does
     * @param at where it stands, in characters, or -1 at the end of the text
     */
    record Roots(List<JsonNode> values, String rest, long at) {}

    /** Reads objects and arrays one behind the other as far as they go, or one value of another kind that stands alone. */
    Roots roots() {
        var values = new ArrayList<JsonNode>();
        int end = 0;
        long at = -1;
        try (parser) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (!token.isStructStart() && !values.isEmpty()) {
                    break;
                }
                values.add(value(token));
                end = (int) parser.currentLocation().getCharOffset();
            }
            payRest();
        } catch (JacksonException e) {
            at = malformed(e).at;
        } catch (Malformed e) {
            at = e.at;
        } catch (WireException e) {
            decoding.budget().giveBack(paid);
            throw e;
        }
        var rest = text.substring(end).strip();
        var whole = rest.isEmpty() || values.isEmpty() || values.get(0).isContainer();
        return whole ? new Roots(values, rest, at) : new Roots(List.of(), text.strip(), end);
    }

    /** Neither message nor cause goes further: they quote what was read. */
    private Malformed malformed(JacksonException e) {
        var location = e.getLocation();
        long at = location == null ? 0 : location.getCharOffset();
        return new Malformed(e instanceof UnexpectedEndOfInputException || at >= text.length() ? -1 : at);
    }

    /** Reads what there is of a text that breaks off, or for which there is no more room. Null if that is nothing. */
    @Nullable
    JsonNode readAsFarAsItGoes() {
        asFarAsItGoes = true;
        try (parser) {
            return value(parser.nextToken());
        } catch (JacksonException | Malformed | WireException e) {
            return null;
        }
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
            case VALUE_NUMBER_FLOAT -> decimal();
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new Malformed(parser.currentTokenLocation().getCharOffset());
        };
    }

    /** Of members with the same name the last one counts. */
    private JsonNode object() throws Malformed {
        pay(OBJECT);
        var object = NODES.objectNode();
        try {
            for (var name = parser.nextName(); name != null; name = over ? null : parser.nextName()) {
                member(object, name);
            }
        } catch (JacksonException | Malformed | WireException e) {
            if (!asFarAsItGoes) {
                throw e;
            }
            over = true;
        }
        return object;
    }

    private void member(ObjectNode object, String name) throws Malformed {
        LongString key = lifted.get(strings++);
        key = key == null && marks.isIn(name) ? mixed(name) : key;
        var whole = key == null ? name : key.asName(decoding.limits().textBytes());
        pay((object.isEmpty() ? FIRST_MEMBER : 0) + MEMBER + whole.length());
        object.set(whole, value(parser.nextToken()));
    }

    private JsonNode array() throws Malformed {
        pay(ARRAY);
        var array = NODES.arrayNode();
        try {
            for (var token = parser.nextToken(); token != JsonToken.END_ARRAY && !over; token = parser.nextToken()) {
                pay(ELEMENT);
                array.add(value(token));
            }
        } catch (JacksonException | Malformed | WireException e) {
            if (!asFarAsItGoes) {
                throw e;
            }
            over = true;
        }
        return array;
    }

    private JsonNode string() {
        var value = lifted.get(strings++);
        if (value != null) {
            return NODES.pojoNode(value); // paid for when it was lifted
        }
        var string = parser.getString();
        pay(TEXT + string.length());
        return marks.isIn(string) ? NODES.pojoNode(mixed(string)) : NODES.stringNode(string);
    }

    private MixedString mixed(String string) {
        var mixed = marks.mixed(string, pictures);
        pictures += (int)
                mixed.pieces().stream().filter(Base64Text.class::isInstance).count();
        return mixed;
    }

    private JsonNode integer() {
        pay(NUMBER + parser.getStringLength());
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private JsonNode decimal() {
        pay(NUMBER);
        return NODES.numberNode(parser.getDoubleValue());
    }

    /** What is saved of a text that broke off leaves half of the room to the images which it names. */
    private void pay(long bytes) {
        weight += asFarAsItGoes ? 2 * bytes : bytes;
        if (weight - paid >= AT_ONCE) {
            payRest();
        }
    }

    private void payRest() {
        decoding.budget().take(weight - paid);
        paid = weight;
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
