package dev.darkroom.internal.gate;

import java.util.function.DoubleConsumer;
import reactor.core.Disposable;

/** How a {@link Law} that hears from elsewhere reaches its queue. Called from any thread. */
public interface QueueAccess {

    /**
     * Changes the law under the queue's lock, and then serves, tells or ends those whom that concerns.
     *
     * @param change given the time; must not block
     */
    void change(DoubleConsumer change);

    /**
     * Changes the law later.
     *
     * @param seconds from now, 0 or more
     * @param change given the time; must not block
     * @return to dispose of if it is no longer wanted
     */
    Disposable changeIn(double seconds, DoubleConsumer change);
}
