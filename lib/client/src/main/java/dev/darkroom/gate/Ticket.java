package dev.darkroom.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/**
 * A place in the queue of a quota, held by one request until it ends. Each attempt takes a {@link Permit}; a refused request
 * asks again with the same ticket and so stands before all who came later.
 */
public interface Ticket {

    /** No limit for a wait. */
    Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    /**
     * Waits, as long as it takes, until this request may send.
     *
     * @return like {@link #permit(Duration, Instant, Consumer)}
     */
    default Mono<Permit> permit() {
        return permit(FOR_EVER, Instant.MAX, throttled -> {});
    }

    /**
     * Waits until this request may send.
     *
     * <p>Emits one permit, on the subscribing thread if the gate is open, else on the gate's scheduler; it sees its
     * subscriber's context and nobody else's thread locals. A subscription waits in the queue from when it is made, whatever is
     * requested, and holds no thread. Cancelling it leaves the queue; the ticket keeps its age. One subscription at a time:
     * a second one, or one on a closed ticket, fails with {@link IllegalStateException}.
     *
     * @param longest for which closed gate to wait, counted from when it is met or closes meanwhile; zero not to wait for a
     *     closed gate at all. After a refusal requests leave at a pace: a wait for that which is longer than a second counts
     *     too, as short as it can be at that pace. Waiting in the queue of a gate which refused nobody is no part of it. Fails
     *     with {@link GateClosedException} as soon as the wait is known to be longer
     * @param latest when it is too late to send, by the wall clock of the moment of the subscription. Fails with
     *     {@link GateClosedException} as soon as it is known that its turn comes later, or else at that instant
     * @param listener told before the wait if the gate is closed or the pace makes this one wait for more than a second,
     *     whenever that happens meanwhile, and when it takes longer, by a second or more, than was told. Called on the
     *     subscribing thread or on the gate's scheduler, whom it must not keep waiting. Whatever it throws is what its own
     *     subscription fails with
     * @return the permit
     */
    Mono<Permit> permit(Duration longest, Instant latest, Consumer<Throttled> listener);

    /**
     * Gives the place up: a permit without an outcome is abandoned, a subscription still waiting completes without a permit.
     * Closing again does nothing.
     */
    void close();
}
