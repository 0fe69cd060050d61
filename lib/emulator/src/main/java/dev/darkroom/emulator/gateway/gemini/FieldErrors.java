package dev.darkroom.emulator.gateway.gemini;

import dev.darkroom.emulator.gateway.common.ValidationErrors;
import dev.darkroom.emulator.server.Reply;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Google's validation errors, in the words of its JSON reader where it is that which objects. */
record FieldErrors() implements ValidationErrors {

    @Override
    public Reply notAnObject() {
        return Errors.invalid("Invalid JSON payload received. Unexpected end of string.");
    }

    @Override
    public Reply missing(String name) {
        return Errors.badField(name, "* GenerateContentRequest." + name + ": " + name + " is not specified\n");
    }

    @Override
    public Reply wrongType(String name, String expected, JsonNode value) {
        return Errors.badField(
                name, "Invalid value at '" + name + "' (TYPE_" + (expected.equals("int") ? "INT32" : "STRING") + ")");
    }

    @Override
    public Reply outOfRange(String name, long min, long max, long value) {
        return Errors.invalid(name + " must be in the range [" + min + ", " + max + "].");
    }

    @Override
    public Reply notOneOf(String name, String value, List<String> allowed) {
        return Errors.badField(name, "Invalid value at '" + name + "': \"" + value + "\"");
    }

    @Override
    public Reply invalid(String name, String why) {
        return Errors.badField(name, "Invalid value at '" + name + "': " + why);
    }
}
