package dev.darkroom.spring;

import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.UnavailableException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One subscription of a generation, while an application may shut down: either it was sent, and is waited for, or it is refused and
 * never sent. From any thread.
 */
final class PaidCall {

    private final Sinks.Empty<Void> refusal = Sinks.empty();
    private boolean begun;
    private boolean sent;
    private boolean refused;
    private boolean over;

    /** {@return whether this was the first demand} */
    synchronized boolean begins() {
        var first = !begun && !over;
        begun = true;
        return first;
    }

    /** It stands in line, for the first time or again. */
    synchronized void waits() {
        sent = false;
    }

    /** {@return whether it may be sent} */
    synchronized boolean sends() {
        sent = !refused;
        return sent;
    }

    synchronized void ends() {
        over = true;
    }

    synchronized boolean isOver() {
        return over;
    }

    void refuseUnlessSent() {
        synchronized (this) {
            if (sent || refused || over) {
                return;
            }
            refused = true;
        }
        refusal.tryEmitEmpty();
    }

    /** Never, or complete: so {@link Flux#takeUntilOther} cancels what waits, which it would not for an error. */
    Mono<Void> refusal() {
        return refusal.asMono();
    }

    /** What stands behind a call that was refused, and behind no other. */
    <T> Flux<T> failure() {
        return Flux.defer(() -> isRefused()
                ? Flux.error(new UnavailableException(
                        "not sent: the application is shutting down", FailureDetails.NONE, null, null))
                : Flux.empty());
    }

    private synchronized boolean isRefused() {
        return refused && !over;
    }
}
