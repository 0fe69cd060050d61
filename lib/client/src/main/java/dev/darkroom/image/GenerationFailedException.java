package dev.darkroom.image;

import org.jspecify.annotations.Nullable;

/** The gateway says that it tried and failed. {@link #billed()} says what is known of the cost. */
public final class GenerationFailedException extends ImageException {

    private static final long serialVersionUID = 1;

    private final Billed billed;
    private final transient @Nullable PartialResult partialResult;

    /**
     * A failed generation.
     *
     * @param message ours, without the gateway's words
     * @param details what the gateway said
     * @param billed what is known of the cost
     * @param partialResult what had arrived before
     */
    public GenerationFailedException(
            String message, FailureDetails details, Billed billed, PartialResult partialResult) {
        super(message, details, null);
        this.billed = billed;
        this.partialResult = partialResult;
    }

    @Override
    public Outcome outcome() {
        return Outcome.GENERATION_FAILED;
    }

    @Override
    public Billed billed() {
        return billed;
    }

    @Override
    public PartialResult partialResult() {
        return partialResult == null ? PartialResult.NOTHING : partialResult;
    }
}
