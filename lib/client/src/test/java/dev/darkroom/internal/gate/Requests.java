package dev.darkroom.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gate.GateState;
import dev.darkroom.gate.Permit;
import dev.darkroom.gate.Quota;
import dev.darkroom.gate.Throttled;
import dev.darkroom.gate.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Requests with names, at a gate in virtual time without jitter, and what they heard. */
final class Requests {

    static final Quota QUOTA = new Quota("images.example", "a1b2c3", "painter");

    final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    final InMemoryGate gate;

    /** Who was given a permit, in order. */
    final List<String> sent = new ArrayList<>();

    /** Whose wait was over without a permit. */
    final List<String> ended = new ArrayList<>();

    final Map<String, Permit> permits = new LinkedHashMap<>();
    final Map<String, Throwable> failures = new LinkedHashMap<>();
    final List<Throttled> throttled = new ArrayList<>();
    private final Map<String, Ticket> tickets = new LinkedHashMap<>();
    private final Map<String, Disposable> subscriptions = new LinkedHashMap<>();

    Requests() {
        this(0);
    }

    Requests(double random) {
        gate = new InMemoryGate(() -> time, () -> random);
    }

    /** Enters, or asks again with the ticket it has. */
    void ask(String name) {
        ask(name, Instant.MAX);
    }

    void ask(String name, Instant latest) {
        ask(name, Ticket.FOR_EVER, latest);
    }

    void ask(String name, Duration longest, Instant latest) {
        var ticket = tickets.computeIfAbsent(name, key -> gate.enter(QUOTA, 1));
        subscriptions.put(
                name,
                ticket.permit(longest, latest, throttled::add)
                        .subscribe(
                                permit -> {
                                    sent.add(name);
                                    permits.put(name, permit);
                                },
                                failure -> failures.put(name, failure),
                                () -> {
                                    if (!sent.contains(name)) {
                                        ended.add(name);
                                    }
                                }));
    }

    void askAll(String name, int count) {
        for (var i = 0; i < count; i++) {
            ask(name + i);
        }
    }

    void accepted(String name) {
        permits.get(name).accepted();
    }

    /** Refused until so many seconds from now, asking again at once. */
    void refused(String name, double seconds) {
        permits.get(name).refused(in(seconds));
        ask(name);
    }

    void cancel(String name) {
        subscriptions.get(name).dispose();
    }

    void close(String name) {
        tickets.get(name).close();
    }

    void pass(double seconds) {
        time.advanceTimeBy(Duration.ofNanos((long) (seconds * 1e9)));
    }

    Instant in(double seconds) {
        return Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS)).plusMillis(Math.round(seconds * 1000));
    }

    GateState state() {
        return gate.states().get(0);
    }

    /** Asserts the numbers of the state; its pace and cause are asserted where they matter. */
    void looks(@Nullable Instant closedUntil, int waiting, int inFlight) {
        var now = state();
        assertThat(now.closedUntil()).isEqualTo(closedUntil);
        assertThat(now.waiting()).as("waiting").isEqualTo(waiting);
        assertThat(now.inFlight()).as("in flight").isEqualTo(inFlight);
    }
}
