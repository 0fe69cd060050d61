package dev.darkroom.spring;

/** The emulator is asked for and not there. */
final class MissingEmulatorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MissingEmulatorException() {
        super("darkroom.emulator.enabled is true, and the emulator is not on the class path");
    }
}
