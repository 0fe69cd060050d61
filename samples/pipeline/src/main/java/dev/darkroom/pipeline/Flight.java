package dev.darkroom.pipeline;

import dev.darkroom.gate.Throttled;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A prompt that was handed to the client: it waits for its turn, and then it is sent, and if it is refused it waits again. One that waits
 * may be given up at no cost, one that is sent never. Told by event loops, by timers and by whoever stops the run.
 */
final class Flight {

    private enum Phase {
        WAITING,
        SENT,
        GIVEN_UP
    }

    private final Job job;
    private final Journal journal;
    private final Stop stop;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
    private final Sinks.Empty<Void> givenUp = Sinks.empty();
    private volatile @Nullable Instant until;

    Flight(Job job, Journal journal, Stop stop) {
        this.job = job;
        this.journal = journal;
        this.stop = stop;
    }

    /** The step before sending: "sent" stands on the disk before anything leaves. */
    Mono<Void> leave() {
        return Mono.defer(() -> {
            var over = stop.isSet();
            var before = phase.getAndUpdate(now -> over || now == Phase.GIVEN_UP ? now : Phase.SENT);
            if (over || before == Phase.GIVEN_UP) {
                return (before == Phase.SENT ? notAccepted() : Mono.<Void>empty()).then(Mono.error(new Stop.Stopped()));
            }
            return journal.append(JournalEntry.of(job, JobState.SENT));
        });
    }

    /** An attempt that nobody took was made before this one, which is not made. */
    private Mono<Void> notAccepted() {
        return journal.append(JournalEntry.of(job, JobState.NEW).with("refused", "unavailable"));
    }

    /** It was refused, or another one was. On an event loop, so it only says so. */
    void throttled(Throttled wait) {
        until = wait.until();
        if (phase.compareAndSet(Phase.SENT, Phase.WAITING)) {
            journal.append(JournalEntry.of(job, JobState.NEW).with("refused", "rate_limited"))
                    .subscribe(nothing -> {}, fault -> stop.now("disk", String.valueOf(fault.getMessage())));
        }
        if (stop.isSet()) {
            giveUp();
        }
    }

    /** If it has not left. */
    void giveUp() {
        if (phase.compareAndSet(Phase.WAITING, Phase.GIVEN_UP)) {
            givenUp.tryEmitEmpty();
        }
    }

    Mono<Void> givenUp() {
        return givenUp.asMono();
    }

    boolean isSent() {
        return phase.get() == Phase.SENT;
    }

    /** When it may be tried again, while it waits; null if nobody said. */
    @Nullable
    Instant until() {
        return isSent() ? null : until;
    }
}
