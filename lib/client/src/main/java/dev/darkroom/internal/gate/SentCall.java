package dev.darkroom.internal.gate;

/**
 * One call as an admission law sees it: sent, then judged once, then no longer in flight. A law adds what else it wants to know when
 * the call is judged. Guarded by the gate's lock.
 */
public abstract class SentCall {

    /** When. Seconds. */
    public final double at;

    /** What it spends. */
    public final int cost;

    /** How often the gate had closed when this was sent: tells a late refusal from news. */
    public final int closings;

    /** How many calls were in flight, this one included. */
    final int inFlight;

    /** Whether a fuller bucket would have let it go earlier: only then its acceptance says anything about the rate. */
    final boolean paced;

    boolean counted;
    boolean inFlightStill = true;

    /**
     * A call that is in flight.
     *
     * @param at when it was sent, in seconds
     * @param cost what it spends
     * @param closings how often the gate had closed
     * @param inFlight how many were, with this one
     * @param paced whether a fuller bucket would have let it go earlier
     */
    protected SentCall(double at, int cost, int closings, int inFlight, boolean paced) {
        this.at = at;
        this.cost = cost;
        this.closings = closings;
        this.inFlight = inFlight;
        this.paced = paced;
    }
}
