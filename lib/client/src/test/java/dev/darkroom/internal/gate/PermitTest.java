package dev.darkroom.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the outcome of a permit does. */
class PermitTest {

    private final Requests requests = new Requests();

    @Test
    void anAbandonedProbeIsFollowedByTheNextInLine() {
        requests.ask("probe");
        requests.refused("probe", 1);
        requests.ask("next");
        requests.pass(1.001);
        requests.close("probe");
        requests.pass(0.001);

        assertThat(requests.sent).containsExactly("probe", "probe", "next");
    }

    @Test
    void anAnswerThatSaysNothingOfTheQuotaOpensTheGateToo() {
        requests.ask("probe");
        requests.refused("probe", 1);
        requests.ask("next");
        requests.pass(1.001);
        requests.permits.get("probe").answeredOtherwise();
        requests.pass(2);

        assertThat(requests.sent).containsExactly("probe", "probe", "next");
    }

    @Test
    void afterAnAnswerOfAnotherKindTheSameTicketMayAskAgain() {
        requests.ask("unavailable");
        requests.permits.get("unavailable").answeredOtherwise();
        requests.ask("unavailable");

        assertThat(requests.sent).containsExactly("unavailable", "unavailable");
    }

    @Test
    void anAcceptedTurnIsInFlightUntilItsTicketIsClosed() {
        requests.ask("one");
        requests.permits.get("one").accepted();
        requests.permits.get("one").accepted();
        assertThat(requests.state().inFlight()).isEqualTo(1);

        requests.close("one");
        assertThat(requests.state().inFlight()).isZero();
    }

    @Test
    void anAcceptedTurnMayStillBeRefusedAndTheTicketAsksAgain() {
        requests.ask("one");
        var permit = requests.permits.get("one");
        permit.accepted();
        permit.refused(requests.in(5));
        requests.looks(requests.in(5), 0, 0);

        requests.ask("one");
        requests.pass(5.001);
        assertThat(requests.sent).containsExactly("one", "one");
    }

    @Test
    void onlyTheFirstEndingCounts() {
        requests.ask("one");
        var permit = requests.permits.get("one");
        permit.answeredOtherwise();
        permit.refused(requests.in(5));
        permit.accepted();
        permit.abandoned();

        requests.looks(null, 0, 0);
    }

    @Test
    void withoutAnInstantTheDelayDoubles() {
        requests.ask("one");
        for (var delay : new double[] {1, 2, 4, 8, 16, 30, 30}) {
            requests.permits.get("one").refused(null);
            requests.ask("one");
            var before = requests.sent.size();
            requests.pass(delay - 0.01);
            assertThat(requests.sent).hasSize(before);
            requests.pass(0.02);
            assertThat(requests.sent).hasSize(before + 1);
        }
    }

    @Test
    void anInstantThatIsPastCountsAsNotSaid() {
        for (var past : List.of(Instant.MIN, requests.in(-1))) {
            var one = new Requests();
            one.ask("one");
            one.permits.get("one").refused(past);
            assertThat(one.state().closedUntil()).isEqualTo(one.in(1));
        }
    }

    @Test
    void aTicketClosedWithoutAnOutcomeAbandonsItsTurn() {
        requests.ask("one");
        requests.close("one");
        requests.close("one");
        requests.permits.get("one").refused(requests.in(5));

        requests.looks(null, 0, 0);
    }

    @Test
    void aTicketHasOneTurnAtATimeAndNoneWhenClosed() {
        requests.ask("one");
        requests.ask("one");
        assertThat(requests.failures.remove("one")).isInstanceOf(IllegalStateException.class);

        requests.close("one");
        requests.ask("one");
        assertThat(requests.failures.get("one")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTurnBelongsToASubscriptionAndNotToTheCallThatMadeTheMono() {
        var permit = requests.gate.enter(Requests.QUOTA, 1).permit();
        assertThat(requests.state().inFlight()).isZero();
        permit.subscribe();

        assertThat(requests.state().inFlight()).isEqualTo(1);
    }

    @Test
    void aCostIsAtLeastOne() {
        assertThatThrownBy(() -> requests.gate.enter(Requests.QUOTA, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
