package dev.darkroom.internal.gate;

/**
 * After which silence a call counts as accepted. A JSON answer comes after seconds or a minute, a refusal at once: without
 * consent by silence we would wait for the slowest picture. Where acceptances are heard early (a stream's headers),
 * silence is rather a refusal under way. Seconds.
 */
final class SilenceHeuristic {

    private static final double SHORTEST = 0.3;
    private static final double LONGEST = 5;
    private static final double SAFETY = 1.5;
    private static final double DECAY = 0.9;
    private static final int CONVINCED = 3;
    private static final int MOST = 10;

    private double silence = SHORTEST;
    private int heard;

    double after() {
        return heard >= CONVINCED ? LONGEST : silence;
    }

    void heard() {
        heard = Math.min(MOST, heard + 1);
    }

    void assumed() {
        heard = Math.max(-MOST, heard - 2);
    }

    void refusedAfter(double seconds) {
        silence = Math.max(silence * DECAY, Math.min(LONGEST, Math.max(SHORTEST, SAFETY * seconds)));
    }
}
