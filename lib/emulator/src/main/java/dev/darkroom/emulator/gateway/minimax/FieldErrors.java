package dev.darkroom.emulator.gateway.minimax;

import dev.darkroom.emulator.gateway.common.ValidationErrors;
import dev.darkroom.emulator.server.Reply;

/** MiniMax's validation errors. */
record FieldErrors() implements ValidationErrors.InSentences {

    @Override
    public Reply notAnObject() {
        return Errors.invalid("the request body is not valid JSON");
    }

    @Override
    public Reply sentence(String sentence) {
        return Errors.invalid(sentence);
    }

    @Override
    public Reply outOfRange(String name, long min, long max, long value) {
        return Errors.invalid(name + " must be in [" + min + ", " + max + "]");
    }

    @Override
    public Reply invalid(String name, String why) {
        return Errors.invalid(name + " " + why);
    }
}
