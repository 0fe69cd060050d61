package dev.darkroom.internal.call;

import dev.darkroom.gate.Permit;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The right to send one attempt, with the key whose quota it spends. A gate that fails when it is told what became of a permit
 * does not cost the picture: it is told, and that is all.
 */
record KeyedPermit(String key, Permit permit) {

    void accepted() {
        quietly(permit::accepted);
    }

    void held(Duration atMost) {
        quietly(() -> permit.held(atMost));
    }

    /** Nothing was sent. */
    void abandon() {
        abandon(permit);
    }

    /** How the attempt ended, which is handed back. */
    Throwable ended(Throwable failure, Clock clock) {
        if (failure instanceof RateLimitedException refused) {
            var until = retryAt(refused, clock);
            quietly(() -> permit.refused(until));
        } else if (failure instanceof UnavailableException || failure instanceof RejectedException) {
            abandon(permit); // says nothing of the quota
        } else {
            quietly(permit::answeredOtherwise);
        }
        return failure;
    }

    /** The server's instant by the wall clock as it is now, which is how the gate reads it. */
    private static @Nullable Instant retryAt(RateLimitedException refused, Clock clock) {
        var said = refused.retryAt();
        return said == null ? null : clock.in(clock.until(said));
    }

    static void abandon(Permit permit) {
        quietly(permit::abandoned);
    }

    static void quietly(Runnable telling) {
        try {
            telling.run();
        } catch (Throwable e) { // somebody else's gate
        }
    }
}
