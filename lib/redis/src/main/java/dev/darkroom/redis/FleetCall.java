package dev.darkroom.redis;

import dev.darkroom.internal.gate.Admission;
import dev.darkroom.internal.gate.SentCall;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** One call as the law of a fleet sees it. Guarded by the queue's lock. */
final class FleetCall extends SentCall {

    /** The fleet's, when it was sent. */
    final long epoch;

    /** By which the script knows it as the probe; null if it is none. */
    final @Nullable String probe;

    /** Who let it go while the fleet could not be reached; null if the fleet did. */
    final @Nullable Admission alone;

    /** As that one knows it. */
    final @Nullable SentCall inner;

    /** Of a probe: what keeps it, and what takes silence for consent. */
    final Disposable.Composite timers = Disposables.composite();

    boolean judged;
    boolean over;

    private FleetCall(
            double at,
            int cost,
            int inFlight,
            long epoch,
            @Nullable String probe,
            @Nullable Admission alone,
            @Nullable SentCall inner) {
        super(at, cost, 0, inFlight, false);
        this.epoch = epoch;
        this.probe = probe;
        this.alone = alone;
        this.inner = inner;
    }

    static FleetCall shared(double at, int cost, int inFlight, long epoch, @Nullable String probe) {
        return new FleetCall(at, cost, inFlight, epoch, probe, null, null);
    }

    static FleetCall alone(SentCall inner, Admission law) {
        return new FleetCall(inner.at, inner.cost, 0, Long.MIN_VALUE, null, law, inner);
    }
}
