package dev.darkroom.internal.gate;

/**
 * Notices a quota of concurrent calls. Such a quota refuses again and again at the same number in flight, whatever the
 * rate; a rate is met at ever different numbers. Three refusals in a row at the same number set a limit; it gives way
 * slowly while it holds, and one acceptance beyond it proves it wrong.
 */
final class InFlightLimit {

    private static final double TOLERANCE = 0.1;
    private static final int TIMES_MORE = 2;

    private double limit = Double.MAX_VALUE;
    private int base;
    private int lastRefusedAt = Integer.MIN_VALUE / 2;
    private int same;

    boolean allows(int inFlight) {
        return inFlight < Math.floor(limit);
    }

    /** The first refusal of a closing met this many others in flight. */
    void refusedAt(int others) {
        var at = Math.max(1, others);
        if (Math.abs(at - lastRefusedAt) > TOLERANCE * at) {
            same = 0;
            limit = Double.MAX_VALUE;
        } else if (++same >= TIMES_MORE) {
            base = Math.max(at, lastRefusedAt);
            limit = base;
        }
        lastRefusedAt = at;
    }

    void accepted(SentCall call, int inFlight) {
        if (limit == Double.MAX_VALUE) {
            return;
        }
        if (call.inFlight > Math.max(base, lastRefusedAt)) {
            forget();
        } else if (inFlight >= limit - 1) {
            limit += 1 / limit;
        }
    }

    void forget() {
        limit = Double.MAX_VALUE;
        lastRefusedAt = Integer.MIN_VALUE / 2;
        same = 0;
    }
}
