package dev.darkroom.emulator.gateway.common;

import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.FormPart;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a request body, by type; what has the wrong type ends the call with the gateway's validation error. A
 * field which is {@code null} counts as absent.
 *
 * <p>In a multipart form every value is a text; there a number is a text of digits, and a flag says {@code true} or
 * {@code false}.
 */
public final class RequestFields {

    private static final Pattern NESTED = Pattern.compile("\\w+(\\[\\w+]){1,3}");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonNode json;
    private final ValidationErrors errors;
    private final boolean typed;

    RequestFields(JsonNode json, ValidationErrors errors, boolean typed) {
        this.json = json;
        this.errors = errors;
        this.typed = typed;
    }

    /**
     * The fields of a JSON object.
     *
     * @param json the body, null if there is none
     * @param errors how the gateway words a validation error
     * @return the fields
     */
    public static RequestFields of(@Nullable JsonNode json, ValidationErrors errors) {
        if (json == null || !json.isObject()) {
            throw new ErrorReplyException(
                    json == null ? errors.notAnObject() : errors.wrongType("body", "object", json));
        }
        return new RequestFields(json, errors, true);
    }

    /**
     * The fields of a call, be it JSON or a multipart form, whose files are left aside.
     *
     * @param call the call
     * @param errors how the gateway words a validation error
     * @return the fields
     */
    public static RequestFields of(Call call, ValidationErrors errors) {
        if (call.parts().isEmpty()) {
            return of(call.json(), errors);
        }
        var fields = NODES.objectNode();
        call.parts().stream().filter(part -> !part.isFile()).forEach(part -> put(fields, part));
        return new RequestFields(fields, errors, false);
    }

    /** A name such as {@code svg[model]} is that of a field in an object. */
    private static void put(ObjectNode fields, FormPart part) {
        if (!NESTED.matcher(part.name()).matches()) {
            fields.put(part.name(), part.text());
            return;
        }
        var path = part.name().replace("]", "").split("\\[");
        var object = fields;
        for (int i = 0; i < path.length - 1; i++) {
            object = object.withObjectProperty(path[i]);
        }
        object.put(path[path.length - 1], part.text());
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
     * Whether a field is there.
     *
     * @param name the field
     * @return false if it is absent or null
     */
    public boolean has(String name) {
        return field(name).isPresent();
    }

    /**
     * A text which must be there.
     *
     * @param name the field
     * @return the text, which may be empty
     */
    public String requiredText(String name) {
        return text(name).orElseThrow(() -> new ErrorReplyException(errors.missing(name)));
    }

    /**
     * A text.
     *
     * @param name the field
     * @return the text, or empty
     */
    public Optional<String> text(String name) {
        return field(name).map(FieldValue::text);
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
                throw new ErrorReplyException(errors.notOneOf(name, word, allowed));
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
                throw new ErrorReplyException(errors.outOfRange(name, min, max, value));
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
        return field(name).map(FieldValue::number);
    }

    /**
     * A yes or no.
     *
     * @param name the field
     * @return true for a yes; no if it is absent
     */
    public boolean flag(String name) {
        return field(name).map(FieldValue::flag).orElse(false);
    }

    /**
     * A list.
     *
     * @param name the field
     * @return its items, none if it is absent
     */
    public List<JsonNode> items(String name) {
        return field(name).map(FieldValue::items).orElse(List.of());
    }

    /**
     * A list of texts.
     *
     * @param name the field
     * @return its items, none if it is absent
     */
    public List<String> texts(String name) {
        return field(name).map(FieldValue::texts).orElse(List.of());
    }

    /**
     * One text or a list of them.
     *
     * @param name the field
     * @return the texts, none if it is absent
     */
    public List<String> oneOrSeveral(String name) {
        return field(name).filter(FieldValue::isText).isPresent() ? List.of(requiredText(name)) : texts(name);
    }

    /**
     * An object whose fields have errors of their own.
     *
     * @param name the field
     * @param inner how an error of a field in it is worded
     * @return its fields, or empty
     */
    public Optional<RequestFields> object(String name, ValidationErrors inner) {
        return field(name).map(FieldValue::object).map(object -> new RequestFields(object, inner, typed));
    }

    /**
     * An object.
     *
     * @param name the field
     * @return its fields, or empty
     */
    public Optional<RequestFields> object(String name) {
        return field(name).map(FieldValue::object).map(object -> new RequestFields(object, errors, typed));
    }

    private Optional<FieldValue> field(String name) {
        var value = json.path(name);
        return value.isMissingNode() || value.isNull()
                ? Optional.empty()
                : Optional.of(new FieldValue(name, value, errors, typed));
    }
}
