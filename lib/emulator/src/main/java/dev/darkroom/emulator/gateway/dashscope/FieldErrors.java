package dev.darkroom.emulator.gateway.dashscope;

import dev.darkroom.emulator.gateway.common.ValidationErrors;
import dev.darkroom.emulator.server.Reply;

/** DashScope's validation errors. */
record FieldErrors() implements ValidationErrors.InSentences {

    @Override
    public Reply notAnObject() {
        return Errors.invalid("Required body invalid, please check the request body format.");
    }

    @Override
    public Reply sentence(String sentence) {
        return Errors.invalid(sentence);
    }

    @Override
    public Reply missing(String name) {
        return Errors.invalid("Field required: " + name);
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
