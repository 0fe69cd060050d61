package dev.darkroom.spring;

import org.springframework.util.ClassUtils;

/** The emulator is asked for and does not run. */
final class MissingEmulatorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean isThere = ClassUtils.isPresent("dev.darkroom.emulator.ImageEmulator", null);

    MissingEmulatorException() {
        super("darkroom.emulator.enabled is true, and no emulator was started");
    }

    /** Whether it could have been started. */
    boolean isThere() {
        return isThere;
    }
}
