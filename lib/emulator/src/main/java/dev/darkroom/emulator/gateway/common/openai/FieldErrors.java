package dev.darkroom.emulator.gateway.common.openai;

import dev.darkroom.emulator.gateway.common.ValidationErrors;
import dev.darkroom.emulator.server.Reply;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * OpenAI's validation errors.
 *
 * @param above what stands before a field's name, such as {@code tools[0].}
 */
public record FieldErrors(String above) implements ValidationErrors {

    /** Of the body itself. */
    public FieldErrors() {
        this("");
    }

    /** Those of an object in it. */
    FieldErrors below(String name) {
        return new FieldErrors(above + name + ".");
    }

    /** Where a field is. */
    String path(String name) {
        return above + name;
    }

    @Override
    public Reply notAnObject() {
        return Errors.invalid(
                "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP"
                        + " library correctly. The OpenAI API expects a JSON payload, but what was sent was not valid"
                        + " JSON.)",
                null,
                null);
    }

    @Override
    public Reply missing(String name) {
        return Errors.invalid(
                "Missing required parameter: '" + path(name) + "'.", path(name), "missing_required_parameter");
    }

    @Override
    public Reply wrongType(String name, String expected, JsonNode value) {
        String received = value.isFloatingPointNumber()
                ? "a decimal number"
                : article(value.getNodeType().name().toLowerCase(Locale.ROOT));
        String wanted = expected.equals("int") ? "an integer" : article(expected);
        return Errors.invalid(
                "Invalid type for '" + path(name) + "': expected " + wanted + ", but got " + received + " instead.",
                path(name),
                "invalid_type");
    }

    @Override
    public Reply outOfRange(String name, long min, long max, long value) {
        return value > max
                ? Errors.invalid(
                        "Invalid '" + path(name) + "': integer above maximum value. Expected a value <= " + max
                                + ", but got " + value + " instead.",
                        path(name),
                        "integer_above_max_value")
                : Errors.invalid(
                        "Invalid '" + path(name) + "': integer below minimum value. Expected a value >= " + min
                                + ", but got " + value + " instead.",
                        path(name),
                        "integer_below_min_value");
    }

    @Override
    public Reply notOneOf(String name, String value, List<String> allowed) {
        var first = allowed.subList(0, allowed.size() - 1).stream().collect(Collectors.joining("', '", "'", "'"));
        return Errors.invalid(
                "Invalid value: '" + value + "'. Supported values are: "
                        + (allowed.size() == 1 ? "" : first + ", and ") + "'"
                        + allowed.get(allowed.size() - 1) + "'.",
                path(name),
                "invalid_value");
    }

    @Override
    public Reply invalid(String name, String why) {
        return Errors.invalid("Invalid '" + path(name) + "': " + why, path(name), "invalid_value");
    }

    /**
     * A field nobody knows.
     *
     * @param name the field
     * @return the reply
     */
    public Reply unknown(String name) {
        return Errors.invalid("Unknown parameter: '" + path(name) + "'.", path(name), "unknown_parameter");
    }

    /**
     * A text which is empty.
     *
     * @param name the field
     * @return the reply
     */
    public Reply empty(String name) {
        return Errors.invalid(
                "Invalid '" + path(name)
                        + "': empty string. Expected a string with minimum length 1, but got an empty string instead.",
                path(name),
                "empty_string");
    }

    Reply tooLong(String name, int most, int length) {
        return Errors.invalid(
                "Invalid '" + path(name) + "': string too long. Expected a string with maximum length " + most
                        + ", but got a string with length " + length + " instead.",
                path(name),
                "string_above_max_length");
    }

    private static String article(String noun) {
        return ("aeiou".indexOf(noun.charAt(0)) < 0 ? "a " : "an ") + noun;
    }
}
