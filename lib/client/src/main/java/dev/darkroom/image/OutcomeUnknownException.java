package dev.darkroom.image;

import org.jspecify.annotations.Nullable;

/**
 * The request was sent, and there is no final answer. It may have been made, and billed; never retried automatically.
 */
public final class OutcomeUnknownException extends ImageException {

    private static final long serialVersionUID = 1;

    /** What is missing. */
    public enum Reason {
        /** The connection ended, or the answer ended without the event that ends it. */
        CUT,
        /** A time limit of ours or of the gateway ran out; the message names it. */
        TIMED_OUT,
        /** There was an answer, and it makes no sense, or what stands before the gateway gave it in its place. */
        UNDECODABLE,
        /** The answer exceeds a limit of ours; the message names it and the wither that raises it. */
        TOO_LARGE
    }

    private final Reason reason;
    private final transient @Nullable PartialResult partialResult;

    /**
     * A request without a final answer.
     *
     * @param reason what is missing
     * @param message ours, without the gateway's words
     * @param details what the gateway said
     * @param partialResult what had arrived before
     * @param cause what the network or the decoder said; null if there is none
     */
    public OutcomeUnknownException(
            Reason reason,
            String message,
            FailureDetails details,
            PartialResult partialResult,
            @Nullable Throwable cause) {
        super(message, details, cause);
        this.reason = reason;
        this.partialResult = partialResult;
    }

    @Override
    public Reason reason() {
        return reason;
    }

    @Override
    public PartialResult partialResult() {
        return partialResult == null ? PartialResult.NOTHING : partialResult;
    }

    @Override
    public Outcome outcome() {
        return Outcome.OUTCOME_UNKNOWN;
    }

    @Override
    public Billed billed() {
        return Billed.UNKNOWN;
    }
}
