package dev.darkroom.emulator.desk;

import dev.darkroom.emulator.server.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads typed fields out of a request body, and refuses what has the wrong type. A field which is {@code null} counts as
 * absent.
 *
 * <p>In a multipart form every value is a text; there a number is a text of digits, and a flag says {@code true} or
 * {@code false}.
 */
public final class Form {

    private static final Pattern DIGITS = Pattern.compile("-?\\d{1,18}");
    private static final List<String> WORDS = List.of("true", "false");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonNode json;
    private final Objections objections;
    private final boolean typed;

    private Form(JsonNode json, Objections objections, boolean typed) {
        this.json = json;
        this.objections = objections;
        this.typed = typed;
    }

    /**
     * A JSON object as a form.
     *
     * @param json the body, null if there is none
     * @param objections what is said to one which is filled in wrongly
     * @return the form
     */
    public static Form of(@Nullable JsonNode json, Objections objections) {
        if (json == null || !json.isObject()) {
            throw new Refusal(json == null ? objections.noForm() : objections.wrongType("body", "object", json));
        }
        return new Form(json, objections, true);
    }

    /**
     * The plain fields of a call, be it JSON or a multipart form.
     *
     * @param call the call
     * @param objections what is said to one which is filled in wrongly
     * @return the form
     */
    public static Form of(Call call, Objections objections) {
        if (call.parts().isEmpty()) {
            return of(call.json(), objections);
        }
        var fields = NODES.objectNode();
        call.parts().stream().filter(part -> !part.isFile()).forEach(part -> fields.put(part.name(), part.text()));
        return new Form(fields, objections, false);
    }

    /**
     * The names of all fields.
     *
     * @return in order
     */
    public List<String> names() {
        return List.copyOf(json.propertyNames());
    }

    /**
     * A field as it is.
     *
     * @param name the field
     * @return its value, or empty
     */
    public Optional<JsonNode> value(String name) {
        var value = json.path(name);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    /**
     * A text which must be there.
     *
     * @param name the field
     * @return the text, which may be empty
     */
    public String requiredText(String name) {
        return text(name).orElseThrow(() -> new Refusal(objections.missing(name)));
    }

    /**
     * A text.
     *
     * @param name the field
     * @return the text, or empty
     */
    public Optional<String> text(String name) {
        return value(name).map(value -> {
            if (!value.isString()) {
                throw wrongType(name, "string", value);
            }
            return value.stringValue();
        });
    }

    /**
     * One of several words.
     *
     * @param name the field
     * @param allowed the words
     * @return the word, or empty
     */
    public Optional<String> oneOf(String name, List<String> allowed) {
        return text(name).map(word -> {
            if (!allowed.contains(word)) {
                throw new Refusal(objections.notOneOf(name, word, allowed));
            }
            return word;
        });
    }

    /**
     * Whether {@code response_format} asks for base64.
     *
     * @return true for {@code b64_json}; false for {@code url}, and if it is absent
     */
    public boolean asksForBase64() {
        return oneOf("response_format", List.of("url", "b64_json"))
                .filter("b64_json"::equals)
                .isPresent();
    }

    /**
     * One text or a list of them.
     *
     * @param name the field
     * @return the texts, none if it is absent
     */
    public List<String> oneOrSeveral(String name) {
        return value(name).filter(JsonNode::isString).isPresent() ? List.of(requiredText(name)) : texts(name);
    }

    /**
     * A whole number within bounds.
     *
     * @param name the field
     * @param min the smallest it may be
     * @param max the largest it may be
     * @return the number, or empty
     */
    public Optional<Integer> integer(String name, int min, int max) {
        return number(name).map(value -> {
            if (value < min || value > max) {
                throw new Refusal(objections.outOfRange(name, min, max, value));
            }
            return (int) (long) value;
        });
    }

    /**
     * A whole number.
     *
     * @param name the field
     * @return the number, or empty
     */
    public Optional<Long> number(String name) {
        return value(name).map(value -> {
            if (!typed && DIGITS.matcher(value.stringValue()).matches()) {
                return Long.parseLong(value.stringValue());
            }
            if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                throw wrongType(name, "int", value);
            }
            return value.longValue();
        });
    }

    /**
     * A yes or no.
     *
     * @param name the field
     * @return true for a yes; no if it is absent
     */
    public boolean flag(String name) {
        return value(name)
                .map(value -> {
                    if (!typed && WORDS.contains(value.stringValue())) {
                        return value.stringValue().equals("true");
                    }
                    if (!value.isBoolean()) {
                        throw wrongType(name, "boolean", value);
                    }
                    return value.booleanValue();
                })
                .orElse(false);
    }

    /**
     * A list.
     *
     * @param name the field
     * @return its items, none if it is absent
     */
    public List<JsonNode> items(String name) {
        return value(name)
                .map(value -> {
                    if (!value.isArray()) {
                        throw wrongType(name, "array", value);
                    }
                    return value.valueStream().toList();
                })
                .orElse(List.of());
    }

    /**
     * A list of texts.
     *
     * @param name the field
     * @return its items, none if it is absent
     */
    public List<String> texts(String name) {
        var texts = new ArrayList<String>();
        for (var item : items(name)) {
            if (!item.isString()) {
                throw wrongType(name + "[" + texts.size() + "]", "string", item);
            }
            texts.add(item.stringValue());
        }
        return texts;
    }

    /**
     * A form within the form.
     *
     * @param name the field
     * @return the inner form, or empty
     */
    public Optional<Form> inner(String name) {
        return value(name).map(value -> {
            if (!value.isObject()) {
                throw wrongType(name, "object", value);
            }
            return new Form(value, objections, typed);
        });
    }

    private Refusal wrongType(String name, String expected, JsonNode value) {
        return new Refusal(objections.wrongType(name, expected, value));
    }
}
