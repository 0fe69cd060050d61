package dev.darkroom.internal.gate;

import static java.util.Objects.requireNonNull;

import dev.darkroom.gate.Throttled;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * One subscription to a ticket's turn: in line, then over, with a permit or a failure or, cancelled, with nothing. The sink
 * only completes, and what came of it is read behind it: so neither a permit nor an error can be dropped when a cancellation
 * races. Guarded by the line's lock until it is over, and unchanged from then on.
 */
final class Waiter {

    /** A gate that stays closed for less than this longer than was told is no news. Seconds. */
    private static final double NEWS = 1 - 1e-6;

    final TicketState ticket;
    final double longest;
    final Disposable.Swap deadline = Disposables.swap();
    private final Instant latest;
    private final Consumer<Throttled> listener;
    /** When it is too late, by the line's clock; known once it stands in line. */
    private double latestAt = Double.POSITIVE_INFINITY;

    private double told = Double.NEGATIVE_INFINITY;
    private boolean over;
    private @Nullable MonoSink<Void> sink;
    private @Nullable PermitState permit;
    private @Nullable Throwable failure;

    Waiter(TicketState ticket, Duration longest, Instant latest, Consumer<Throttled> listener) {
        this.ticket = ticket;
        this.longest = Ticker.seconds(longest);
        this.latest = latest;
        this.listener = listener;
    }

    /** Before it stands in line. */
    void wakes(MonoSink<Void> subscriber) {
        sink = subscriber;
    }

    /** Reads the instant which is too late against the wall clock, once. */
    double joins(Ticker ticker, double now) {
        latestAt = now + ticker.until(latest);
        return latestAt;
    }

    boolean isOver() {
        return over;
    }

    /** Whether a gate that opens then is too late. */
    boolean isLate(double opens) {
        return opens > latestAt;
    }

    /** Whether its listener should hear of a moment, which then counts as heard. */
    boolean tell(double until) {
        if (told > until - NEWS) {
            return false;
        }
        told = until;
        return true;
    }

    /** Foreign code: never under the line's lock. What it throws is its own request's end, and nobody else's. */
    @Nullable
    Throwable hears(Throttled throttled) {
        try {
            listener.accept(throttled);
            return null;
        } catch (Throwable e) { // an Error, too, would otherwise be the scheduler's, and nobody told
            return e;
        }
    }

    void end(@Nullable PermitState given, @Nullable Throwable late) {
        over = true;
        permit = given;
        failure = late;
        deadline.dispose();
    }

    /** The turn it was given, if it was. */
    @Nullable
    PermitState given() {
        return permit;
    }

    void deliver() {
        requireNonNull(sink).success();
    }

    Mono<PermitState> result() {
        var late = failure;
        return late != null ? Mono.error(late) : Mono.justOrEmpty(permit);
    }
}
