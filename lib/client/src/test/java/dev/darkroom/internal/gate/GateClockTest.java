package dev.darkroom.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.WallClock;
import dev.darkroom.gate.GateClosedException;
import dev.darkroom.gate.Permit;
import dev.darkroom.gate.RateGate;
import dev.darkroom.gate.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody sets the wall clock while a request waits. */
class GateClockTest {

    private final WallClock clock = new WallClock();
    private final RateGate gate = new InMemoryGate(() -> clock, () -> 0);
    private final List<Permit> permits = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final Ticket ticket = gate.enter(Requests.QUOTA, 1);

    private void ask(Instant latest) {
        ticket.permit(Ticket.FOR_EVER, latest, throttled -> {}).subscribe(permits::add, failures::add);
    }

    private void refuse(long seconds) {
        permits.get(0).refused(clock.wall().plusSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600, 3600, -86_400 * 365, 86_400 * 365})
    void theClosedGateOpensWhenItWouldHave(long jump) {
        ask(Instant.MAX);
        refuse(10);
        ask(Instant.MAX);
        clock.advanceTimeBy(Duration.ofSeconds(5));
        clock.set(Duration.ofSeconds(jump));
        clock.advanceTimeBy(Duration.ofMillis(4999));
        assertThat(permits).hasSize(1);
        clock.advanceTimeBy(Duration.ofMillis(2));

        assertThat(permits).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600, 3600})
    void whoIsInAHurryFailsWhenHeWouldHave(long jump) {
        ask(Instant.MAX);
        permits.get(0).held(Duration.ofSeconds(10));
        gate.enter(Requests.QUOTA, 1)
                .permit(Ticket.FOR_EVER, clock.wall().plusSeconds(1), throttled -> {})
                .subscribe(permits::add, failures::add);
        clock.set(Duration.ofSeconds(jump));
        clock.advanceTimeBy(Duration.ofMillis(999));
        assertThat(failures).isEmpty();
        clock.advanceTimeBy(Duration.ofMillis(2));

        assertThat(failures).singleElement().isInstanceOf(GateClosedException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600, 3600})
    void anInstantIsToldByTheClockAsItIsThen(long jump) {
        ask(Instant.MAX);
        refuse(10);
        clock.set(Duration.ofSeconds(jump));

        assertThat(gate.states())
                .singleElement()
                .satisfies(state ->
                        assertThat(state.closedUntil()).isEqualTo(clock.wall().plusSeconds(10)));
    }
}
