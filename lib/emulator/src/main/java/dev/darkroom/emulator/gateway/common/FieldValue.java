package dev.darkroom.emulator.gateway.common;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The value of one field of a request body, read as a type or rejected with the gateway's validation error.
 *
 * @param name the field
 * @param json its value, not null
 * @param errors how the gateway words a validation error
 * @param typed whether values have JSON's types; false in a multipart form, where each is a text
 */
record FieldValue(String name, JsonNode json, ValidationErrors errors, boolean typed) {

    private static final Pattern DIGITS = Pattern.compile("-?\\d{1,18}");
    private static final List<String> WORDS = List.of("true", "false");

    boolean isText() {
        return json.isString();
    }

    String text() {
        if (!json.isString()) {
            throw wrongType(name, "string", json);
        }
        return json.stringValue();
    }

    long number() {
        if (!typed && DIGITS.matcher(json.stringValue()).matches()) {
            return Long.parseLong(json.stringValue());
        }
        if (!json.isIntegralNumber() || !json.canConvertToLong()) {
            throw wrongType(name, "int", json);
        }
        return json.longValue();
    }

    boolean flag() {
        if (!typed && WORDS.contains(json.stringValue())) {
            return json.stringValue().equals("true");
        }
        if (!json.isBoolean()) {
            throw wrongType(name, "boolean", json);
        }
        return json.booleanValue();
    }

    List<JsonNode> items() {
        if (!json.isArray()) {
            throw wrongType(name, "array", json);
        }
        return json.valueStream().toList();
    }

    List<String> texts() {
        var texts = new ArrayList<String>();
        for (var item : items()) {
            if (!item.isString()) {
                throw wrongType(name + "[" + texts.size() + "]", "string", item);
            }
            texts.add(item.stringValue());
        }
        return texts;
    }

    JsonNode object() {
        if (!json.isObject()) {
            throw wrongType(name, "object", json);
        }
        return json;
    }

    private ErrorReplyException wrongType(String field, String expected, JsonNode value) {
        return new ErrorReplyException(errors.wrongType(field, expected, value));
    }
}
