package dev.darkroom.internal.gate;

import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time between a refusal and the accepted probe that ends it. Refused probes lengthen it: with a hint by a random time
 * which doubles within limits, so that blind clients do not knock together; without, by doubling the delay. Seconds.
 */
final class ClosedPeriod {

    private static final double SPREAD = 1.5;
    private static final double LONGEST_SPREAD = 30;
    private static final double JITTER = 0.1;
    private static final double FIRST_BACKOFF = 1;
    private static final double LONGEST_BACKOFF = 30;
    private static final int MOST_DOUBLINGS = 10;

    /** Where nothing is said, a quota that is counted by the minute may be what refuses for so long. */
    private static final double LONGEST_WINDOW = 60;

    private final DoubleSupplier random;
    private double until = Double.NEGATIVE_INFINITY;
    private double since;
    private double askedUntil;
    private double askedAtFirst;
    private boolean shut;
    private int count;
    private int refusedProbes;
    private @Nullable SentCall probe;

    ClosedPeriod(DoubleSupplier random) {
        this.random = random;
    }

    /** From the refusal to the accepted probe; part of it may be over, and yet only a probe may pass. */
    boolean shut() {
        return shut;
    }

    double until() {
        return until;
    }

    int count() {
        return count;
    }

    /** How long the server asked us to stay away, all refusals of this closing together. */
    double asked() {
        return askedUntil - since;
    }

    /** The same without what was added by probes that came when the server had said, or after a minute, and were refused all the same. */
    double askedAtFirst() {
        return askedAtFirst;
    }

    boolean isNews(SentCall call) {
        return call.closings == count;
    }

    /** Sent before the gate closed, and not before it closed the last time but one. */
    boolean isOfLastEpoch(SentCall call) {
        return call.closings == count - 1;
    }

    boolean isProbe(SentCall call) {
        return probe == call;
    }

    void probe(SentCall call) {
        probe = call;
    }

    void forget(SentCall call) {
        if (probe == call) {
            probe = null;
        }
    }

    void reopened() {
        probe = null;
        shut = false;
        refusedProbes = 0;
    }

    void refused(double now, SentCall call, double hint, RateEstimate estimate) {
        if (isNews(call)) {
            refusedProbes = shut ? refusedProbes + 1 : 0;
            if (!shut) {
                since = now;
                askedUntil = now;
            }
            shut = true;
            count++;
        }
        forget(call);
        var delay = delay(hint, estimate);
        askedUntil = Math.max(askedUntil, now + delay);
        until = Math.max(until, now + delay + jitter(delay));
        if (!(hint > 0)) {
            askedAtFirst = Math.min(asked(), LONGEST_WINDOW);
        } else if (refusedProbes == 0) {
            askedAtFirst = asked();
        }
    }

    /** Somebody else's closing goes on here. */
    void takeOver(double now, double opens) {
        shut = true;
        count++;
        since = now;
        askedUntil = Math.max(now, opens);
        askedAtFirst = asked();
        until = opens;
    }

    /** How long a refused call waits when nobody else does. */
    double alone(double hint) {
        var delay = hint > 0 ? hint : FIRST_BACKOFF;
        return delay + jitter(delay);
    }

    private double jitter(double delay) {
        return random.getAsDouble() * JITTER * Math.max(0.2, Math.min(2, delay));
    }

    private double delay(double hint, RateEstimate estimate) {
        var doubled = 1 << Math.min(MOST_DOUBLINGS, refusedProbes);
        if (hint > 0) {
            var spread = Math.min(SPREAD * hint * (doubled - 1), Math.max(LONGEST_SPREAD, SPREAD * hint));
            return hint + random.getAsDouble() * spread;
        }
        var first = estimate.known() ? Math.max(FIRST_BACKOFF, 2 * estimate.secondsPerUnit()) : FIRST_BACKOFF;
        return Math.min(first * doubled, LONGEST_BACKOFF);
    }
}
