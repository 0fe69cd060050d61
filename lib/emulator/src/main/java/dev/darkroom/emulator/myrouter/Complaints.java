package dev.darkroom.emulator.myrouter;

import dev.darkroom.emulator.desk.Objections;
import dev.darkroom.emulator.server.Reply;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** This gateway family's words for a form which is filled in wrongly. */
record Complaints() implements Objections {

    private static final Set<String> REFERENCES = Set.of("image", "images");

    @Override
    public Reply noForm() {
        return Errors.invalid("the request body is not a JSON object");
    }

    @Override
    public Reply missing(String name) {
        return Errors.invalid(name + " is required");
    }

    @Override
    public Reply wrongType(String name, String expected, JsonNode value) {
        return Errors.invalid(name + " must be of type " + expected);
    }

    @Override
    public Reply outOfRange(String name, long min, long max, long value) {
        return Errors.invalid(name + " (current value: " + value + ") must be between " + min + " and " + max);
    }

    @Override
    public Reply notOneOf(String name, String value, List<String> allowed) {
        return Errors.invalid(name + " must be one of " + String.join(", ", allowed));
    }

    @Override
    public Reply invalid(String name, String why) {
        if (name.equals("size")) {
            return Errors.error(400, "INVALID_IMAGE_SIZE", "size is not valid: " + why);
        }
        return REFERENCES.contains(name)
                ? Errors.error(400, "INVALID_IMAGE_FORMAT", name + " is not valid: " + why)
                : Errors.invalid(name + " is not valid: " + why);
    }
}
