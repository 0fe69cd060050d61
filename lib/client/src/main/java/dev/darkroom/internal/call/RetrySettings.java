package dev.darkroom.internal.call;

import dev.darkroom.gate.Throttled;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How a request may wait before it is tried again.
 *
 * @param longest from the first refusal to the last try; zero never to wait
 * @param leastToSend how much of a deadline must be left to send anything; null for a second or a tenth of the deadline,
 *     whichever is less
 * @param listener hears of each wait before it begins
 * @param random from 0 to 1, for jitter
 */
public record RetrySettings(
        Duration longest, @Nullable Duration leastToSend, Consumer<Throttled> listener, DoubleSupplier random) {

    static final String LISTENER = "the throttle listener";

    /**
     * With the usual rest of a deadline.
     *
     * @param longest from the first refusal to the last try; zero never to wait
     * @param listener hears of each wait before it begins
     * @param random from 0 to 1, for jitter
     */
    public RetrySettings(Duration longest, Consumer<Throttled> listener, DoubleSupplier random) {
        this(longest, null, listener, random);
    }

    /** The listener, of which a gate only hears that it has heard: what it throws goes to its own request. */
    Consumer<Throttled> telling(Consumer<Throwable> fault) {
        return throttled -> {
            try {
                listener.accept(throttled);
            } catch (Throwable e) {
                fault.accept(UserCode.fault(LISTENER, e));
            }
        };
    }
}
