package dev.darkroom.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gate.GateClosedException;
import dev.darkroom.gate.GateClosedException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What somebody hears who was not served in time, and how far an instant may be away. */
class TooLateTest {

    private final Requests requests = new Requests();

    private Reason reason(String name) {
        return failure(name).reason();
    }

    private GateClosedException failure(String name) {
        return (GateClosedException) requests.failures.get(name);
    }

    @Test
    void behindOthersOfWhomNoneWasRefusedItIsTheLine() {
        requests.ask("one");
        requests.ask("two");
        requests.ask("hurried", requests.in(0.02));
        requests.pass(0.021);

        assertThat(reason("hurried")).isEqualTo(Reason.IN_LINE);
    }

    @Test
    void behindARefusalItIsTheClosedGate() {
        requests.ask("refused");
        requests.refused("refused", 5);
        requests.ask("hurried", requests.in(4));

        assertThat(reason("hurried")).isEqualTo(Reason.CLOSED);
    }

    @Test
    void behindAnAnswerThatIsReadItIsTheHold() {
        requests.ask("refused");
        requests.permits.get("refused").held(Duration.ofSeconds(1));
        requests.ask("hurried", requests.in(0.5));
        requests.pass(0.501);

        assertThat(reason("hurried")).isEqualTo(Reason.HELD);
        assertThat(failure("hurried").opensAt()).isEqualTo(requests.in(0.499));
    }

    @Test
    void afterARefusalItIsThePace() {
        requests.ask("refused");
        requests.refused("refused", 1);
        requests.pass(1.001);
        requests.ask("hurried", requests.in(0.2));
        requests.pass(0.201);

        assertThat(reason("hurried")).isEqualTo(Reason.PACED);
    }

    @Test
    void anInstantThatIsFarAwayIsToldInFullToEverybodyWhoAsks() {
        for (var far : List.of(requests.in(86_401), requests.in(90 * 86_400.0), requests.in(365 * 86_400.0))) {
            var one = new Requests();
            one.ask("refused");
            one.permits.get("refused").refused(far);
            one.ask("refused", Duration.ofMinutes(2), Instant.MAX);
            one.pass(3600);
            one.ask("other", Duration.ofMinutes(2), Instant.MAX);

            assertThat(one.sent).containsExactly("refused");
            assertThat(one.failures).containsOnlyKeys("refused", "other");
            assertThat(one.failures.values())
                    .allSatisfy(
                            e -> assertThat(((GateClosedException) e).opensAt()).isEqualTo(far));
        }
    }

    @Test
    void anInstantBeyondAllInstantsCanStillBeTold() {
        requests.ask("refused");
        requests.permits.get("refused").refused(Instant.MAX);
        requests.ask("other", Duration.ofMinutes(2), Instant.MAX);

        assertThat(failure("other").opensAt()).isAfter(requests.in(9e8));
    }

    @Test
    void whatIsFarAwayIsObeyedByWhoWaitsForIt() {
        requests.ask("refused");
        requests.refused("refused", 2 * 86_400);
        requests.pass(2 * 86_400 - 0.001);
        assertThat(requests.sent).hasSize(1);
        requests.pass(0.002);

        assertThat(requests.sent).hasSize(2);
    }

    @Test
    void oneAbsurdInstantDoesNotCloseAQuotaForGood() {
        requests.ask("refused");
        requests.permits.get("refused").refused(requests.in(365 * 86_400.0));
        requests.pass(31 * 86_400 - 1);
        requests.ask("other", Duration.ofMinutes(2), Instant.MAX);
        requests.pass(2);
        requests.ask("probe", Duration.ofMinutes(2), Instant.MAX);

        assertThat(requests.failures).containsOnlyKeys("other");
        assertThat(requests.sent).containsExactly("refused", "probe");
    }
}
