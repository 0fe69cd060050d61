package dev.darkroom.image;

import java.util.Locale;

/** How a request that failed ended: one constant for each type of {@link ImageException}, for tables, tags and switches. */
public enum Outcome {
    /** {@link RateLimitedException}: refused for now; nothing was made. */
    RATE_LIMITED,
    /** {@link UnavailableException}: never accepted; nothing was made. */
    UNAVAILABLE,
    /** {@link RejectedException}: refused for good; nothing was made. */
    REJECTED,
    /** {@link GenerationFailedException}: tried and failed; {@link ImageException#billed()} says at what cost. */
    GENERATION_FAILED,
    /** {@link OutcomeUnknownException}: sent, and no final answer; it may have been made, and billed. */
    OUTCOME_UNKNOWN;

    /**
     * Whether the same request may be sent again without paying twice.
     *
     * @return true if nothing was made, and it was not refused for good
     */
    public boolean isRetryable() {
        return this == RATE_LIMITED || this == UNAVAILABLE;
    }

    /**
     * The word for it in JSON and in tags.
     *
     * @return for example {@code rate_limited}
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
