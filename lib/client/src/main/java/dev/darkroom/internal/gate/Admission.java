package dev.darkroom.internal.gate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The admission law of one quota: when the next call may be sent. A plain object, chosen by simulation (decision record
 * 6); the simulation in the tests runs this very class. Guarded by the gate's lock; times are seconds on a clock which
 * never goes back.
 *
 * <ul>
 *   <li>Before the first refusal: at most a few calls whose fate is unknown, more with each acceptance.
 *   <li>Silence is consent: a call which is not refused for a while counts as accepted, until a late refusal undoes it.
 *       Where acceptances are heard, silence means nothing.
 *   <li>Refused: closed until the server's instant, plus jitter; without one, until a delay that doubles. Only a call sent
 *       since the gate last closed is news; an older one can merely extend the closing.
 *   <li>Refused oddly soon: only the refused call waits, and others are on {@link Trial} before the gate closes for all.
 *   <li>Reopening: when all is judged, one probe. From then on, at the pace of the {@link RateEstimate}; after a single refusal of
 *       what was as good as the first call, or the first of very many, as at the start, but beginning with one, and in steps that double
 *       until half of what was allowed before is reached.
 *   <li>A closing in which much was due and nothing was taken, though probes came when the server had said, was an outage: it says
 *       no more of the rate than its first hint.
 *   <li>Refusals which do not depend on the pace are {@link Noise}: only the refused call waits for its instant.
 *   <li>Where nothing was refused for ten minutes, all that was learned is forgotten.
 * </ul>
 */
public final class Admission implements Law {

    private static final double FIRST_WINDOW = 2;
    private static final double OPENING = 0.03;
    private static final int OPENINGS = 2;
    private static final double WINDOW_PER_ACCEPTANCE = 0.1;
    private static final double WINDOW_PER_SILENCE = 0.35;

    /** But no more than so many calls with all those together that are silent at once: a refusal may be slow, too. */
    private static final double CALLS_PER_SILENCE = 1.15;

    /** A single refusal before more calls than this were accepted says nothing of a rate. */
    private static final int HARDLY_ANY = 2;

    /** Nor does the first one after so many. */
    private static final int VERY_MANY = 100;

    /** So much of the window before is reached again in steps that double. */
    private static final double REGAINED = 0.5;

    private static final double QUIET = 600;

    /** Never added to. */
    private static final Deque<SentCall> NOBODY = new ArrayDeque<>(0);

    private final RateEstimate estimate = new RateEstimate();
    /** Both made when something is odd: of very many quotas most never see it. */
    private @Nullable Noise noise;

    private @Nullable Trial trial;
    private final InFlightLimit limit = new InFlightLimit();
    private final SilenceHeuristic silence = new SilenceHeuristic();
    private final ClosedPeriod closed;
    private Deque<SentCall> unjudged = NOBODY;
    private double window = FIRST_WINDOW;
    private double regained;
    private double lastRefused;
    private double refusedSent;
    private boolean learning;
    private int refusals;
    private int mostInFlight;
    private int mostInFlightBefore;
    private int inFlight;

    /**
     * A law that knows nothing yet.
     *
     * @param random from 0 to 1, for jitter
     */
    public Admission(DoubleSupplier random) {
        this.closed = new ClosedPeriod(random);
    }

    /**
     * A law that goes on where another one was lost.
     *
     * @param random from 0 to 1, for jitter
     * @param now the time
     * @param closedUntil when the gate opens, or opened last
     * @param shut whether one call has to go first then
     * @param pace units a second, infinite if nothing is known
     * @return the law
     */
    public static Admission takingOver(
            DoubleSupplier random, double now, double closedUntil, boolean shut, double pace) {
        var law = new Admission(random);
        law.lastRefused = now;
        if (pace < Double.POSITIVE_INFINITY) {
            law.estimate.takeOver(now, pace);
            law.learning = true;
        }
        if (shut || closedUntil > now) {
            law.closed.takeOver(now, closedUntil);
        }
        return law;
    }

    @Override
    public double wait(double now, int cost) {
        advance(now);
        if (!limit.allows(inFlight)) {
            return Double.POSITIVE_INFINITY;
        }
        if (closed.until() > now) {
            return closed.until() - now;
        }
        if (closed.shut()) {
            return unjudged.isEmpty() ? 0 : nextAssumed(now);
        }
        var running = trial;
        if (running != null && running.runs()) {
            var onTrial = unjudged.stream().filter(running::concerns).count();
            return onTrial < running.atOnce() ? 0 : nextAssumed(now);
        }
        return estimate.known() ? estimate.wait(now, cost) : start(now);
    }

    /** Two at once, two more soon after: near servers have answered by then, far ones are not kept waiting. */
    private double start(double now) {
        var missing = unjudged.size() + 1 - Math.floor(window);
        if (missing <= 0) {
            return 0;
        }
        var opens = unjudged.getFirst().at + missing * OPENING - now;
        return missing > OPENINGS ? nextAssumed(now) : Math.min(opens, nextAssumed(now));
    }

    private double nextAssumed(double now) {
        return unjudged.getFirst().at + silence.after() - now;
    }

    @Override
    public SentCall send(double now, int cost) {
        advance(now);
        var call = new LocalCall(now, cost, closed.count(), ++inFlight, estimate.take(now, cost));
        if (closed.shut()) {
            closed.probe(call);
        }
        if (unjudged.isEmpty()) {
            unjudged = new ArrayDeque<>(1);
        }
        unjudged.addLast(call);
        return call;
    }

    @Override
    public void accepted(double now, SentCall call) {
        advance(now);
        if (judged(call)) {
            silence.heard();
            count(now, call, WINDOW_PER_ACCEPTANCE);
        }
    }

    @Override
    public void answered(double now, SentCall call) {
        advance(now);
        judged(call);
        reopenBy(now, call);
        ended(call);
    }

    @Override
    public void abandoned(double now, SentCall call) {
        advance(now);
        judged(call);
        closed.forget(call);
        ended(call);
    }

    @Override
    public void ended(SentCall call) {
        if (call.inFlightStill) {
            call.inFlightStill = false;
            inFlight--;
        }
    }

    @Override
    public double refused(double now, SentCall call, double hint) {
        advance(now);
        lastRefused = now;
        refusals++;
        judged(call);
        ended(call);
        silence.refusedAfter(now - call.at);
        if (call.counted) {
            estimate.takeBack(call);
        }
        if (!closed.shut() && isSpared(call)) {
            return closed.alone(hint);
        }
        if (!closed.shut() && (noise() || closed.isNews(call))) {
            if (trial != null && trial.runs()) {
                refusedBeside();
                trial.refused();
            }
            limit.refusedAt(call.inFlight - 1);
            estimate.emptied(now - call.at);
            refusedSent = call.at;
        } else if (closed.isProbe(call)) {
            suspect().refusedProbe();
        } else if (closed.isOfLastEpoch(call) && call.at > refusedSent) {
            refusedBeside();
        }
        closed.refused(now, call, hint, estimate);
        return 0;
    }

    /** Whether it was waiting to be judged. */
    private boolean judged(SentCall call) {
        var was = unjudged.remove(call);
        if (unjudged.isEmpty()) {
            unjudged = NOBODY;
        }
        return was;
    }

    private Noise suspect() {
        var known = noise;
        if (known == null) {
            known = new Noise();
            noise = known;
        }
        return known;
    }

    private void refusedBeside() {
        if (noise != null) {
            noise.refusedBeside();
        }
    }

    /** Whether nobody else has to wait: it is noise, or odd enough for a trial. */
    private boolean isSpared(SentCall call) {
        if (noise()) {
            return suspect().refused();
        }
        if (!closed.isNews(call) || !estimate.known() || (trial != null && trial.runs())) {
            return false;
        }
        var calls = estimate.calls();
        var tooMany =
                call.inFlight > Math.max(mostInFlight, mostInFlightBefore); // a limit of concurrent calls, perhaps
        if (!tooMany && suspect().ended(calls, estimate.basis())) {
            believeNoise();
            return true;
        }
        if (!suspect().suspected()) {
            estimate.trustsRate();
        }
        return !tooMany && Noise.isShort(calls, estimate.basis()) && isTried(call);
    }

    private boolean isTried(SentCall call) {
        var due = trial == null ? new Trial() : trial;
        trial = due;
        if (due.isDue()) {
            due.begin(call);
        }
        return due.runs();
    }

    /** Of all outcomes, those which are refused by chance; 0 if none is. */
    private double share() {
        return noise() ? suspect().share() : 0;
    }

    private void believeNoise() {
        estimate.takeCutsBack();
        limit.forget();
    }

    @Override
    public double closedUntil() {
        return closed.until();
    }

    @Override
    public int inFlight() {
        return inFlight;
    }

    @Override
    public boolean shut() {
        return closed.shut();
    }

    @Override
    public boolean noise() {
        return noise != null && noise.believed();
    }

    @Override
    public double pace() {
        return estimate.known() ? 1 / estimate.secondsPerUnit() : Double.POSITIVE_INFINITY;
    }

    @Override
    public double paced(double now, long units) {
        advance(now);
        return estimate.known() && !closed.shut() ? estimate.earliest(units) : 0;
    }

    private void advance(double now) {
        if (estimate.known() && !closed.shut() && now - lastRefused > QUIET) {
            estimate.forget();
            noise = null;
            trial = null;
            window = FIRST_WINDOW;
            regained = 0;
            learning = false;
        }
        while (!unjudged.isEmpty() && nextAssumed(now) <= 0) {
            var call = unjudged.getFirst();
            judged(call);
            silence.assumed();
            count(now, call, Math.min(WINDOW_PER_SILENCE, CALLS_PER_SILENCE / window));
        }
        estimate.advance(now, closed.shut());
    }

    private void count(double now, SentCall call, double widening) {
        call.counted = true;
        mostInFlight = Math.max(mostInFlight, call.inFlight);
        estimate.accepted(call, !closed.shut());
        if (!closed.shut() && noise != null && noise.accepted()) {
            estimate.countsFromHere();
        }
        limit.accepted(call, inFlight);
        if (trial != null && trial.concerns(call)) {
            tried(now, call, trial);
        }
        if (!estimate.known()) {
            window += window < regained ? 1 : widening;
        }
        reopenBy(now, call);
    }

    private void tried(double now, SentCall call, Trial running) {
        if (running.isMoreThan(estimate.rate(), call) && suspect().passedTrial()) {
            believeNoise();
        } else if (!running.runs()) {
            estimate.reopened(now, 0, 0, call, share());
            newEpoch();
        }
    }

    private void newEpoch() {
        mostInFlightBefore = mostInFlight;
        mostInFlight = 0;
    }

    private void reopenBy(double now, SentCall call) {
        if (!closed.isProbe(call)) {
            return;
        }
        if (!learning && refusals == 1 && (estimate.calls() <= HARDLY_ANY || estimate.calls() > VERY_MANY)) {
            estimate.waited(now, closed.asked());
            regained = window * REGAINED;
            window = 1;
        } else {
            var longer = closed.asked() - closed.askedAtFirst();
            var outage = estimate.isOutage(closed.askedAtFirst(), longer) ? longer : 0;
            estimate.reopened(now, closed.asked(), outage, call, share());
        }
        learning = true;
        refusals = 0;
        newEpoch();
        closed.reopened();
    }

    private static final class LocalCall extends SentCall {
        LocalCall(double at, int cost, int closings, int inFlight, boolean paced) {
            super(at, cost, closings, inFlight, paced);
        }
    }
}
