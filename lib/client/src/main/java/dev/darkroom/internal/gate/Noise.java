package dev.darkroom.internal.gate;

/**
 * Tells refusals which do not depend on what we send (an upstream's overload behind a router) from a limit. Under a limit
 * the pace is cut after each refusal and the next one comes much later; under noise so many are accepted between two refusals
 * as chance will have it, whatever the pace.
 *
 * <ul>
 *   <li>Suspicion: an epoch, from a reopening to the next refusal, is short if less was accepted in it than half of what the
 *       estimate rests on. The cut before it was no cure. Short ones with {@link #PROOF} acceptances together make noise of it. A
 *       long epoch takes suspicions back, and so does a refusal of a call sent after the refused one: under noise those are
 *       mostly accepted.
 *   <li>Evidence is sought, too: a short epoch is followed by a {@link Trial}. One in which the server took more than a limit
 *       would have is worth {@link #TRIAL} acceptances, so two of them prove it.
 *   <li>While it is noise, the share of refusals is followed, and each outcome is weighed: how much likelier is it if the odds
 *       were {@link #WORSE} times as high? What adds up to {@link #ALARM} is a limit again (Page's test); where the sum was
 *       last zero, it began.
 *   <li>A share nobody sees any more is halved, and forgotten when it is next to nothing.
 * </ul>
 *
 * <p>Guarded by the gate's lock, like the law it belongs to.
 */
final class Noise {

    private static final double SHORT = 0.5;
    private static final double PROOF = 20;
    private static final double TRIAL = 10;
    private static final double LONG = 2;

    /** Where half of all is refused, four accepted in a row are a long epoch: what was gathered outlasts it. */
    private static final double RELIEF = 3;

    private static final double WORSE = 3;
    private static final double ALARM = 5;
    private static final double MEMORY = 65;
    private static final double LONG_SILENCE = 5;
    private static final double LEAST_SHARE = 0.01;
    private static final double GREATEST_SHARE = 0.6;

    private boolean believed;
    private double suspicions;
    private double taken;
    private int trialsPassed;

    private double accepted;
    private double refused;
    private double acceptedBefore;
    private double refusedBefore;
    private double score;
    private double sinceRefused;

    /** Whether refusals are noise: they close nothing, and cut nothing. */
    boolean believed() {
        return believed;
    }

    boolean suspected() {
        return suspicions > 0;
    }

    /** Of all outcomes, from 0 to 1; known while it is believed. */
    double share() {
        return Math.max(LEAST_SHARE, Math.min(GREATEST_SHARE, refused / (accepted + refused)));
    }

    private double worseShare() {
        var odds = WORSE * share() / (1 - share());
        return odds / (1 + odds);
    }

    /**
     * An epoch has ended with a refusal.
     *
     * @param calls accepted in it
     * @param basis calls the estimate of the rate rests on
     * @return whether it is noise from now on
     */
    boolean ended(double calls, double basis) {
        if (calls >= LONG * basis) {
            relieve(RELIEF);
        } else if (isShort(calls, basis)) {
            suspicions++;
            taken += calls;
            weigh();
        }
        return believed;
    }

    /** Whether its end is odd, after a cut. */
    static boolean isShort(double calls, double basis) {
        return calls <= SHORT * basis;
    }

    /** The server took more than a limit would have; returns whether it is noise from now on. */
    boolean passedTrial() {
        trialsPassed++;
        weigh();
        return believed;
    }

    private double proof() {
        return taken + TRIAL * trialsPassed;
    }

    private void weigh() {
        if (!believed && proof() >= PROOF) {
            believed = true;
            accepted = taken + trialsPassed * Trial.CALLS;
            refused = suspicions;
            score = 0;
            sinceRefused = 0;
            mark();
        }
    }

    /** A call sent after the refused one, before that was known, was refused, too. */
    void refusedBeside() {
        if (!believed) {
            relieve(1);
        }
    }

    private void relieve(double by) {
        suspicions -= by;
        if (suspicions <= 0) {
            unsuspect();
        }
    }

    /** A probe waits as long as the server asked for: it is odd that one is refused, as if no more than one had been taken. */
    void refusedProbe() {
        if (!believed) {
            suspicions++;
            taken++;
        }
    }

    private void unsuspect() {
        suspicions = 0;
        taken = 0;
        trialsPassed = 0;
    }

    /** Returns whether nothing speaks for a limit: if there is one, it begins after this. */
    boolean accepted() {
        if (!believed) {
            return false;
        }
        score = Math.max(0, score + Math.log((1 - worseShare()) / (1 - share())));
        accepted++;
        fade();
        if (++sinceRefused > LONG_SILENCE / share()) {
            sinceRefused = 0;
            refused /= 2;
            refusedBefore = Math.min(refusedBefore, refused);
            believed = refused >= LEAST_SHARE * (accepted + refused);
            unsuspect();
        }
        if (score == 0) {
            mark();
        }
        return score == 0;
    }

    /** Returns whether it is noise, and not a limit which makes it worse. */
    boolean refused() {
        sinceRefused = 0;
        score += Math.log(worseShare() / share());
        refused++;
        fade();
        if (score < ALARM) {
            return true;
        }
        score = 0;
        accepted = acceptedBefore;
        refused = refusedBefore;
        return false;
    }

    private void mark() {
        acceptedBefore = accepted;
        refusedBefore = refused;
    }

    private void fade() {
        var all = accepted + refused;
        if (all > MEMORY) {
            accepted *= MEMORY / all;
            refused *= MEMORY / all;
        }
    }
}
