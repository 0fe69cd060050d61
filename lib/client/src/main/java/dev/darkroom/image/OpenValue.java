package dev.darkroom.image;

/** What the open enumerations share: any text will do, except none. */
final class OpenValue {

    private OpenValue() {}

    static void requireText(String what, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(what + " must not be blank");
        }
    }
}
