package dev.darkroom.image;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Stands in a failure for a cause whose message may quote a secret, an API key for example: logs print the type of the cause
 * and where it was thrown, and not what it says. Who knows that it is harmless asks for the {@link #original()}.
 */
public final class WithheldException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient @Nullable Throwable original;

    /**
     * Stands for a cause.
     *
     * @param original what was thrown; its stack trace is taken over, its message, its causes and what it suppressed are not
     */
    public WithheldException(Throwable original) {
        super(original.getClass().getName() + ", whose message is withheld because it may quote a secret");
        this.original = original;
        setStackTrace(original.getStackTrace());
    }

    /**
     * What was thrown. Do not log it unless you know that it quotes no key.
     *
     * @return null after serialization
     */
    public @Nullable Throwable original() {
        return original;
    }
}
