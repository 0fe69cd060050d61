package dev.darkroom.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gate.GateClosedException;
import dev.darkroom.gate.Throttled;
import dev.darkroom.gate.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** What somebody in line hears, and how a wait ends. */
class WaitingTest {

    private final Requests requests = new Requests();

    @Test
    void cancellingWhileWaitingSendsNothingAndLeavesNothing() {
        requests.ask("refused");
        requests.permits.get("refused").refused(requests.in(5));
        requests.askAll("r", 10);
        for (var i = 0; i < 10; i++) {
            requests.cancel("r" + i);
        }
        assertThat(requests.state().waiting()).isZero();
        requests.pass(60);

        assertThat(requests.sent).containsExactly("refused");
        assertThat(requests.failures).isEmpty();
    }

    @Test
    void aTicketClosedWhileItWaitsEndsTheWait() {
        requests.ask("refused");
        requests.refused("refused", 5);
        requests.ask("one");
        requests.close("one");

        assertThat(requests.ended).containsExactly("one");
    }

    @Test
    void whatCannotFitFailsAtOnceWithTheInstant() {
        requests.ask("refused");
        requests.refused("refused", 5);
        requests.ask("hurried", requests.in(4));

        assertThat(requests.failures.get("hurried"))
                .isInstanceOfSatisfying(
                        GateClosedException.class, e -> assertThat(e.opensAt()).isEqualTo(requests.in(5)));
        assertThat(requests.state().waiting()).isEqualTo(1);
    }

    @Test
    void aClosedGateIsWaitedForNoLongerThanSaid() {
        requests.ask("refused");
        requests.refused("refused", 5);
        requests.ask("patient", Duration.ofSeconds(5), Instant.MAX);
        requests.ask("impatient", Duration.ofMillis(4999), Instant.MAX);

        assertThat(requests.failures).containsOnlyKeys("impatient");
    }

    @Test
    void standingInLineBeforeAnOpenGateIsNoWaitForAClosedOne() {
        requests.askAll("r", 3);
        requests.ask("impatient", Duration.ZERO, Instant.MAX);
        requests.pass(1);

        assertThat(requests.sent).containsExactly("r0", "r1", "r2", "impatient");
    }

    @Test
    void whoWaitsFailsAsSoonAsTheGateClosesForTooLong() {
        requests.ask("one");
        requests.ask("two");
        requests.refused("one", 5);
        requests.ask("hurried", requests.in(6));
        requests.refused("two", 9);
        requests.pass(0.001);

        assertThat(requests.failures).containsOnlyKeys("hurried");
    }

    @Test
    void whoIsNotServedInTimeFailsThen() {
        requests.ask("refused");
        requests.refused("refused", 5);
        requests.ask("hurried", requests.in(5.1));
        requests.pass(5.05);
        assertThat(requests.failures).isEmpty();
        requests.pass(0.1);

        assertThat(requests.failures).containsOnlyKeys("hurried");
        assertThat(requests.state().waiting()).isZero();
    }

    @Test
    void listenersHearOfEachWaitAndOfItsCause() {
        requests.ask("refused");
        requests.refused("refused", 5);
        requests.ask("other");

        assertThat(requests.throttled)
                .containsExactly(
                        new Throttled(Requests.QUOTA, requests.in(5), 1),
                        new Throttled(Requests.QUOTA, requests.in(5), 0));
    }

    @Test
    void listenersHearWhenTheGateClosesWhileTheyWaitAndWhenItStaysClosed() {
        requests.askAll("r", 5);
        requests.pass(0.1);
        requests.permits.get("r0").refused(requests.in(5));
        requests.pass(0.001);
        assertThat(requests.throttled).hasSize(1);
        requests.permits.get("r1").refused(requests.in(5.5));
        requests.pass(0.001);
        assertThat(requests.throttled).as("half a second is not news").hasSize(1);
        requests.permits.get("r2").refused(requests.in(9));
        requests.pass(0.001);
        assertThat(requests.throttled).hasSize(2);
    }

    @Test
    void aListenerThatThrowsFailsItsOwnRequestOnly() {
        requests.ask("refused");
        requests.refused("refused", 5);
        var failure = new ArrayList<Throwable>();
        requests.gate
                .enter(Requests.QUOTA, 1)
                .permit(Ticket.FOR_EVER, Instant.MAX, throttled -> {
                    throw new IllegalArgumentException("mine");
                })
                .subscribe(permit -> {}, failure::add);

        assertThat(failure).singleElement().isInstanceOf(IllegalArgumentException.class);
        assertThat(requests.state().waiting()).isEqualTo(1);
    }
}
