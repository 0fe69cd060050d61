package dev.darkroom.internal.gate;

/**
 * After a refusal that came oddly soon, the gate does not close at once: a few calls are let through first, one after the
 * other as they are judged, pace or no pace. A server which refuses one of them has a limit, and the gate closes, for one attempt
 * more. If it takes them, there was no need to close; and if it takes more of them than a bucket can hold that was empty at the
 * refusal and fills at our rate, it refuses by chance. Guarded by the gate's lock; seconds and units.
 *
 * <p>The hard case is a fast bucket: it refills while the refusal travels. So more calls may be under way at once where the rate
 * is high, and a cheaper call than the refused one proves little.
 */
final class Trial {

    /** Accepted by then, the calls show at least that waiting is not needed. */
    static final int CALLS = 4;

    private static final double MORE = 0.6;
    private static final double LONGEST_TRIP = 1;

    private int left;
    private double since;
    private double trip;
    private double units;

    boolean runs() {
        return left > 0;
    }

    void begin(double now, SentCall refused) {
        left = CALLS;
        since = refused.at;
        trip = Math.min(LONGEST_TRIP, now - refused.at);
        units = -refused.cost;
    }

    void end() {
        left = 0;
    }

    /** Whether it was sent behind the refused call. */
    boolean concerns(SentCall call) {
        return left > 0 && call.at > since;
    }

    /** How many calls may be on trial at once. */
    double atOnce(double rate) {
        return Math.max(1, Math.floor(1 + rate * trip));
    }

    /** Counts an accepted call, and tells whether a bucket cannot have given so much; ends the trial with it, or the last one. */
    boolean isMoreThan(double rate, SentCall accepted) {
        units += accepted.cost;
        var more = units - rate * (accepted.at - since) >= MORE;
        left = more ? 0 : left - 1;
        return more;
    }
}
