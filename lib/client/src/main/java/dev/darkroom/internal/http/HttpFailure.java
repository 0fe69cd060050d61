package dev.darkroom.internal.http;

import org.jspecify.annotations.Nullable;

/**
 * An exchange ended without an answer. Whether the request can have reached the server decides what it means, and only
 * {@code call} knows what to make of that.
 */
public final class HttpFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What went wrong. */
    public enum Kind {
        /** The connection was not made, or ended. */
        CONNECTION,
        /** A limit on waiting ran out. */
        TIMED_OUT,
        /** The head of the answer is larger than it may be. */
        HEAD_TOO_LARGE,
        /** A proxy wants to know who we are before it opens a tunnel. */
        PROXY_CREDENTIALS,
        /** A proxy opens no tunnel to there, now or later. */
        PROXY_REFUSAL,
        /** The request's own body could not be read to its end. */
        UPLOAD,
        /** The answer is compressed in a way that cannot be read. */
        COMPRESSION,
        /** The client was closed. */
        DISPOSED
    }

    private final Kind kind;
    private final boolean sent;

    HttpFailure(Kind kind, boolean sent, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.sent = sent;
    }

    /**
     * What went wrong.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Whether any byte of the request can have reached the server.
     *
     * @return false only if none can
     */
    public boolean isSent() {
        return sent;
    }
}
