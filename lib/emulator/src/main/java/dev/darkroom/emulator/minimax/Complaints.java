package dev.darkroom.emulator.minimax;

import dev.darkroom.emulator.desk.Objections;
import dev.darkroom.emulator.server.Reply;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** MiniMax's words for a form which is filled in wrongly. */
record Complaints() implements Objections {

    @Override
    public Reply noForm() {
        return Errors.invalid("the request body is not valid JSON");
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
        return Errors.invalid(name + " must be in [" + min + ", " + max + "]");
    }

    @Override
    public Reply notOneOf(String name, String value, List<String> allowed) {
        return Errors.invalid(name + " must be one of " + String.join(", ", allowed));
    }

    @Override
    public Reply invalid(String name, String why) {
        return Errors.invalid(name + " " + why);
    }
}
