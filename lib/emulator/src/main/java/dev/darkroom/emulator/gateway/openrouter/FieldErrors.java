package dev.darkroom.emulator.gateway.openrouter;

import dev.darkroom.emulator.gateway.common.ValidationErrors;
import dev.darkroom.emulator.server.Reply;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** OpenRouter's validation errors, as recorded where they were. */
record FieldErrors() implements ValidationErrors {

    @Override
    public Reply notAnObject() {
        return Errors.error(400, "Invalid JSON in request body");
    }

    @Override
    public Reply missing(String name) {
        return wrongType(name, "string", JsonNodeFactory.instance.missingNode());
    }

    @Override
    public Reply wrongType(String name, String expected, JsonNode value) {
        String received =
                value.isMissingNode() ? "undefined" : value.getNodeType().name().toLowerCase(Locale.ROOT);
        return invalid(name, "Invalid input: expected " + expected + ", received " + received);
    }

    @Override
    public Reply outOfRange(String name, long min, long max, long value) {
        return invalid(name, "expected a number between " + min + " and " + max + ", received " + value);
    }

    @Override
    public Reply notOneOf(String name, String value, List<String> allowed) {
        return invalid(name, "not supported. Accepted: " + String.join(", ", allowed));
    }

    @Override
    public Reply invalid(String name, String why) {
        return Errors.invalid(name + ": " + why);
    }
}
