package dev.darkroom.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gate.GateClosedException;
import dev.darkroom.gate.GateClosedException.Reason;
import dev.darkroom.gate.GateState.Cause;
import dev.darkroom.gate.Throttled;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a gate says of waits: for an instant, for the pace, and alone for an instant of one's own. */
class NobodyWaitsSilentlyTest {

    private static final int MANY = 3000;

    private final Requests requests = new Requests();
    private int asked;

    /** One of seven is refused, whatever the pace, until the gate knows. */
    private void refusedAtRandom() {
        var chance = new Random(1);
        var after = 0;
        while (after < 60 && asked < MANY) { // the pace is given back, and grows on
            var name = "n" + asked++;
            requests.ask(name);
            waitFor(name, 1);
            if (chance.nextInt(7) == 0) {
                requests.refused(name, 0.2);
                waitFor(name, 2);
            }
            requests.accepted(name);
            requests.close(name);
            after += requests.state().cause() == Cause.NOISE ? 1 : 0;
        }
        requests.pass(10);
        assertThat(requests.state().cause()).isEqualTo(Cause.NOISE);
        requests.sent.clear();
        requests.throttled.clear();
    }

    private void waitFor(String name, int permits) {
        while (requests.sent.stream().filter(name::equals).count() < permits) {
            requests.pass(0.1);
        }
    }

    /** Two are taken, the third is told to come back in ten seconds, and does: about one in four seconds. */
    private void paced() {
        requests.ask("a");
        requests.ask("b");
        requests.accepted("a");
        requests.accepted("b");
        requests.ask("c");
        requests.refused("c", 10);
        requests.pass(10.001);
        requests.accepted("c");
        requests.throttled.clear();
    }

    @Test
    void whereRefusalsDoNotDependOnThePaceOnlyTheRefusedRequestWaits() {
        refusedAtRandom();
        requests.ask("refused");
        requests.refused("refused", 5);
        requests.ask("other");
        requests.pass(4.999);
        assertThat(requests.sent).containsExactly("refused", "other");
        requests.pass(0.002);

        assertThat(requests.sent).containsExactly("refused", "other", "refused");
    }

    @Test
    void whoWaitsAloneIsToldAndSeen() {
        refusedAtRandom();
        requests.ask("refused");
        requests.refused("refused", 5);

        assertThat(requests.throttled).containsExactly(new Throttled(Requests.QUOTA, requests.in(5), 1));
        var state = requests.state();
        assertThat(state.closedUntil()).as("open for all others").isNull();
        assertThat(state.waiting()).isEqualTo(1);
        assertThat(state.headWaits()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whoWouldWaitAloneForTooLongFailsAtOnce() {
        refusedAtRandom();
        requests.ask("refused");
        requests.permits.get("refused").refused(requests.in(300));
        requests.ask("refused", Duration.ofMinutes(2), Instant.MAX);

        assertThat(requests.failures.get("refused"))
                .isInstanceOfSatisfying(
                        GateClosedException.class, e -> assertThat(e.opensAt()).isEqualTo(requests.in(300)));
        requests.ask("other");
        requests.pass(1);
        assertThat(requests.sent).contains("other");
    }

    @Test
    void whoRestsAndLeavesIsForgotten() {
        refusedAtRandom();
        requests.ask("refused");
        requests.refused("refused", 5);
        requests.cancel("refused");
        requests.close("refused");
        requests.pass(6);

        assertThat(requests.state().waiting()).isZero();
        assertThat(requests.sent).containsExactly("refused");
    }

    @Test
    void aWaitForThePaceIsTold() {
        paced();
        requests.askAll("r", 5);

        assertThat(requests.throttled).isNotEmpty().allSatisfy(told -> {
            assertThat(told.until()).isAfter(requests.in(1));
            assertThat(told.attempt()).isZero();
        });
        var state = requests.state();
        assertThat(state.cause()).isEqualTo(Cause.LIMIT);
        assertThat(state.closedUntil()).isNull();
        assertThat(state.pace()).isBetween(0.1, 1.0);
        assertThat(state.headWaits()).isPositive();
    }

    @Test
    void aWaitForThePaceThatIsTooLongEndsAtOnceAndSaysSo() {
        paced();
        for (var i = 0; i < 20; i++) {
            requests.ask("r" + i, Duration.ofSeconds(15), Instant.MAX);
            requests.ask("s" + i, requests.in(15));
        }

        assertThat(requests.failures).hasSizeBetween(20, 39).allSatisfy((name, failure) -> {
            assertThat(((GateClosedException) failure).reason()).isEqualTo(Reason.PACED);
            assertThat(((GateClosedException) failure).opensAt()).isAfter(requests.in(15));
        });
    }

    @Test
    void whoStoodInLineBeforeThePaceWasKnownHearsOfItWhenItIs() {
        requests.ask("a");
        requests.ask("b");
        requests.accepted("a");
        requests.accepted("b");
        requests.ask("c");
        requests.refused("c", 10);
        for (var i = 0; i < 20; i++) {
            requests.ask("r" + i, Duration.ofSeconds(15), Instant.MAX);
        }
        requests.pass(10.001);
        assertThat(requests.failures).isEmpty();
        requests.accepted("c");
        requests.pass(0.001);

        assertThat(requests.failures)
                .isNotEmpty()
                .allSatisfy((name, failure) ->
                        assertThat(((GateClosedException) failure).reason()).isEqualTo(Reason.PACED));
    }

    @Test
    void aStateSaysWhyRequestsWait() {
        requests.ask("a");
        assertThat(requests.state().cause()).isEqualTo(Cause.NONE);
        assertThat(requests.state().pace()).isInfinite();
        requests.permits.get("a").held(Duration.ofSeconds(1));
        assertThat(requests.state().cause()).isEqualTo(Cause.HOLD);
        requests.refused("a", 5);
        assertThat(requests.state().cause()).isEqualTo(Cause.LIMIT);
        assertThat(requests.state().headWaits()).isEqualTo(Duration.ofSeconds(5));
        requests.pass(5.001);
        requests.ask("other");

        assertThat(requests.state().cause()).isEqualTo(Cause.PROBE);
        assertThat(requests.state().headWaits())
                .as("until consent by silence")
                .isLessThanOrEqualTo(Duration.ofSeconds(1));
    }
}
