package dev.darkroom.spring;

import dev.darkroom.image.ImageException;
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
        if (!(failure instanceof ImageException image)) {
            return ERROR;
        }
        return switch (image.outcome()) {
            case RATE_LIMITED -> RATE_LIMITED;
            case UNAVAILABLE -> UNAVAILABLE;
            case REJECTED -> REJECTED;
            case GENERATION_FAILED -> FAILED;
            case OUTCOME_UNKNOWN -> OUTCOME_UNKNOWN;
        };
    }

    /** Why, as far as the type of a failure says. */
    static String reason(Throwable failure) {
        var reason = failure instanceof ImageException image ? image.reason() : null;
        return reason == null ? "none" : word(reason);
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
