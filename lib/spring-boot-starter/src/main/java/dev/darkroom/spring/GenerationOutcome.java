package dev.darkroom.spring;

import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.UnavailableException;
import java.util.Locale;

/** How a generation ended, as a tag. */
public enum GenerationOutcome {
    /** Not yet. */
    UNFINISHED,
    /** Completed, though perhaps with fewer images than asked for. */
    SUCCESS,
    /** Refused for now, and it could not be waited out. */
    RATE_LIMITED,
    /** Never accepted. */
    UNAVAILABLE,
    /** Refused for good. */
    REJECTED,
    /** The gateway tried and failed. */
    FAILED,
    /** Sent, and no final answer. */
    OUTCOME_UNKNOWN,
    /** The subscriber went away. */
    CANCELLED,
    /** Something of ours went wrong. */
    ERROR;

    static GenerationOutcome of(Throwable failure) {
        if (failure instanceof RateLimitedException) {
            return RATE_LIMITED;
        }
        if (failure instanceof UnavailableException) {
            return UNAVAILABLE;
        }
        if (failure instanceof RejectedException) {
            return REJECTED;
        }
        if (failure instanceof GenerationFailedException) {
            return FAILED;
        }
        return failure instanceof OutcomeUnknownException ? OUTCOME_UNKNOWN : ERROR;
    }

    /** Why, as far as the type of a failure says. */
    static String reason(Throwable failure) {
        if (failure instanceof RejectedException rejected) {
            return word(rejected.reason());
        }
        return failure instanceof OutcomeUnknownException unknown ? word(unknown.reason()) : "none";
    }

    /**
     * As it is written in a tag.
     *
     * @return in lower case, with underscores
     */
    public String word() {
        return word(this);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
