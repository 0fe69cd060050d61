package dev.darkroom.internal.gate;

/**
 * What we believe of the server's bucket: how fast it fills, and what is in it. Learned from what was accepted between
 * one closing and the next; time in which our bucket was full says nothing and does not count. Seconds and units.
 *
 * <ul>
 *   <li>The rate after a closing is what was accepted per second, older epochs counting less; never more than the rate
 *       that was just refused, less a little. A rate that trebles begins an epoch, too: what was accepted at a third of it says
 *       less of the limit.
 *   <li>A closing earns credit for most of its length, spent at nearly one and a half times the rate.
 *   <li>Each acceptance raises the rate: by little in the first epoch's worth, then twice as fast with every further one.
 *       The fewer calls the estimate rests on, the bolder.
 *   <li>Time raises it, too: a rate which held for longer than it was learned in doubles in as long again.
 *   <li>What was cut while {@link Noise} was suspected is given back when it is noise.
 * </ul>
 */
final class RateEstimate {

    private static final double MEMORY = 0.45;
    private static final double CREDIT = 0.8;
    private static final double CATCH_UP = 1.44;
    private static final double CUT = 0.5;
    private static final double GROWTH = 0.38;
    private static final double STEEPEST = 0.05;
    private static final double OUTGROWN = 3;
    private static final double FEWEST = 2;
    private static final double MOST = 40;
    private static final double FIRST_EPOCH = 60;
    private static final double LEAST_SPAN = 0.1;
    private static final double DOUBT = 1.2;
    private static final double SOONEST_DOUBT = 11;
    private static final double LATEST_DOUBT = 120;

    /** Fewer units since a limit was noticed say less of it than what was believed before noise was. */
    private static final double TOO_FEW = 5;

    /** Epochs of noise before a rate may grow that was cut amid it: if there is none, it was a limit alone. */
    private static final double NOISE_EPOCHS = 2;

    /** Units that were due in a closing and not taken: no quota does that. */
    private static final double OUTAGE = 25;

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
    private double fromRate;
    private double epoch;
    private double acceptedSince;
    private double pastUnits;
    private double pastCalls;
    private double pastSeconds;
    private double basis = FEWEST;
    private double reopenedAt;
    private double doubt = LATEST_DOUBT;
    private double trusted;
    private double suspected;

    boolean known() {
        return rate > 0;
    }

    double secondsPerUnit() {
        return 1 / rate;
    }

    /** Units a second. */
    double rate() {
        return rate;
    }

    /** Calls accepted since the last reopening. */
    double calls() {
        return epoch;
    }

    /** Calls the rate rests on. */
    double basis() {
        return basis;
    }

    /** Seconds until a call of this cost may leave. */
    double wait(double now, int cost) {
        var missing = Math.max(0, Math.min(cost, cap) - tokens);
        return Math.max(missing / rate, nextPaced - now);
    }

    /** Seconds in which so many units can leave at the fastest. */
    double earliest(long units) {
        return Math.max(0, units - tokens) / rate / CATCH_UP;
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
            var doubted = now - reopenedAt - doubt;
            if (doubted > 0) {
                rate *= Math.pow(2, Math.min(passed, doubted) / doubt);
            }
            open += Math.max(0, Math.min(passed, (cap - tokens) / rate));
            tokens = Math.min(cap, tokens + rate * passed);
        }
    }

    private void forgetOldStart() {
        if (open > FIRST_EPOCH) {
            open /= 2;
            units /= 2;
            calls /= 2;
            epoch /= 2;
        }
    }

    void accepted(SentCall call, boolean grows) {
        units += call.cost;
        calls++;
        epoch++;
        if (grows && known() && call.paced) {
            acceptedSince++;
            var doublings = Math.max(0, acceptedSince / basis - 1);
            rate *= 1 + Math.min(STEEPEST, GROWTH * Math.pow(basis, -1.5) * Math.pow(2, doublings));
            if (rate > OUTGROWN * fromRate) {
                outgrown();
            }
        }
    }

    private void outgrown() {
        pastUnits = units;
        pastCalls = calls;
        pastSeconds = open;
        begin(0);
    }

    /** From here on, what is accepted is counted anew. */
    private void begin(int cost) {
        units = cost;
        calls = Math.signum(cost);
        open = 0;
        fromRate = rate;
    }

    void takeBack(SentCall call) {
        units -= call.cost;
        calls--;
        epoch--;
        acceptedSince--;
    }

    /** The server has refused: its bucket is empty. */
    void emptied(double sentAgo) {
        tokens = 0;
        open = Math.max(0, open - sentAgo);
    }

    /** The gate was closed, and nothing is learned of it but that. */
    void waited(double now, double closed) {
        open += closed;
        last = now;
    }

    /** Nothing speaks against the rate: what is cut from now on may have to be given back. */
    void trustsRate() {
        trusted = rate;
    }

    /** It was noise. */
    void takeCutsBack() {
        suspected = rate;
        rate = Math.max(rate, trusted);
        countsFromHere();
    }

    /** If there is a limit, it begins here: what was accepted before says nothing of it. */
    void countsFromHere() {
        begin(0);
        epoch = 0;
        pastUnits = 0;
        pastCalls = 0;
        pastSeconds = 0;
    }

    /** Goes on with a rate that was learned elsewhere. */
    void takeOver(double now, double learned) {
        rate = Math.max(SLOWEST, learned);
        fromRate = rate;
        trusted = rate;
        cap = 1;
        nextPaced = now;
        last = now;
        reopenedAt = now;
        basis = FEWEST;
    }

    void forget() {
        countsFromHere();
        rate = 0;
        trusted = 0;
        suspected = 0;
        tokens = 0;
        basis = FEWEST;
    }

    /**
     * Whether too much was due in a closing, and not taken, for a quota to explain it. Of the first closing that can be said only where
     * as much was taken before.
     *
     * @param closed seconds the server asked for at first
     * @param longer seconds after these in which it refused probes all the same
     */
    boolean isOutage(double closed, double longer) {
        var believed = known() ? rate : units < OUTAGE ? 0 : units / Math.max(LEAST_SPAN, open + closed);
        return believed * longer >= OUTAGE;
    }

    /**
     * The probe after a closing was accepted.
     *
     * @param closed seconds the server asked for
     * @param outage seconds of these that say nothing of its quota
     * @param probe the call that was let through
     * @param share which is refused by chance; 0 if none is
     */
    void reopened(double now, double closed, double outage, SentCall probe, double share) {
        var span = Math.max(LEAST_SPAN, open + closed);
        if (!known()) {
            pastUnits = units;
            pastCalls = calls;
            pastSeconds = span;
            rate = Math.max(units, probe.cost) / (span - outage);
        } else {
            pastCalls = pastCalls * MEMORY + Math.max(1, calls - 1);
            pastUnits = pastUnits * MEMORY + Math.max(1, units - probe.cost);
            pastSeconds = pastSeconds * MEMORY + span;
            rate = Math.min(rate * (1 - Math.min(0.4, CUT / Math.sqrt(pastCalls))), pastUnits / (pastSeconds - outage));
        }
        rate = Math.max(SLOWEST, units < TOO_FEW ? Math.max(rate, suspected) : rate);
        suspected = 0;
        basis = Math.max(FEWEST, Math.max(Math.min(MOST, pastCalls), share > 0 ? NOISE_EPOCHS / share : 0));
        doubt = Math.max(SOONEST_DOUBT, Math.min(LATEST_DOUBT, DOUBT * pastSeconds));
        reopenedAt = now;
        cap = Math.max(1, CREDIT * rate * (closed - outage));
        tokens = cap - probe.cost;
        nextPaced = now;
        last = now;
        begin(probe.cost);
        epoch = 1;
        acceptedSince = 0;
    }
}
