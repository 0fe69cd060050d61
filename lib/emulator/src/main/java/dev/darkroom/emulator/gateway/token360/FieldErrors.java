package dev.darkroom.emulator.gateway.token360;

import dev.darkroom.emulator.gateway.common.ValidationErrors;
import dev.darkroom.emulator.server.Reply;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** token360's validation errors; the pages print none, so these are the emulator's. */
record FieldErrors() implements ValidationErrors {

    @Override
    public Reply notAnObject() {
        return Errors.invalid("The request body must be a non-empty JSON object", null);
    }

    @Override
    public Reply missing(String name) {
        return Errors.invalid("Missing required parameter: " + name, name);
    }

    @Override
    public Reply wrongType(String name, String expected, JsonNode value) {
        return invalid(name, "must be of type " + expected);
    }

    @Override
    public Reply outOfRange(String name, long min, long max, long value) {
        return invalid(name, "must be between " + min + " and " + max);
    }

    @Override
    public Reply notOneOf(String name, String value, List<String> allowed) {
        return invalid(name, "must be one of " + String.join(", ", allowed));
    }

    @Override
    public Reply invalid(String name, String why) {
        return Errors.invalid("Invalid parameter " + name + ": " + why, name);
    }
}
