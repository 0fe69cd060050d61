package dev.darkroom.tck;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Lets the subscribers of the TCK put what they were given into their queue, on whatever thread that is.
 *
 * <p>The queue has a lock, which the test takes for a moment when it looks into it. Once in some thousand times an event loop
 * comes just then, and waits for that moment. Taken for blocking, this was a subscriber that throws: nothing more came, and
 * the test waited for the second of three elements until its patience ended. BlockHound finds this by its service loader.
 */
public final class TckLocks implements BlockHoundIntegration {

    private static final String RECEPTACLE = "org.reactivestreams.tck.TestEnvironment$Receptacle";
    private static final String PROMISE = "org.reactivestreams.tck.TestEnvironment$Promise";

    /** Called by BlockHound. */
    public TckLocks() {}

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside(RECEPTACLE, "add")
                .allowBlockingCallsInside(RECEPTACLE, "complete")
                .allowBlockingCallsInside(PROMISE, "complete");
    }
}
