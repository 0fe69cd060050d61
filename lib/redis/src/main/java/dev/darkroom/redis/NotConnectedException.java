package dev.darkroom.redis;

import org.jspecify.annotations.Nullable;

/** There was no connection yet: it is being made, or tried again and again. */
final class NotConnectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotConnectedException(@Nullable Throwable lastFailure) {
        super("not connected yet" + (lastFailure == null ? "" : ": " + innermost(lastFailure)), lastFailure);
    }

    private static Throwable innermost(Throwable failure) {
        var cause = failure;
        for (var deeper = cause.getCause(); deeper != null && deeper != cause; deeper = cause.getCause()) {
            cause = deeper;
        }
        return cause;
    }
}
