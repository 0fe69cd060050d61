package dev.darkroom.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is done between the head of a refusal and its body. */
class HoldTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Requests requests = new Requests();

    private void held(String name) {
        requests.permits.get(name).held(SECOND);
    }

    @Test
    void nobodyIsSentWhileARefusalIsRead() {
        requests.ask("refused");
        held("refused");
        requests.askAll("r", 5);
        requests.pass(0.999);

        assertThat(requests.sent).containsExactly("refused");
        assertThat(requests.throttled).as("a hold is no wait for an instant").isEmpty();
    }

    @Test
    void aRefusalThatWasHeldClosesTheGateWithoutAGap() {
        requests.ask("refused");
        held("refused");
        requests.askAll("r", 5);
        requests.pass(0.5);
        requests.refused("refused", 10);
        requests.pass(9.999);
        assertThat(requests.sent).containsExactly("refused");
        requests.pass(0.002);

        assertThat(requests.sent).containsExactly("refused", "refused");
    }

    @Test
    void aHoldEndsAtOnceWhenTheBodyIsNoRefusal() {
        requests.ask("spent");
        held("spent");
        requests.ask("other");
        requests.pass(0.1);
        requests.permits.get("spent").abandoned();
        requests.pass(0.001);

        assertThat(requests.sent).containsExactly("spent", "other");
    }

    @Test
    void aHoldEndsWithItsTicketAndWithAnAcceptance() {
        for (var end : new String[] {"close", "accept", "answer"}) {
            var one = new Requests();
            one.ask("held");
            one.permits.get("held").held(SECOND);
            one.ask("other");
            switch (end) {
                case "close" -> one.close("held");
                case "accept" -> one.accepted("held");
                default -> one.permits.get("held").answeredOtherwise();
            }
            one.pass(0.001);
            assertThat(one.sent).as(end).containsExactly("held", "other");
        }
    }

    @Test
    void aHoldIsOverInTimeWhateverBecomesOfItsTurn() {
        requests.ask("silent");
        held("silent");
        requests.ask("other");
        requests.pass(1.001);

        assertThat(requests.sent).containsExactly("silent", "other");
    }

    @Test
    void ofSeveralHoldsTheLastOneCounts() {
        requests.ask("one");
        requests.ask("two");
        held("one");
        requests.pass(0.5);
        held("two");
        requests.ask("other");
        requests.permits.get("one").abandoned();
        requests.pass(0.9);
        assertThat(requests.sent).containsExactly("one", "two");
        requests.permits.get("two").abandoned();
        requests.pass(0.001);

        assertThat(requests.sent).containsExactly("one", "two", "other");
    }

    @Test
    void holdingAgainOrTooLateHoldsNobody() {
        requests.ask("one");
        held("one");
        held("one");
        requests.permits.get("one").abandoned();
        held("one");
        requests.ask("other");

        assertThat(requests.sent).containsExactly("one", "other");
    }

    @Test
    void aHoldTeachesTheLawNothing() {
        requests.ask("spent");
        held("spent");
        requests.permits.get("spent").abandoned();
        requests.close("spent");

        requests.looks(null, 0, 0);
        requests.ask("a");
        requests.ask("b");
        requests.pass(0.031);
        requests.ask("c");
        assertThat(requests.sent).as("as many as before any refusal").containsExactly("spent", "a", "b", "c");
    }

    @Test
    void aGateThatIsHeldSaysSo() {
        requests.ask("refused");
        held("refused");

        requests.looks(requests.in(1), 0, 1);
    }
}
