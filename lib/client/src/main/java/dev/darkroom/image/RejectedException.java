package dev.darkroom.image;

import org.jspecify.annotations.Nullable;

/** Refused for good, by the gateway or by us before anything was sent. Nothing was made, nothing is billed. */
public final class RejectedException extends ImageException {

    private static final long serialVersionUID = 1;

    /** Why it was refused. */
    public enum Reason {
        /** The request is wrong; the message or {@link #providerMessage()} says where. */
        REQUEST,
        /** The key is missing, wrong or revoked. */
        CREDENTIALS,
        /** There is no money, or a budget is used up. */
        CREDITS,
        /** The key may not do this. */
        FORBIDDEN,
        /** The prompt, a reference or the image was found offensive. */
        MODERATION,
        /** There is no such model, or no provider of it may be used. */
        NOT_FOUND,
        /** The request has too many bytes. */
        TOO_LARGE
    }

    private final Reason reason;

    /**
     * A refusal.
     *
     * @param reason why
     * @param message ours, without the gateway's words
     * @param details what the gateway said; {@link FailureDetails#NONE} if nothing was sent
     */
    public RejectedException(Reason reason, String message, FailureDetails details) {
        this(reason, message, details, null);
    }

    /**
     * A refusal that something of ours caused.
     *
     * @param reason why
     * @param message ours, without the gateway's words
     * @param details what the gateway said; {@link FailureDetails#NONE} if nothing was sent
     * @param cause what went wrong here; null if nothing did
     */
    public RejectedException(Reason reason, String message, FailureDetails details, @Nullable Throwable cause) {
        super(message, details, cause);
        this.reason = reason;
    }

    @Override
    public Reason reason() {
        return reason;
    }

    @Override
    public Outcome outcome() {
        return Outcome.REJECTED;
    }

    @Override
    public Billed billed() {
        return Billed.NO;
    }
}
