package dev.darkroom.internal.gate;

/** One call as the admission law sees it: sent, then judged once, then no longer in flight. Guarded by the gate's lock. */
final class SentCall {

    final double at;
    final int cost;

    /** How often the gate had closed when this was sent: tells a late refusal from news. */
    final int closings;

    /** How many calls were in flight, this one included. */
    final int inFlight;

    /** Whether a fuller bucket would have let it go earlier: only then its acceptance says anything about the rate. */
    final boolean paced;

    boolean counted;
    boolean inFlightStill = true;

    SentCall(double at, int cost, int closings, int inFlight, boolean paced) {
        this.at = at;
        this.cost = cost;
        this.closings = closings;
        this.inFlight = inFlight;
        this.paced = paced;
    }
}
