package dev.darkroom.gate;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * One subscription to a ticket's turn: in line, then over, with a turn or a failure or, cancelled, with nothing. The sink
 * only completes, and what came of it is read behind it: so neither a turn nor an error can be dropped when a cancellation
 * races. Guarded by the line's lock until it is over, and unchanged from then on.
 */
final class Waiting {

    final LineTicket ticket;
    final double longest;
    final Instant latest;
    final Consumer<Throttled> listener;
    final Disposable.Swap deadline = Disposables.swap();
    private Instant told = Instant.MIN;
    private boolean over;
    private @Nullable MonoSink<Void> sink;
    private @Nullable OpenTurn turn;
    private @Nullable RuntimeException failure;

    Waiting(LineTicket ticket, Duration longest, Instant latest, Consumer<Throttled> listener) {
        this.ticket = ticket;
        this.longest = longest.getSeconds() + longest.getNano() / 1e9;
        this.latest = latest;
        this.listener = listener;
    }

    /** Before it stands in line. */
    void wakes(MonoSink<Void> subscriber) {
        sink = subscriber;
    }

    boolean isOver() {
        return over;
    }

    /** Whether its listener should hear of an instant, which then counts as heard. */
    boolean tell(Instant until) {
        if (told.isAfter(until.minusSeconds(1))) {
            return false;
        }
        told = until;
        return true;
    }

    void end(@Nullable OpenTurn given, @Nullable RuntimeException late) {
        over = true;
        turn = given;
        failure = late;
        deadline.dispose();
    }

    /** The turn it was given, if it was. */
    @Nullable
    OpenTurn given() {
        return turn;
    }

    void deliver() {
        requireNonNull(sink).success();
    }

    Mono<Turn> result() {
        var late = failure;
        return late != null ? Mono.error(late) : Mono.justOrEmpty(turn);
    }
}
