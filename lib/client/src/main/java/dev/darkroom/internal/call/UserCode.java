package dev.darkroom.internal.call;

import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.RejectedException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs what a user gave us before a request is sent. Whatever it throws, an {@link Error} too, or null where there must be
 * something, ends its own generation, named as theirs: nothing was made, and the same would happen again.
 */
final class UserCode {

    static final String LISTENER = "the throttle listener";

    private UserCode() {}

    /** A listener of which whoever calls it hears only that it has heard: what it throws goes to its own request. */
    static <T> Consumer<T> told(String what, Consumer<? super T> listener, Consumer<Throwable> fault) {
        return news -> {
            try {
                listener.accept(news);
            } catch (Throwable e) {
                fault.accept(fault(what, e));
            }
        };
    }

    /** What they say; a {@link RejectedException} if they fail. Exceptions in our own words are theirs to throw. */
    static <T> T asked(String what, Supplier<? extends @Nullable T> code) {
        T answer;
        try {
            answer = code.get();
        } catch (ImageException e) {
            throw e;
        } catch (Throwable e) { // an Error would end in nobody's hands, and the request would wait for ever
            throw fault(what, e);
        }
        if (answer == null) {
            throw new RejectedException(
                    RejectedException.Reason.REQUEST, "not sent: " + what + " returned null", FailureDetails.NONE);
        }
        return answer;
    }

    static RejectedException fault(String what, Throwable cause) {
        return new RejectedException(
                RejectedException.Reason.REQUEST, "not sent: " + threw(what, cause), FailureDetails.NONE, cause);
    }

    static String threw(String what, Throwable cause) {
        return what + " threw " + cause.getClass().getSimpleName();
    }
}
