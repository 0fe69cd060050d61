package dev.darkroom.emulator.gateway.myrouter;

import dev.darkroom.emulator.gateway.common.ValidationErrors;
import dev.darkroom.emulator.server.Reply;
import java.util.Set;

/** The validation errors of this gateway family. */
record FieldErrors() implements ValidationErrors.InSentences {

    private static final Set<String> REFERENCES = Set.of("image", "images");

    @Override
    public Reply notAnObject() {
        return Errors.invalid("the request body is not a JSON object");
    }

    @Override
    public Reply sentence(String sentence) {
        return Errors.invalid(sentence);
    }

    @Override
    public Reply outOfRange(String name, long min, long max, long value) {
        return Errors.invalid(name + " (current value: " + value + ") must be between " + min + " and " + max);
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
