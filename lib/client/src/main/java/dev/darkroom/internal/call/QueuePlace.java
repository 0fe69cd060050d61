package dev.darkroom.internal.call;

import dev.darkroom.gate.GateClosedException;
import dev.darkroom.gate.Permit;
import dev.darkroom.gate.Quota;
import dev.darkroom.gate.Throttled;
import dev.darkroom.gate.Ticket;
import dev.darkroom.image.ImageException;
import dev.darkroom.internal.call.Prepare.Prepared;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.ContextView;

/**
 * One request's place in the line of its quota, and the key which that quota is of. A refused request keeps it. Belongs to
 * one subscription; closed from any thread.
 *
 * <p>The hard cases: a key that changes while the request waits, whose quota is another one, so that the place is given up
 * for one in the other line; and a gate of somebody else's, which may open too early, never, or fail. What it says is held
 * against {@link GatedRetry} and the {@link Deadline}.
 */
final class QueuePlace implements AutoCloseable {

    private static final String GATE = "the rate gate";

    /** A key that was asked for so long ago, and not longer, is sent as it is. */
    private static final Duration FRESH = Duration.ofMillis(500);

    /** A turn that comes earlier than allowed by so little is kept: the clocks of a gate and ours are read one after the other. */
    private static final Duration ROUNDING = Duration.ofMillis(10);

    /** By which a gate may be late in saying what it has to say of a wait that is over. */
    private static final Duration GRACE = Duration.ofMillis(50);

    private final Settings settings;
    private final Prepared prepared;
    private final GatedRetry retries;
    private final Deadline deadline;
    private final Clock clock;
    private @Nullable Quota quota;
    private @Nullable Ticket ticket;
    private boolean closed;

    QueuePlace(Settings settings, Prepared prepared, GatedRetry retries, Deadline deadline, Clock clock) {
        this.settings = settings;
        this.prepared = prepared;
        this.retries = retries;
        this.deadline = deadline;
        this.clock = clock;
    }

    /** Waits until the request may be sent, and with which key. */
    Mono<KeyedPermit> permit() {
        return key().flatMap(this::permit);
    }

    private Mono<KeyedPermit> permit(String key) {
        var asked = clock.nanos();
        return granted(key)
                .flatMap(permit -> clock.since(asked).compareTo(FRESH) <= 0
                        ? Mono.just(new KeyedPermit(key, permit))
                        : key().doOnError(failure -> KeyedPermit.abandon(permit))
                                .flatMap(now -> fresh(now, permit)));
    }

    /** The key may have changed while we waited, and its quota with it. */
    private Mono<KeyedPermit> fresh(String key, Permit permit) {
        if (quota(key).equals(quota)) {
            return Mono.just(new KeyedPermit(key, permit));
        }
        KeyedPermit.abandon(permit);
        return permit(key);
    }

    private Mono<String> key() {
        return deadline.inTime(settings.access().currentKey());
    }

    private Mono<Permit> granted(String key) {
        return Mono.deferContextual(subscription -> given(ticket(quota(key)), listeners(subscription)))
                .flatMap(permit -> notEarly(key, permit));
    }

    private Mono<Permit> notEarly(String key, Permit permit) {
        if (deadline.isTooLate()) {
            KeyedPermit.abandon(permit);
            return Mono.error(deadline.tooLate());
        }
        var early = retries.early();
        if (early.isNegative() || early.isZero()) {
            return Mono.just(permit);
        }
        var pause = Mono.delay(early, clock.scheduler());
        if (early.compareTo(ROUNDING) <= 0) {
            return pause.thenReturn(permit);
        }
        KeyedPermit.abandon(permit); // others need not wait for what only this one was told
        return pause.then(granted(key));
    }

    /** The client's, and the subscription's own. */
    private Consumer<Throttled> listeners(ContextView subscription) {
        return settings.rateLimits().onThrottled().andThen(Throttled.listenerIn(subscription));
    }

    /** What the gate gives, or what ends the wait for it. */
    private Mono<Permit> given(Ticket place, Consumer<Throttled> listeners) {
        var fault = Sinks.<Permit>one();
        var latest = deadline.isNone() ? Instant.MAX : clock.in(deadline.leftToSend());
        var asked = UserCode.asked(
                GATE,
                () -> place.permit(
                        retries.waitLeft(), latest, UserCode.told(UserCode.LISTENER, listeners, fault::tryEmitError)));
        var permit = asked.switchIfEmpty(Mono.error(() -> UserCode.fault(GATE, new IllegalStateException("no turn"))))
                .onErrorMap(
                        e -> !(e instanceof GateClosedException || e instanceof ImageException),
                        e -> UserCode.fault(GATE, e));
        return Mono.firstWithSignal(permit, fault.asMono(), tooLate());
    }

    private Mono<Permit> tooLate() {
        var late = deadline.isNone() ? Mono.<Permit>never() : after(deadline.leftToSend(), deadline::tooLate);
        return retries.wasRefused()
                ? Mono.firstWithSignal(late, after(retries.waitLeft(), retries::waitedTooLong))
                : late;
    }

    private Mono<Permit> after(Duration wait, Supplier<ImageException> failure) {
        return Mono.delay(wait.plus(GRACE), clock.scheduler()).then(Mono.error(failure));
    }

    private Quota quota(String key) {
        return Quota.of(settings.access().baseUrl().getHost(), key, prepared.quota());
    }

    private synchronized Ticket ticket(Quota wanted) {
        var held = ticket;
        if (held != null && wanted.equals(quota)) {
            return held;
        }
        give(held);
        var taken = UserCode.asked(GATE, () -> settings.rateLimits().gate().enter(wanted, prepared.cost()));
        quota = wanted;
        ticket = taken;
        if (closed) {
            give(taken); // cancelled meanwhile
        }
        return taken;
    }

    @Override
    public synchronized void close() {
        closed = true;
        give(ticket);
    }

    private static void give(@Nullable Ticket back) {
        if (back != null) {
            KeyedPermit.quietly(back::close);
        }
    }
}
