package dev.darkroom.internal.gate;

import dev.darkroom.gate.GateClosedException;
import dev.darkroom.gate.GateState;
import dev.darkroom.gate.Quota;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When somebody of a quota may be sent, as far as that can be said now, and in which words those hear of it who wait, come too
 * late or only look: what the law says, what the server named, and a refusal that is being read. Changes nothing but what the
 * server named. Guarded by the queue's lock; seconds.
 */
final class Forecast {

    /** A wait for the pace alone is told, and can be too long, if it is longer. */
    private static final double WORTH_TELLING = 1;

    /** What adding up seconds may cost in precision. */
    private static final double SAME = 1e-6;

    private final Quota quota;
    private final Law law;
    private final Hold hold;
    private final Ticker ticker;
    private double named = Double.NEGATIVE_INFINITY;

    Forecast(Quota quota, Law law, Hold hold, Ticker ticker) {
        this.quota = quota;
        this.law = law;
        this.hold = hold;
        this.ticker = ticker;
    }

    /**
     * How long somebody waits who stands in line.
     *
     * @param seconds more than 0
     * @param reason what for
     * @param opensAt when it is over
     */
    record Delay(Quota quota, double seconds, GateClosedException.Reason reason, Instant opensAt) {

        boolean isLongerThan(double longest) {
            return seconds > longest + SAME;
        }

        /** When it is over at the earliest, as far as adding up seconds is exact. */
        double over(double now) {
            return now + seconds - SAME;
        }

        GateClosedException failure() {
            return new GateClosedException(quota, reason, opensAt);
        }
    }

    /** The server said when to come back, in so many seconds, if it is more than 0. */
    void named(double now, double hint) {
        named = hint > 0 ? Math.max(named, now + hint) : named;
    }

    /** When a closed gate opens, as far as anybody should hope; in the past if it is open. */
    double closedUntil(double now) {
        return law.closedUntil() > now ? Math.max(law.closedUntil(), named) : law.closedUntil();
    }

    /** The law's word, and nobody while a refusal is being read. Infinite if only an outcome can open the gate. */
    double wait(double now, int cost) {
        return Math.max(law.wait(now, cost), hold.until() - now);
    }

    /**
     * What keeps somebody, if it is worth telling.
     *
     * @param restsUntil until when it has to rest by itself
     * @param units which are spent until it is sent, its own included
     */
    @Nullable
    Delay delay(double restsUntil, double now, long units) {
        var closed = Math.max(closedUntil(now), restsUntil) - now;
        var paced = law.paced(now, units);
        var wait = Math.max(closed, paced > WORTH_TELLING ? paced : 0);
        if (wait <= 0) {
            return null;
        }
        var reason = wait > closed ? GateClosedException.Reason.PACED : GateClosedException.Reason.CLOSED;
        return new Delay(quota, wait, reason, ticker.in(wait));
    }

    /** Why somebody was not sent before it was too late. */
    GateClosedException tooLate(double restsUntil, double now) {
        var reason = GateClosedException.Reason.IN_LINE;
        var opens = Math.max(closedUntil(now), restsUntil);
        if (opens > now) {
            reason = GateClosedException.Reason.CLOSED;
        } else if (hold.until() > now) {
            reason = GateClosedException.Reason.HELD;
            opens = hold.until();
        } else if (law.pace() < Double.POSITIVE_INFINITY || law.shut()) {
            reason = GateClosedException.Reason.PACED;
        }
        return new GateClosedException(quota, reason, ticker.in(opens - now));
    }

    /**
     * What the quota looks like.
     *
     * @param waiting how many stand in line
     * @param first in how many seconds the first of them is sent; infinite if nobody can say, or nobody waits
     */
    GateState state(double now, int waiting, double first) {
        var opens = Math.max(closedUntil(now), hold.until());
        return new GateState(
                quota,
                opens > now ? ticker.in(opens - now) : null,
                waiting,
                law.inFlight(),
                law.pace(),
                cause(now),
                first < Double.POSITIVE_INFINITY ? Duration.ofNanos((long) (Math.max(0, first) * 1e9)) : null,
                law.fleet());
    }

    private GateState.Cause cause(double now) {
        if (hold.until() > now) {
            return GateState.Cause.HOLD;
        } else if (law.shut()) {
            return law.closedUntil() > now ? GateState.Cause.LIMIT : GateState.Cause.PROBE;
        } else if (law.noise()) {
            return GateState.Cause.NOISE;
        }
        return law.pace() < Double.POSITIVE_INFINITY || law.closedUntil() > now
                ? GateState.Cause.LIMIT
                : GateState.Cause.NONE;
    }
}
