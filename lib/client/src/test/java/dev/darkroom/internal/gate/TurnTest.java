package dev.darkroom.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the outcome of a turn does. */
class TurnTest {

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
        requests.turns.get("probe").answeredOtherwise();
        requests.pass(2);

        assertThat(requests.sent).containsExactly("probe", "probe", "next");
    }

    @Test
    void afterAnAnswerOfAnotherKindTheSameTicketMayAskAgain() {
        requests.ask("unavailable");
        requests.turns.get("unavailable").answeredOtherwise();
        requests.ask("unavailable");

        assertThat(requests.sent).containsExactly("unavailable", "unavailable");
    }

    @Test
    void anAcceptedTurnIsInFlightUntilItsTicketIsClosed() {
        requests.ask("one");
        requests.turns.get("one").accepted();
        requests.turns.get("one").accepted();
        assertThat(requests.state().inFlight()).isEqualTo(1);

        requests.close("one");
        assertThat(requests.state().inFlight()).isZero();
    }

    @Test
    void anAcceptedTurnMayStillBeRefusedAndTheTicketAsksAgain() {
        requests.ask("one");
        var turn = requests.turns.get("one");
        turn.accepted();
        turn.refused(requests.in(5));
        requests.looks(requests.in(5), 0, 0);

        requests.ask("one");
        requests.pass(5.001);
        assertThat(requests.sent).containsExactly("one", "one");
    }

    @Test
    void onlyTheFirstEndingCounts() {
        requests.ask("one");
        var turn = requests.turns.get("one");
        turn.answeredOtherwise();
        turn.refused(requests.in(5));
        turn.accepted();
        turn.abandoned();

        requests.looks(null, 0, 0);
    }

    @Test
    void withoutAnInstantTheDelayDoubles() {
        requests.ask("one");
        for (var delay : new double[] {1, 2, 4, 8, 16, 30, 30}) {
            requests.turns.get("one").refused(null);
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
            one.turns.get("one").refused(past);
            assertThat(one.state().closedUntil()).isEqualTo(one.in(1));
        }
    }

    @Test
    void aTicketClosedWithoutAnOutcomeAbandonsItsTurn() {
        requests.ask("one");
        requests.close("one");
        requests.close("one");
        requests.turns.get("one").refused(requests.in(5));

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
        var turn = requests.gate.enter(Requests.QUOTA, 1).turn();
        assertThat(requests.state().inFlight()).isZero();
        turn.subscribe();

        assertThat(requests.state().inFlight()).isEqualTo(1);
    }

    @Test
    void aCostIsAtLeastOne() {
        assertThatThrownBy(() -> requests.gate.enter(Requests.QUOTA, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
