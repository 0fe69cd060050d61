package dev.darkroom.image;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Never accepted: no byte of the request can have reached the gateway, or the gateway itself says that it did not take
 * it, in its own words: what a proxy says in its place is an {@link OutcomeUnknownException}. Also what was not sent because too
 * little was left of its deadline. Nothing was made, nothing is billed.
 */
public final class UnavailableException extends ImageException {

    private static final long serialVersionUID = 1;

    private final @Nullable Instant retryAt;

    /**
     * A request that was not taken.
     *
     * @param message ours, without the gateway's words
     * @param details what the gateway said
     * @param retryAt the earliest instant at which the gateway wants to hear of it again; null if it does not say
     * @param cause what the network said; null if the gateway answered
     */
    public UnavailableException(
            String message, FailureDetails details, @Nullable Instant retryAt, @Nullable Throwable cause) {
        super(message, details, cause);
        this.retryAt = retryAt;
    }

    @Override
    public @Nullable Instant retryAt() {
        return retryAt;
    }

    @Override
    public Outcome outcome() {
        return Outcome.UNAVAILABLE;
    }

    @Override
    public Billed billed() {
        return Billed.NO;
    }
}
