package dev.darkroom.emulator.openrouter;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads typed fields out of a request body, and refuses what has the wrong type.
 *
 * @param json the body, an object
 */
record Form(JsonNode json) {

    /** The body of a call. */
    static Form of(@Nullable JsonNode json) {
        if (json == null) {
            throw new Refusal(Errors.error(400, "Invalid JSON in request body"));
        }
        if (!json.isObject()) {
            throw wrongType("body", "object", json);
        }
        return new Form(json);
    }

    String requiredText(String name) {
        return text(name).orElseThrow(() -> wrongType(name, "string", json.path(name)));
    }

    Optional<String> text(String name) {
        var value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw wrongType(name, "string", value);
        }
        return Optional.of(value.stringValue());
    }

    Optional<Integer> integer(String name, int min, int max) {
        return number(name).map(value -> {
            if (value < min || value > max) {
                throw new Refusal(Errors.invalid(
                        name + ": expected a number between " + min + " and " + max + ", received " + value));
            }
            return (int) (long) value;
        });
    }

    Optional<Long> number(String name) {
        var value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrongType(name, "int", value);
        }
        return Optional.of(value.longValue());
    }

    boolean flag(String name) {
        var value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw wrongType(name, "boolean", value);
        }
        return value.booleanValue();
    }

    List<JsonNode> items(String name) {
        var value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw wrongType(name, "array", value);
        }
        return value.valueStream().toList();
    }

    static Refusal wrongType(String name, String expected, JsonNode value) {
        String received =
                value.isMissingNode() ? "undefined" : value.getNodeType().name().toLowerCase(Locale.ROOT);
        return new Refusal(Errors.invalid(name + ": Invalid input: expected " + expected + ", received " + received));
    }
}
