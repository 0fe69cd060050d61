package dev.darkroom.internal.gate;

/**
 * While the body of an answer is read whose head looks like a refusal, nobody is sent. What the body says is another
 * matter: the law learns nothing of a hold. It ends with the last turn that holds, or when the time is over which the
 * latest one asked for. Guarded by the line's lock; seconds.
 */
final class Hold {

    private int permits;
    private double until = Double.NEGATIVE_INFINITY;

    void begin(double end) {
        permits++;
        until = Math.max(until, end);
    }

    void end() {
        if (--permits == 0) {
            until = Double.NEGATIVE_INFINITY;
        }
    }

    double until() {
        return until;
    }
}
