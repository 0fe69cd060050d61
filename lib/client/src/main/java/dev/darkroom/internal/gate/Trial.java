package dev.darkroom.internal.gate;

/**
 * After a refusal that came oddly soon, the gate does not close at once: a few calls are let through first, pace or no pace, one
 * alone and, when one is taken, another beside the next. A server which refuses the first has a limit, and the gate closes, for
 * one attempt more. If it takes them, there was no need to close; and if it takes more of them than a bucket can hold that was
 * empty at the refusal and fills at our rate, it refuses by chance. Guarded by the gate's lock; seconds and units.
 *
 * <p>The hard case is a fast bucket: it refills while an answer travels, so that one call after the other proves nothing. Those
 * who are sent together do; and a cheaper call than the refused one proves little. Under a limit every trial costs an attempt:
 * after the second in a row that was refused one odd refusal is passed over, after the third two, and so on.
 */
final class Trial {

    /** Accepted by then, the calls show at least that waiting is not needed. */
    static final int CALLS = 5;

    private static final double MORE = 0.6;

    private int left;
    private int refusedInARow;
    private int passedOver;
    private double since;
    private double units;

    boolean runs() {
        return left > 0;
    }

    /** Whether a refusal that came oddly soon is worth one. */
    boolean isDue() {
        return passedOver++ >= refusedInARow - 1;
    }

    void begin(SentCall refused) {
        passedOver = 0;
        left = CALLS;
        since = refused.at;
        units = -refused.cost;
    }

    /** A call on trial was refused. */
    void refused() {
        left = 0;
        refusedInARow++;
    }

    /** Whether it was sent behind the refused call. */
    boolean concerns(SentCall call) {
        return left > 0 && call.at > since;
    }

    /** How many calls may be on trial at once. */
    int atOnce() {
        return 1 + CALLS - left;
    }

    /** Counts an accepted call, and tells whether a bucket cannot have given so much; ends the trial with it, or the last one. */
    boolean isMoreThan(double rate, SentCall accepted) {
        units += accepted.cost;
        var more = units - rate * (accepted.at - since) >= MORE;
        left = more ? 0 : left - 1;
        refusedInARow = left > 0 ? refusedInARow : 0;
        return more;
    }
}
