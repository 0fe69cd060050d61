package dev.darkroom.emulated;

import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.UnavailableException;

/** How a generation ended which met a fault. */
enum Ending {
    /** With its image, at the first attempt. */
    UNDERSTOOD,
    /** With its image, after refusals. */
    TRIED_AGAIN,
    /** With an image whose bytes could not be had. */
    WITHOUT_BYTES,
    /** Refused for good. */
    REJECTED,
    /** Refused for now, and given up. */
    REFUSED,
    /** The gateway says that it failed. */
    FAILED,
    /** Nobody knows. */
    UNKNOWN;

    static Ending of(Throwable failure) {
        if (failure instanceof RejectedException) {
            return REJECTED;
        }
        if (failure instanceof RateLimitedException || failure instanceof UnavailableException) {
            return REFUSED;
        }
        if (failure instanceof GenerationFailedException) {
            return FAILED;
        }
        if (failure instanceof OutcomeUnknownException) {
            return UNKNOWN;
        }
        throw new AssertionError("no failure of ours", failure);
    }
}
