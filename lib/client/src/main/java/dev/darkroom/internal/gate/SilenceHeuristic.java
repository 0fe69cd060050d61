package dev.darkroom.internal.gate;

/**
 * After which silence a call counts as accepted. A JSON answer comes after seconds or a minute, a refusal at once: without
 * consent by silence we would wait for the slowest picture. Where acceptances are heard early (a stream's headers),
 * silence is rather a refusal under way. Seconds.
 */
public final class SilenceHeuristic {

    private static final double SHORTEST = 0.3;
    private static final double LONGEST = 5;
    private static final double SAFETY = 1.5;
    private static final double DECAY = 0.9;
    private static final int CONVINCED = 3;
    private static final int MOST = 10;

    private double silence = SHORTEST;
    private int heard;

    /**
     * How long to wait.
     *
     * @return seconds
     */
    public double after() {
        return heard >= CONVINCED ? LONGEST : silence;
    }

    /** An acceptance was heard. */
    public void heard() {
        heard = Math.min(MOST, heard + 1);
    }

    /** One was taken for accepted, because nothing was heard. */
    public void assumed() {
        heard = Math.max(-MOST, heard - 2);
    }

    /**
     * A refusal was heard.
     *
     * @param seconds after the call was sent
     */
    public void refusedAfter(double seconds) {
        silence = Math.max(silence * DECAY, Math.min(LONGEST, Math.max(SHORTEST, SAFETY * seconds)));
    }
}
