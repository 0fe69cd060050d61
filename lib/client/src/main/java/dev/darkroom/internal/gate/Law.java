package dev.darkroom.internal.gate;

import dev.darkroom.gate.GateState;
import org.jspecify.annotations.Nullable;

/**
 * By which the queue of one quota is let through: when the next call may be sent, and what its outcome teaches. {@link Admission}
 * decides by itself; the law of a fleet asks others, and tells its queue through {@link QueueAccess} when it has heard. Guarded by
 * the queue's lock, never blocks; times are seconds on the queue's clock, which never goes back.
 */
public interface Law {

    /** The server named no instant. */
    double NO_HINT = Double.NaN;

    /**
     * How long the first in the queue has to wait if nothing is heard until then. Asked only while it wants to be sent, and
     * often: a law that has to ask others does so when it is first asked.
     *
     * @param now the time
     * @param cost of the call
     * @return seconds; 0 or less if it may leave now, infinite if something has to be heard first
     */
    double wait(double now, int cost);

    /**
     * A call leaves, whom {@link #wait} allowed to.
     *
     * @param now the time
     * @param cost of the call
     * @return the call
     */
    SentCall send(double now, int cost);

    /**
     * The server took the call.
     *
     * @param now the time
     * @param call that was sent
     */
    void accepted(double now, SentCall call);

    /**
     * The server answered something which says nothing of the quota; at least it does not refuse, and the call is over.
     *
     * @param now the time
     * @param call that was sent
     */
    void answered(double now, SentCall call);

    /**
     * Nobody will ever know.
     *
     * @param now the time
     * @param call that was sent, or was not
     */
    void abandoned(double now, SentCall call);

    /**
     * The call is over, or nobody waits for it any more.
     *
     * @param call that was sent
     */
    void ended(SentCall call);

    /**
     * The server refused the call.
     *
     * @param now the time
     * @param call that was sent
     * @param hint seconds from now until the instant the server named, or {@link #NO_HINT}
     * @return seconds for which this call alone has to wait; 0 if the gate is closed for all instead
     */
    double refused(double now, SentCall call, double hint);

    /**
     * When the gate opens, or opened last.
     *
     * @return the time
     */
    double closedUntil();

    /**
     * Calls sent and not over.
     *
     * @return 0 or more
     */
    int inFlight();

    /**
     * Whether a refusal closed the gate and no probe was accepted since.
     *
     * @return true from the one to the other
     */
    boolean shut();

    /**
     * Whether refusals are taken for chance.
     *
     * @return true if only the refused call waits
     */
    boolean noise();

    /**
     * How fast calls may be sent.
     *
     * @return units a second; infinite where nothing is paced
     */
    double pace();

    /**
     * Seconds after which so many units can have been sent at the earliest, as far as the pace goes.
     *
     * @param now the time
     * @param units to send
     * @return seconds, 0 if nothing is known
     */
    double paced(double now, long units);

    /**
     * Nobody waits any more: what was asked for on behalf of the first in the queue is not needed.
     *
     * @param now the time
     */
    default void nobodyWaits(double now) {}

    /** The queue is forgotten, and asks nothing any more. */
    default void forgotten() {}

    /**
     * With whom the quota is shared.
     *
     * @return the fleet as it was last seen; null if this law decides alone
     */
    default GateState.@Nullable Fleet fleet() {
        return null;
    }
}
