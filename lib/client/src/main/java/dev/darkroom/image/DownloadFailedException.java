package dev.darkroom.image;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An image which a gateway gave by URL could not be fetched. The image was made, and its URL is still there: fetching
 * it again costs nothing, as long as the gateway keeps it.
 *
 * <p>Not an {@link ImageException}: the generation did not fail. Messages name the host alone, because paths and queries
 * of such URLs are often signed.
 */
public final class DownloadFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Why it could not be fetched. */
    public enum Reason {
        /** It is somewhere from where nothing is fetched unless that is allowed; no connection was made. */
        DENIED,
        /** No connection could be made. */
        UNREACHABLE,
        /** The server answered, but not with an image, or a proxy in its place; or it redirected too often, or to nowhere. */
        REFUSED,
        /** The connection ended before the image did. */
        CUT,
        /** A time limit ran out; the message names it. */
        TIMED_OUT,
        /** It has more bytes than the client takes. */
        TOO_LARGE,
        /** What came is not an image. */
        NOT_AN_IMAGE
    }

    private final Reason reason;
    private final @Nullable Integer status;
    private final @Nullable Instant retryAt;

    /**
     * A download that failed.
     *
     * @param reason why
     * @param message ours, with the host and without the rest of the URL
     * @param status the HTTP status of the last answer, if it is what failed; null otherwise
     * @param cause what the network said; null if there is nothing more to say
     */
    public DownloadFailedException(Reason reason, String message, @Nullable Integer status, @Nullable Throwable cause) {
        this(reason, message, status, null, cause);
    }

    /**
     * A download that was refused for now.
     *
     * @param reason why
     * @param message ours, with the host and without the rest of the URL
     * @param status the HTTP status of the last answer, if it is what failed; null otherwise
     * @param retryAt the earliest instant at which the server wants to hear of it again; null if it does not say
     * @param cause what the network said; null if there is nothing more to say
     */
    public DownloadFailedException(
            Reason reason,
            String message,
            @Nullable Integer status,
            @Nullable Instant retryAt,
            @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.status = status;
        this.retryAt = retryAt;
    }

    /**
     * Why it could not be fetched.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * What the server answered.
     *
     * @return the HTTP status which was no success, if {@link #reason()} is {@link Reason#REFUSED}; null if that is not what failed
     */
    public @Nullable Integer status() {
        return status;
    }

    /**
     * When the server wants to hear of it again. It was waited for as long as the download might take.
     *
     * @return the earliest instant, or null if it does not say
     */
    public @Nullable Instant retryAt() {
        return retryAt;
    }
}
