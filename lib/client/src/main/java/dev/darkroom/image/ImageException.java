package dev.darkroom.image;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A generation failed. The type says whether anything was made and whether trying again may cost twice:
 *
 * <table>
 * <caption>What each type means</caption>
 * <tr><th>type</th><th>was anything made?</th><th>again?</th></tr>
 * <tr><td>{@link RateLimitedException}</td><td>no, refused for now</td><td>yes, not before {@code retryAt()}</td></tr>
 * <tr><td>{@link UnavailableException}</td><td>no, never accepted</td><td>yes</td></tr>
 * <tr><td>{@link RejectedException}</td><td>no, refused for good</td><td>not as it is</td></tr>
 * <tr><td>{@link GenerationFailedException}</td><td>it was tried and failed</td><td>{@link #billed()} says at what cost</td></tr>
 * <tr><td>{@link OutcomeUnknownException}</td><td>perhaps</td><td>only if paying twice is acceptable</td></tr>
 * </table>
 *
 * <p>Messages hold no key, prompt or image; the gateway's own words are {@link #providerMessage()}.
 */
public abstract sealed class ImageException extends RuntimeException
        permits RateLimitedException,
                UnavailableException,
                RejectedException,
                GenerationFailedException,
                OutcomeUnknownException {

    private static final long serialVersionUID = 1;

    private final FailureDetails details;

    ImageException(String message, FailureDetails details, @Nullable Throwable cause) {
        super(message, cause);
        this.details = details;
    }

    /**
     * How it ended: the type, as a constant.
     *
     * @return the outcome
     */
    public abstract Outcome outcome();

    /**
     * Which one of its kind it is.
     *
     * @return a {@link RejectedException.Reason} or an {@link OutcomeUnknownException.Reason}; null where there is one kind
     */
    public @Nullable Enum<?> reason() {
        return null;
    }

    /**
     * What had arrived before it failed.
     *
     * @return the last preview and the finished images; nothing where nothing can have been made, and nothing once the
     *     exception was serialized, for images are not
     */
    public PartialResult partialResult() {
        return PartialResult.NOTHING;
    }

    /**
     * When the gateway wants to hear of it again.
     *
     * @return the earliest instant; null if it does not say, or if the same request should not be sent again
     */
    public @Nullable Instant retryAt() {
        return null;
    }

    /**
     * Whether it costs money.
     *
     * @return as far as can be known
     */
    public abstract Billed billed();

    /**
     * Everything the gateway said of it.
     *
     * @return the details
     */
    public FailureDetails details() {
        return details;
    }

    /**
     * The HTTP status, or the one an error event stands for.
     *
     * @return null if there was no answer
     */
    public @Nullable Integer status() {
        return details.status();
    }

    /**
     * The gateway's own sentence. It may quote the prompt or an account id: show it to the user, do not log it.
     *
     * @return null if it gave none
     */
    public @Nullable String providerMessage() {
        return details.providerMessage();
    }
}
