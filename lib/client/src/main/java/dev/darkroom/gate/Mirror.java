package dev.darkroom.gate;

/**
 * What we believe of the server's bucket: how fast it fills, and what is in it. Learned from what was accepted between
 * one closing and the next; time in which our bucket was full says nothing and does not count. Seconds and units.
 *
 * <ul>
 *   <li>The rate after a closing is what was accepted per second, older epochs counting half; never more than the rate
 *       that was just refused, less a little.
 *   <li>A closing earns credit for half its length, spent at one and a half times the rate.
 *   <li>Each acceptance raises the rate: by little in the first epoch's worth, then twice as fast with every further one.
 *       The fewer calls the estimate rests on, the bolder.
 * </ul>
 */
final class Mirror {

    private static final double MEMORY = 0.5;
    private static final double CREDIT = 0.5;
    private static final double CATCH_UP = 1.5;
    private static final double CUT = 0.3;
    private static final double GROWTH = 0.3;
    private static final double STEEPEST = 0.1;
    private static final double FEWEST = 2;
    private static final double FIRST_EPOCH = 60;
    private static final double LEAST_SPAN = 0.1;

    /** A unit a minute harms nobody; a rate learned from one odd closing would starve us for hours. */
    private static final double SLOWEST = 1 / 60.0;

    private double rate;
    private double tokens;
    private double cap;
    private double nextPaced;
    private double last;

    private double units;
    private double calls;
    private double open;
    private double acceptedSince;
    private double pastUnits;
    private double pastCalls;
    private double pastSeconds;
    private double basis = FEWEST;

    boolean known() {
        return rate > 0;
    }

    double secondsPerUnit() {
        return 1 / rate;
    }

    /** Seconds until a call of this cost may leave. */
    double wait(double now, int cost) {
        var missing = Math.max(0, Math.min(cost, cap) - tokens);
        return Math.max(missing / rate, nextPaced - now);
    }

    /** Takes the cost out; tells whether the bucket was what held the call. */
    boolean take(double now, int cost) {
        var paced = known() && tokens < 2 * cost;
        tokens -= cost;
        if (known()) {
            nextPaced = now + cost / rate / CATCH_UP;
        }
        return paced;
    }

    /** Lets time pass. */
    void advance(double now, boolean shut) {
        var passed = now - last;
        last = now;
        if (shut) {
            return;
        }
        if (!known()) {
            open += passed;
            forgetOldStart();
        } else {
            open += Math.max(0, Math.min(passed, (cap - tokens) / rate));
            tokens = Math.min(cap, tokens + rate * passed);
        }
    }

    private void forgetOldStart() {
        if (open > FIRST_EPOCH) {
            open /= 2;
            units /= 2;
            calls /= 2;
        }
    }

    void accepted(Sending call, boolean grows) {
        units += call.cost;
        calls++;
        if (grows && known() && call.paced) {
            acceptedSince++;
            var doublings = Math.max(0, acceptedSince / basis - 1);
            rate *= 1 + Math.min(STEEPEST, GROWTH * Math.pow(basis, -1.5) * Math.pow(2, doublings));
        }
    }

    void takeBack(Sending call) {
        units -= call.cost;
        calls--;
        acceptedSince--;
    }

    /** The server has refused: its bucket is empty. */
    void emptied(double sentAgo) {
        tokens = 0;
        open = Math.max(0, open - sentAgo);
    }

    /**
     * The probe after a closing was accepted.
     *
     * @param closed seconds the server asked for
     * @param probe the call that was let through
     */
    void reopened(double now, double closed, Sending probe) {
        var span = Math.max(LEAST_SPAN, open + closed);
        if (!known()) {
            pastUnits = units;
            pastCalls = calls;
            pastSeconds = span;
            rate = Math.max(units, probe.cost) / span;
        } else {
            pastCalls = pastCalls * MEMORY + Math.max(1, calls - 1);
            pastUnits = pastUnits * MEMORY + Math.max(1, units - probe.cost);
            pastSeconds = pastSeconds * MEMORY + span;
            rate = Math.min(rate * (1 - Math.min(0.4, CUT / Math.sqrt(pastCalls))), pastUnits / pastSeconds);
        }
        rate = Math.max(rate, SLOWEST);
        basis = Math.max(FEWEST, pastCalls);
        cap = Math.max(1, CREDIT * rate * closed);
        tokens = cap - probe.cost;
        nextPaced = now;
        last = now;
        units = probe.cost;
        calls = 1;
        open = 0;
        acceptedSince = 0;
    }
}
