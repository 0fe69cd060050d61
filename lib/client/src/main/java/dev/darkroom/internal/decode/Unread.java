package dev.darkroom.internal.decode;

import dev.darkroom.image.ImageException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.internal.http.BodyDecoder.Failure;
import dev.darkroom.internal.wire.WireException;
import java.util.function.Supplier;

/** Says over what the reading of an answer failed; what that means is for whoever sent the call to say. */
final class Unread {

    private Unread() {}

    /**
     * What a decoder ends with.
     *
     * @param cause over what, whoever threw it
     * @param arrived what had arrived before
     * @param proven whether it is certain that nothing of the answer was cut off
     * @return a dialect's own exception as it is, a {@link Failure} otherwise
     */
    static RuntimeException over(Throwable cause, Supplier<PartialResult> arrived, boolean proven) {
        return cause instanceof ImageException told ? told : new Failure(kind(cause, proven), cause, arrived.get());
    }

    private static Failure.Kind kind(Throwable cause, boolean proven) {
        if (cause instanceof WireException.LimitExceeded) {
            return Failure.Kind.TOO_LARGE;
        }
        if (cause instanceof WireException.Truncated && !proven) {
            return Failure.Kind.CUT;
        }
        return cause instanceof WireException ? Failure.Kind.UNREADABLE : Failure.Kind.THROWN;
    }
}
