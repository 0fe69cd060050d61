package dev.darkroom.emulator.gateway.chat;

import dev.darkroom.emulator.gateway.common.ValidationErrors;
import dev.darkroom.emulator.server.Reply;

/**
 * Validation errors; only those about {@code messages} stand in a recording.
 *
 * @param errors their shape
 */
record FieldErrors(Errors errors) implements ValidationErrors.InSentences {

    @Override
    public Reply notAnObject() {
        return errors.invalid("Invalid JSON in request body");
    }

    @Override
    public Reply sentence(String sentence) {
        return errors.invalid(sentence);
    }

    @Override
    public Reply missing(String name) {
        return sentence(
                name.equals("messages") ? "Input required: specify \"prompt\" or \"messages\"" : name + " is required");
    }

    @Override
    public Reply outOfRange(String name, long min, long max, long value) {
        return sentence(name + " must be between " + min + " and " + max);
    }

    @Override
    public Reply invalid(String name, String why) {
        return sentence(name + " " + why);
    }
}
