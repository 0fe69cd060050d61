package dev.darkroom.gate;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a gate looks like at one moment.
 *
 * @param quota whose gate
 * @param closedUntil when the next request may be tried; null if the gate is open. A gate that is held while a refusal is read
 *     is closed for that moment
 * @param waiting requests in the queue, 0 or more; with those that wait alone for an instant of their own
 * @param inFlight requests sent, not refused, and not ended, 0 or more
 * @param pace units (requests or images, as the quota counts) a second that may be sent; infinite before any refusal, and where
 *     none came for long
 * @param cause why requests wait that wait, or would
 * @param headWaits how long the first in the queue will wait if nothing is heard until then; null if nobody waits, or if it waits
 *     for the outcome of another
 * @param fleet with whom the quota is shared; null if by nobody outside of this application
 */
public record GateState(
        Quota quota,
        @Nullable Instant closedUntil,
        int waiting,
        int inFlight,
        double pace,
        Cause cause,
        @Nullable Duration headWaits,
        @Nullable Fleet fleet) {

    /**
     * With whom a quota is shared.
     *
     * @param instances of the application which use the quota, this one included, as they were last seen: 1 or more
     * @param reached whether what all share can be reached. If not, this application paces itself, at its part of what was
     *     last known
     */
    public record Fleet(int instances, boolean reached) {}

    /** Why requests wait. */
    public enum Cause {
        /** Nothing was refused. At the start, and only then, a few are sent first, of whom it is not known yet whether they are taken. */
        NONE,
        /** A request was refused: the gate is closed, or open and paced. */
        LIMIT,
        /** The instant is over which the server named, and one request goes first to see. */
        PROBE,
        /** Requests are refused whatever is sent: only those wait that were. */
        NOISE,
        /** An answer is being read which looks like a refusal. */
        HOLD
    }

    /**
     * A gate which says nothing of its pace.
     *
     * @param quota whose gate
     * @param closedUntil when the next request may be tried; null if the gate is open
     * @param waiting requests in the queue, 0 or more
     * @param inFlight requests sent, not refused, and not ended, 0 or more
     */
    public GateState(Quota quota, @Nullable Instant closedUntil, int waiting, int inFlight) {
        this(
                quota,
                closedUntil,
                waiting,
                inFlight,
                Double.POSITIVE_INFINITY,
                closedUntil == null ? Cause.NONE : Cause.LIMIT,
                null);
    }

    /**
     * A gate which is shared by nobody outside of this application.
     *
     * @param quota whose gate
     * @param closedUntil when the next request may be tried; null if the gate is open
     * @param waiting requests in the queue, 0 or more
     * @param inFlight requests sent, not refused, and not ended, 0 or more
     * @param pace units a second that may be sent
     * @param cause why requests wait
     * @param headWaits how long the first in the queue will wait; null if nobody can say
     */
    public GateState(
            Quota quota,
            @Nullable Instant closedUntil,
            int waiting,
            int inFlight,
            double pace,
            Cause cause,
            @Nullable Duration headWaits) {
        this(quota, closedUntil, waiting, inFlight, pace, cause, headWaits, null);
    }
}
