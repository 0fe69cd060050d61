package dev.darkroom.gate;

import java.util.List;

/**
 * Who may send, and when: one gate per quota, shared by every call that spends it. A refusal of one call closes the gate
 * for all; when it opens, one probe goes first, then the others, oldest first, at the pace the server takes. Where refusals
 * have proved not to depend on what is sent, only the refused call waits.
 *
 * <p>Copies of a client share their gate, and several clients of one application may be given the same one (the factories are
 * in {@code dev.darkroom.RateGates}). An implementation is thread-safe and never blocks. It hears of refusals as data and knows
 * nothing of HTTP, so that a fleet can keep its gate elsewhere.
 *
 * <p>Use it so that no ticket is left open:
 *
 * <pre>{@code
 * Flux.using(
 *         () -> gate.enter(quota, 1),
 *         ticket -> Flux.defer(() -> ticket.permit().flatMapMany(permit -> exchange(permit))).retryWhen(..),
 *         Ticket::close)
 * }</pre>
 */
public interface RateGate {

    /**
     * Takes a place in the queue of a quota, for one request and all its attempts. Its age, which is its place, counts from
     * this call: make it when an event is first asked for.
     *
     * @param quota whose queue
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
