package dev.darkroom.image;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Refused for now: too many requests, or too much in flight. Or not even sent, because others of the same quota were refused and
 * the wait would be longer than is allowed. Nothing was made, nothing is billed.
 */
public final class RateLimitedException extends ImageException {

    private static final long serialVersionUID = 1;

    private final @Nullable Instant retryAt;

    /**
     * A refusal.
     *
     * @param message ours, without the gateway's words
     * @param details what the gateway said
     * @param retryAt the earliest instant at which the gateway wants to hear of it again; null if it does not say
     */
    public RateLimitedException(String message, FailureDetails details, @Nullable Instant retryAt) {
        super(message, details, null);
        this.retryAt = retryAt;
    }

    @Override
    public @Nullable Instant retryAt() {
        return retryAt;
    }

    @Override
    public Outcome outcome() {
        return Outcome.RATE_LIMITED;
    }

    @Override
    public Billed billed() {
        return Billed.NO;
    }
}
