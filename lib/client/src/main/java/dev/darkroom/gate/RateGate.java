package dev.darkroom.gate;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import reactor.core.scheduler.Schedulers;

/**
 * Who may send, and when: one gate per quota, shared by every call that spends it. A refusal of one call closes the gate
 * for all; when it opens, one probe goes first, then the others, oldest first, at the pace the server takes. Where refusals
 * have proved not to depend on what is sent, only the refused call waits.
 *
 * <p>Copies of a client share their gate, and several clients of one application may be given the same one. An
 * implementation is thread-safe and never blocks. It hears of refusals as data and knows nothing of HTTP, so that a fleet
 * can keep its gate elsewhere.
 *
 * <p>Use it so that no ticket is left open:
 *
 * <pre>{@code
 * Flux.using(
 *         () -> gate.enter(quota, 1),
 *         ticket -> Flux.defer(() -> ticket.turn().flatMapMany(turn -> exchange(turn))).retryWhen(..),
 *         Ticket::close)
 * }</pre>
 */
public interface RateGate {

    /**
     * A gate in the memory of this application. It tells time by {@link Schedulers#parallel()}, asked when a quota is first
     * used, so that virtual time rules it. Quotas nobody uses are forgotten after ten minutes, or as soon as there are a
     * thousand, but not while the server has told to come back later. At most 100,000 of those are kept: beyond, the ones
     * are forgotten that would open first.
     *
     * @return a gate which no call has entered
     */
    static RateGate inMemory() {
        return inMemory(new Random()::nextDouble);
    }

    /**
     * Like {@link #inMemory()}, with dice of one's own.
     *
     * @param random from 0 to 1, for jitter, which only ever adds to a wait; called from any thread
     * @return a gate which no call has entered
     */
    static RateGate inMemory(DoubleSupplier random) {
        return new InMemoryGate(Schedulers::parallel, random);
    }

    /**
     * Takes a place in the line of a quota, for one request and all its attempts. Its age, which is its place, counts from
     * this call: make it when an event is first asked for.
     *
     * @param quota whose line
     * @param cost what one attempt spends, in what the quota counts (requests or images), 1 or more
     * @return a ticket which must be closed
     */
    Ticket enter(Quota quota, int cost);

    /**
     * What every known quota looks like now.
     *
     * @return a snapshot, in no particular order
     */
    List<GateState> states();
}
