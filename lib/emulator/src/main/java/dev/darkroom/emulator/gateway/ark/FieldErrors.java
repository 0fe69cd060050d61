package dev.darkroom.emulator.gateway.ark;

import dev.darkroom.emulator.gateway.common.ValidationErrors;
import dev.darkroom.emulator.server.Reply;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Ark's validation errors. */
record FieldErrors() implements ValidationErrors {

    @Override
    public Reply notAnObject() {
        return Errors.notAnObject();
    }

    @Override
    public Reply missing(String name) {
        return Errors.missing(name);
    }

    @Override
    public Reply wrongType(String name, String expected, JsonNode value) {
        return Errors.invalid(name, "a value of type " + expected + " is expected");
    }

    @Override
    public Reply outOfRange(String name, long min, long max, long value) {
        return Errors.invalid(name, "the value must be between " + min + " and " + max);
    }

    @Override
    public Reply notOneOf(String name, String value, List<String> allowed) {
        return Errors.invalid(name, "the value must be one of " + String.join(", ", allowed));
    }

    @Override
    public Reply invalid(String name, String why) {
        return Errors.invalid(name, why);
    }
}
