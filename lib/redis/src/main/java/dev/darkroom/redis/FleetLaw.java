package dev.darkroom.redis;

import dev.darkroom.gate.GateState;
import dev.darkroom.gate.Quota;
import dev.darkroom.internal.gate.Admission;
import dev.darkroom.internal.gate.Law;
import dev.darkroom.internal.gate.QueueAccess;
import dev.darkroom.internal.gate.SentCall;
import dev.darkroom.internal.gate.SilenceHeuristic;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The law of one quota in one instance of a fleet. The first in the queue asks the fleet for a place, once, and computes from what
 * is said to all when its turn comes. What becomes of a call is told only where it changes something: a refusal, and what a probe met.
 *
 * <p>The hard case is a Redis that does not answer in time. Then an {@link Admission} of this instance takes over, with the closing
 * that was last known and its part of the rate, and the fleet is asked again every few seconds; a call that was let go under the one
 * may end under the other. Guarded by the queue's lock; seconds.
 */
final class FleetLaw implements Law {

    private static final double LEASE = 1;
    private static final double RENEWALS = 3;
    private static final double BEAT = 15;
    private static final double PRESENCE = 60;
    private static final double FIRST_RETRY = 1;
    private static final double MORE_RETRY = 4;
    /** The first connection is under way. */
    private static final double BEFORE_FIRST = 0.05;

    private static final double UNTIL_TOLD = 0.25;
    private static final double NO_HINT_ALONE = 1;
    private static final double JITTER = 0.1;
    private static final double MILLIS = 1e3;

    private final Quota quota;
    private final QueueAccess queue;
    private final FleetLink link;
    private final Outages outages;
    private final DoubleSupplier random;
    private final String me;
    private final Standing standing = new Standing();
    private final SilenceHeuristic silence = new SilenceHeuristic();
    private @Nullable Admission alone;
    private boolean listening;
    private boolean asking;
    private boolean forgotten;
    private String probe;
    private int probes;
    private int heard;
    private int inFlight;
    private double beatAt = Double.NEGATIVE_INFINITY;

    FleetLaw(Quota quota, QueueAccess queue, FleetLink link, Outages outages, DoubleSupplier random, String me) {
        this.quota = quota;
        this.queue = queue;
        this.link = link;
        this.outages = outages;
        this.random = random;
        this.me = me;
        this.probe = me + ":0";
    }

    @Override
    public double wait(double now, int cost) {
        if (alone == null && !asking) {
            var wait = standing.wait(now, link.listens());
            if (!Double.isNaN(wait)) {
                return wait;
            }
            askForTurn(now, cost);
        }
        return alone != null ? alone.wait(now, cost) : Double.POSITIVE_INFINITY;
    }

    private void askForTurn(double now, int cost) {
        if (!listening) {
            listening = true;
            link.listen(quota, line -> queue.change(later -> standing.heard(later, Word.of(line))));
        }
        asking = true;
        var units = standing.isPlaced() ? standing.units() : cost;
        link.ask(quota, turn(now, units))
                .whenComplete((line, failure) -> queue.change(later -> placed(later, units, line, failure)));
    }

    private String[] turn(double now, int units) {
        var beat = now - beatAt > BEAT;
        beatAt = beat ? now : beatAt;
        var accepted = heard;
        heard = 0;
        return new String[] {
            "turn",
            probe,
            Long.toString(standing.born()),
            Double.toString(standing.place()),
            Integer.toString(units),
            millis(LEASE),
            Integer.toString(accepted),
            beat ? millis(PRESENCE) : "0",
            me
        };
    }

    private void placed(double now, int units, @Nullable String line, @Nullable Throwable failure) {
        asking = false;
        if (line == null) {
            lost(now, failure);
        } else if (alone == null) {
            var answer = Word.of(line);
            standing.heard(now, answer);
            standing.placed(now, answer, units);
        }
    }

    private void tell(String... arguments) {
        link.ask(quota, arguments)
                .whenComplete((line, failure) -> queue.change(now -> {
                    if (arguments[0].equals("refused")) {
                        standing.told();
                    }
                    if (line == null) {
                        lost(now, failure);
                    } else if (alone == null) {
                        standing.heard(now, Word.of(line));
                    }
                }));
    }

    private void lost(double now, @Nullable Throwable failure) {
        if (alone != null || forgotten) {
            return;
        }
        var pace = standing.rate() / standing.instances();
        alone = Admission.takingOver(random, now, standing.closedUntil(), standing.shut(), pace);
        standing.lost();
        outages.began(failure);
        tryAgain(failure);
    }

    private void tryAgain(@Nullable Throwable failure) {
        var first = isBeforeFirst(failure);
        queue.changeIn(first ? BEFORE_FIRST : FIRST_RETRY + MORE_RETRY * random.getAsDouble(), now -> {
            if (!forgotten) {
                link.ask(quota, turn(now, 0))
                        .whenComplete((line, again) -> queue.change(later -> foundAgain(later, line, again)));
            }
        });
    }

    private static boolean isBeforeFirst(@Nullable Throwable failure) {
        return failure instanceof NotConnectedException
                || (failure != null && failure.getCause() instanceof NotConnectedException);
    }

    private void foundAgain(double now, @Nullable String line, @Nullable Throwable failure) {
        var without = alone;
        if (without == null || forgotten) {
            return;
        }
        if (line == null) {
            tryAgain(failure);
            return;
        }
        alone = null;
        outages.ended();
        var word = Word.of(line);
        standing.heard(now, word);
        var closedFor = without.closedUntil() - now;
        if (without.shut() && closedFor > word.closedFor()) {
            refusal(word.shut() ? word.epoch() - 1 : word.epoch(), closedFor, me, 0, 0);
        }
    }

    @Override
    public SentCall send(double now, int cost) {
        if (alone != null) {
            inFlight++;
            return FleetCall.alone(alone.send(now, cost), alone);
        }
        var isProbe = standing.isProbe();
        var reserved = standing.take();
        if (!isProbe && reserved != cost) { // another one stands first now
            give(Word.NO_PLACE, reserved - cost);
        }
        var call = FleetCall.shared(now, cost, ++inFlight, standing.epoch(), isProbe ? probe : null);
        if (isProbe) {
            probe = me + ":" + ++probes;
            keep(call);
        }
        return call;
    }

    /** Renews the lease of a probe until it is judged, or has been silent for long enough. */
    private void keep(FleetCall call) {
        renewLater(call);
        call.timers.add(queue.changeIn(silence.after(), now -> {
            if (!call.judged) {
                silence.assumed();
                opens(call);
            }
        }));
    }

    private void renewLater(FleetCall call) {
        call.timers.add(queue.changeIn(LEASE / RENEWALS, now -> {
            if (!call.judged && alone == null && call.probe != null) {
                tell("renew", call.probe, millis(LEASE));
                renewLater(call);
            }
        }));
    }

    private void opens(FleetCall call) {
        if (judge(call) && call.probe != null && alone == null) {
            tell("accepted", call.probe, Integer.toString(call.cost));
        }
    }

    private static boolean judge(FleetCall call) {
        var first = !call.judged;
        call.judged = true;
        call.timers.dispose();
        return first;
    }

    @Override
    public void accepted(double now, SentCall sent) {
        var call = (FleetCall) sent;
        if (call.alone != null && call.inner != null) {
            call.alone.accepted(now, call.inner);
            return;
        }
        if (!call.judged) {
            heard++;
            if (now - call.at <= silence.after()) {
                silence.heard();
            } else {
                silence.assumed();
            }
        }
        opens(call);
    }

    @Override
    public void answered(double now, SentCall sent) {
        var call = (FleetCall) sent;
        ended(call);
        if (call.alone != null && call.inner != null) {
            call.alone.answered(now, call.inner);
        } else {
            opens(call);
        }
    }

    @Override
    public void abandoned(double now, SentCall sent) {
        var call = (FleetCall) sent;
        ended(call);
        if (call.alone != null && call.inner != null) {
            call.alone.abandoned(now, call.inner);
        } else if (judge(call) && call.probe != null && alone == null) {
            tell("left", call.probe);
        }
    }

    @Override
    public void ended(SentCall sent) {
        var call = (FleetCall) sent;
        if (!call.over) {
            call.over = true;
            inFlight--;
            if (call.alone != null && call.inner != null) {
                call.alone.ended(call.inner);
            }
        }
    }

    @Override
    public double refused(double now, SentCall sent, double hint) {
        var call = (FleetCall) sent;
        ended(call);
        judge(call);
        if (alone != null) {
            var known = call.alone == alone && call.inner != null ? call.inner : alone.send(call.at, call.cost);
            return alone.refused(now, known, hint);
        }
        silence.refusedAfter(now - call.at);
        var epoch = call.alone != null ? standing.epoch() : call.epoch;
        var spared = standing.noise() && !standing.shut();
        if (epoch >= standing.epoch() && !spared) {
            standing.refused(now, hint > 0 ? hint : UNTIL_TOLD);
        }
        refusal(epoch, hint, call.probe != null ? call.probe : me, call.cost, now - call.at);
        return spared ? alone(hint) : 0;
    }

    /** How long a refused call waits when nobody else does. */
    private double alone(double hint) {
        var wait = hint > 0 ? hint : NO_HINT_ALONE;
        return wait + random.getAsDouble() * JITTER * Math.max(0.2, Math.min(2, wait));
    }

    private void refusal(long epoch, double hint, String who, int cost, double age) {
        tell(
                "refused",
                who,
                Long.toString(epoch),
                hint > 0 ? millis(hint) : "0",
                Double.toString(random.getAsDouble()),
                Double.toString(random.getAsDouble()),
                Integer.toString(cost),
                millis(age));
    }

    /** Units that were reserved are not needed; less than 0 if more were. */
    private void give(double place, int units) {
        tell("back", me, Long.toString(standing.born()), Double.toString(place), Integer.toString(units));
    }

    @Override
    public void nobodyWaits(double now) {
        if (alone != null || asking) {
            return;
        }
        var place = standing.place();
        if (standing.isPlaced()) {
            give(place, standing.take());
        } else if (standing.isProbe()) {
            standing.take();
            tell("left", probe);
        }
    }

    @Override
    public void forgotten() {
        forgotten = true;
        link.forget(quota);
        if (alone != null) {
            outages.ended();
        }
    }

    private static String millis(double seconds) {
        return Double.toString(seconds * MILLIS);
    }

    @Override
    public double closedUntil() {
        return alone != null ? alone.closedUntil() : standing.closedUntil();
    }

    @Override
    public int inFlight() {
        return inFlight;
    }

    @Override
    public boolean shut() {
        return alone != null ? alone.shut() : standing.shut();
    }

    @Override
    public boolean noise() {
        return alone != null ? alone.noise() : standing.noise();
    }

    @Override
    public double pace() {
        return alone != null ? alone.pace() : standing.rate();
    }

    @Override
    public double paced(double now, long units) {
        return alone != null ? alone.paced(now, units) : standing.paced(now, units);
    }

    @Override
    public GateState.Fleet fleet() {
        return new GateState.Fleet(standing.instances(), alone == null);
    }
}
