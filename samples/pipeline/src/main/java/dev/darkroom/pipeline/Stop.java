package dev.darkroom.pipeline;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Ends a run early: nothing is sent any more, and what is sent is waited for. Thread-safe. */
final class Stop {

    /** What a prompt is told that was about to leave. */
    static final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1;

        Stopped() {
            super("the run is over", null, false, false);
        }
    }

    /** A fault of the folder's disk, or what the gateway says to all. */
    record Reason(String word, String message) {}

    private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();
    private final Sinks.Empty<Void> signal = Sinks.empty();

    /** The first reason is the one. */
    void now(String word, String message) {
        if (reason.compareAndSet(null, new Reason(word, message))) {
            signal.tryEmitEmpty();
        }
    }

    boolean isSet() {
        return reason.get() != null;
    }

    @Nullable
    Reason reason() {
        return reason.get();
    }

    Mono<Void> signal() {
        return signal.asMono();
    }
}
