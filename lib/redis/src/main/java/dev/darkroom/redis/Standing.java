package dev.darkroom.redis;

import org.jspecify.annotations.Nullable;

/**
 * Where an instance stands in the fleet's line for one quota: what was last heard of it, the place that is held for the first in the
 * queue here, and whether that one goes first after a closing, to see. A plain object, guarded by the queue's lock; seconds on
 * the queue's clock.
 *
 * <p>The hard cases: words and answers come on two connections, so that the older may come last; a Redis that lost everything begins
 * another life, in which no place of the old one counts; and the first in line may be dead, so that the next ones try the
 * probe by themselves, one after the other.
 */
final class Standing {

    /** The fleet has to be asked before more can be said. */
    static final double ASK = Double.NaN;

    /** Two connections are not apart for longer. */
    private static final double APART = 1;

    /** Who is not first in line leaves the probe to those before it for so long, and a little longer for each. */
    private static final double PATIENCE = 0.2;

    private static final double PATIENCE_PER_UNIT = 0.01;
    private static final double LONGEST_PATIENCE = 1.2;

    private static final double SOON = 0.1;

    private @Nullable Word word;
    private double heardAt;
    private double closedUntil = Double.NEGATIVE_INFINITY;
    private boolean shut;
    private boolean refused;
    private double claimAt;

    private boolean placed;
    private double place;
    private int units;
    private boolean probe;

    /** Something was said to all, or answered to us. */
    void heard(double now, Word said) {
        var known = word;
        if (known != null && said.born() == known.born() && said.seq() < known.seq() && now - heardAt < APART) {
            claimAt = Math.max(claimAt, now + SOON);
            return;
        }
        if (known == null || said.born() != known.born()) {
            placed = false;
            probe = false;
        } else if (said.epoch() != known.epoch()) {
            probe = false;
        }
        word = said;
        heardAt = now;
        var opens = now + said.closedFor();
        closedUntil = said.closedFor() > 0 ? (refused ? Math.max(closedUntil, opens) : opens) : closed(now);
        shut = said.shut() || refused;
        claimAt = now + Math.max(said.closedFor(), said.probedFor()) + patience(said);
    }

    private double closed(double now) {
        return refused ? closedUntil : Math.min(closedUntil, now);
    }

    private double patience(Word said) {
        var before = placed ? said.before(place) : 0;
        return before <= 0 ? 0 : Math.min(LONGEST_PATIENCE, PATIENCE + PATIENCE_PER_UNIT * before);
    }

    /** The answer to a question for a place. */
    void placed(double now, Word answer, int cost) {
        if (answer.place() == Word.PROBE) {
            placed = false;
            probe = true;
            units = cost;
        } else if (answer.place() >= 0) {
            placed = true;
            place = answer.place();
            units = cost;
            claimAt = now + Math.max(answer.closedFor(), answer.probedFor()) + patience(answer);
        }
    }

    /**
     * A call of ours was refused which is news: the gate is closed until the fleet says more.
     *
     * @param atLeast seconds
     */
    void refused(double now, double atLeast) {
        refused = true;
        shut = true;
        probe = false;
        closedUntil = Math.max(closedUntil, now + atLeast);
    }

    /** The fleet knows of it. */
    void told() {
        refused = false;
    }

    /** Seconds until the first in the queue may be sent, or {@link #ASK}. */
    double wait(double now, boolean listens) {
        var said = word;
        if (said == null || (!placed && !probe)) {
            return ASK;
        }
        if (closedUntil > now) {
            return closedUntil - now;
        }
        if (probe) {
            return 0;
        }
        if (shut) {
            return claimAt > now ? claimAt - now : ASK;
        }
        var turn = heardAt + said.turn(place, units) - now;
        return turn <= 0 && !listens && now - heardAt > APART ? ASK : turn;
    }

    /** The first in the queue is sent; returns the units that were reserved for it. */
    int take() {
        placed = false;
        probe = false;
        return units;
    }

    /** What we know is of no use any more: the fleet cannot be reached. */
    void lost() {
        take();
        refused = false;
    }

    boolean isPlaced() {
        return placed;
    }

    boolean isProbe() {
        return probe;
    }

    /** {@link Word#NO_PLACE} if there is none. */
    double place() {
        return placed ? place : Word.NO_PLACE;
    }

    int units() {
        return units;
    }

    long born() {
        return word == null ? 0 : word.born();
    }

    long epoch() {
        return word == null ? 0 : word.epoch();
    }

    boolean noise() {
        return word != null && word.noise();
    }

    int instances() {
        return word == null ? 1 : Math.max(1, word.instances());
    }

    double closedUntil() {
        return closedUntil;
    }

    boolean shut() {
        return shut;
    }

    /** Units a second of the whole fleet; infinite if no rate is known. */
    double rate() {
        return word == null || !word.known() ? Double.POSITIVE_INFINITY : word.speed();
    }

    /** Seconds until so many units can have been sent, whoever else waits. */
    double paced(double now, long wanted) {
        var said = word;
        if (said == null || !said.known() || shut) {
            return 0;
        }
        var own = placed ? Math.max(0, heardAt + said.turn(place, units) - now) : 0;
        return own + Math.max(0, wanted - units) / said.speed() / Word.CATCH_UP;
    }
}
