package dev.darkroom.internal.http;

import dev.darkroom.settings.Timeouts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Counts how long we have been waiting for the server, and only that: while the subscriber wants nothing, or is busy
 * with what it got, no limit runs.
 *
 * <p>The event loop tells of the exchange's progress, the subscriber's thread of its demand, a timer asks; all methods
 * lock this object, and {@link WithinLimits} takes the same lock to decide who ends the exchange.
 */
final class ExchangeTimer {

    /** How far the exchange has come. */
    enum Phase {
        CONNECTING,
        SENDING,
        SENT,
        ANSWERED
    }

    private final Timeouts limits;
    /** After which it is too late to send anything; null if it never is. */
    private final @Nullable Duration toSend;

    private final long shortest;
    private Phase phase = Phase.CONNECTING;
    /** Of the body of this answer alone; null if it has none. */
    private @Nullable Duration body;

    private @Nullable Runnable sooner;
    private boolean waiting;
    private long waitedForBody;
    private long waitingSince;
    private long waitedInPhase;
    private long waited;

    ExchangeTimer(Timeouts limits, @Nullable Duration toSend) {
        this.limits = limits;
        this.toSend = toSend;
        this.shortest =
                Math.min(Math.min(left(limits.firstByte(), 0), left(limits.silence(), 0)), left(limits.total(), 0));
    }

    synchronized void enter(Phase next, long now) {
        settle(now);
        phase = next;
        waitedInPhase = 0;
    }

    /** Whom to tell that a limit has begun that may run out before anybody looks. */
    synchronized void onSooner(@Nullable Runnable told) {
        sooner = told;
    }

    /**
     * The head of the answer is here.
     *
     * @param limit how long its body may take altogether; null if nothing but the usual limits it
     */
    synchronized void answered(@Nullable Duration limit, long now) {
        enter(Phase.ANSWERED, now);
        if (limit != null) {
            body = limit;
        }
        if (limit != null && sooner != null) {
            sooner.run();
        }
    }

    synchronized void bytes(long now) {
        settle(now);
        waitedInPhase = 0;
    }

    synchronized void startWaiting(long now) {
        if (!waiting) {
            waiting = true;
            waitingSince = now;
        }
    }

    synchronized void stopWaiting(long now) {
        settle(now);
        waiting = false;
    }

    synchronized boolean isWaiting() {
        return waiting;
    }

    /** How long the server has kept us waiting so far, in nanoseconds. */
    synchronized long waited(long now) {
        settle(now);
        return waited;
    }

    synchronized boolean isTooLateToSend(long now) {
        settle(now);
        return left(toSend, waited) <= 0;
    }

    /** All of the request was handed to the kernel: from here on we wait for an answer. */
    synchronized void sent(long now) {
        if (phase == Phase.SENDING) { // and not if an answer overtook it
            enter(Phase.SENT, now);
        }
    }

    /** How long until a limit runs out; {@link Long#MAX_VALUE} if none runs, 0 or less if one has run out. */
    synchronized long nanosLeft(long now) {
        if (!waiting) {
            return Long.MAX_VALUE;
        }
        settle(now);
        return Math.min(
                Math.min(left(phaseLimit(), waitedInPhase), left(body, waitedForBody)), left(limits.total(), waited));
    }

    /**
     * When to ask next: no later than the shortest limit, because a phase that begins meanwhile may end sooner than
     * what runs now.
     */
    synchronized long nanosUntilNextLook(long now) {
        return Math.min(nanosLeft(now), shortest);
    }

    /**
     * Which limit it was.
     *
     * @param sent whether a byte of the request can have left
     */
    synchronized HttpFailure failure(boolean sent) {
        return new HttpFailure(HttpFailure.Kind.TIMED_OUT, sent, limitThatRanOut(), null);
    }

    private String limitThatRanOut() {
        var phaseLimit = phaseLimit();
        if (phaseLimit != null && left(phaseLimit, waitedInPhase) <= 0) {
            return switch (phase) {
                case CONNECTING ->
                    tooLong(
                            "no connection within what the deadline leaves to send anything: ",
                            phaseLimit,
                            "a later deadline");
                case SENT -> tooLong("no answer within the first-byte timeout of ", phaseLimit, Timeouts.FIRST_BYTE);
                case SENDING ->
                    tooLong(
                            "no byte of the request was taken within the silence timeout of ",
                            phaseLimit,
                            Timeouts.SILENCE);
                default -> tooLong("no byte within the silence timeout of ", phaseLimit, Timeouts.SILENCE);
            };
        }
        if (left(body, waitedForBody) <= 0) {
            return "the body of the answer did not come within " + body;
        }
        return tooLong(
                "not done within the total timeout, or what the deadline left of it: ",
                limits.total(),
                Timeouts.TOTAL + " or a later deadline");
    }

    private static String tooLong(String what, @Nullable Duration limit, String remedy) {
        return what + limit + "; " + remedy + " gives it more time";
    }

    /** Connecting is limited by the transport itself, and by what is left to send anything. */
    private @Nullable Duration phaseLimit() {
        return switch (phase) {
            case CONNECTING -> toSend;
            case SENT -> limits.firstByte();
            case SENDING, ANSWERED -> limits.silence();
        };
    }

    private static long left(@Nullable Duration limit, long waited) {
        return limit == null ? Long.MAX_VALUE : limit.toNanos() - waited;
    }

    private void settle(long now) {
        if (waiting) {
            waitedInPhase += now - waitingSince;
            waitedForBody += body == null ? 0 : now - waitingSince;
            waited += now - waitingSince;
            waitingSince = now;
        }
    }
}
