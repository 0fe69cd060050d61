package dev.darkroom.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.RateGates;
import dev.darkroom.gate.Permit;
import dev.darkroom.gate.Quota;
import dev.darkroom.testsupport.Slow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

/** Keys rotate and models come by the hundred: what the gate remembers of them, and what that costs. Steps, not time. */
class ManyQuotasTest {

    private final Requests requests = new Requests();

    private static Quota quota(int number) {
        return new Quota("images.example", "key" + number, "painter");
    }

    private void use(int number) {
        requests.gate.enter(quota(number), 1).close();
    }

    private void refuse(int number, double seconds) {
        var ticket = requests.gate.enter(quota(number), 1);
        ticket.permit().subscribe(permit -> permit.refused(requests.in(seconds)));
        ticket.close();
    }

    private long examined() {
        return requests.gate.lines.examined();
    }

    @Test
    void quotasThatStayClosedAreNotLookedAtWhenOthersCome() {
        for (var i = 0; i < 5000; i++) {
            refuse(i, 3600);
        }
        for (var i = 5000; i < 6000; i++) {
            use(i);
        }

        assertThat(examined()).as("each idle one once").isLessThanOrEqualTo(1000);
        assertThat(requests.gate.states()).hasSizeBetween(5000, 5001);
    }

    @Test
    void aQuotaIsForgottenWhenItsClosingIsOver() {
        for (var i = 0; i < 2000; i++) {
            refuse(i, 60 + i % 7);
        }
        requests.pass(68);
        use(2000);

        assertThat(requests.gate.states()).hasSizeLessThanOrEqualTo(QuotaQueues.MANY);
        assertThat(examined())
                .as("each when it opened and when it was forgotten")
                .isLessThanOrEqualTo(4000);
        requests.pass(QuotaQueues.IDLE);
        use(2001);
        assertThat(requests.gate.states()).hasSize(1);
    }

    @Test
    void beyondTheMostThoseAreForgottenThatWouldOpenFirst() {
        for (var i = 0; i < QuotaQueues.MOST; i++) {
            refuse(i, 3600 + i);
        }
        refuse(QuotaQueues.MOST, 7200);
        var after = examined();

        assertThat(requests.gate.states())
                .hasSize(QuotaQueues.MOST)
                .noneMatch(state -> state.quota().equals(quota(0)));
        assertThat(after).as("one made room for one").isEqualTo(1);
    }

    @Slow
    @Test
    void aHundredThousandClosedQuotasCostAKilobyteEach() {
        var gate = RateGates.inMemory();
        var opens = Instant.now().plus(Duration.ofHours(1));
        var before = heap();
        for (var i = 0; i < QuotaQueues.MOST; i++) {
            var ticket = gate.enter(quota(i), 1);
            ticket.permit().subscribe(permit -> permit.refused(opens));
            ticket.close();
        }
        var used = heap() - before;
        assertThat(gate.states()).hasSize(QuotaQueues.MOST);
        assertThat(used).as("G1 has some of it empty").isLessThan(QuotaQueues.MOST * 1_100L);
    }

    private static long heap() {
        for (var i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void aClosedQuotaStaysClosedForWhoComesBack() {
        refuse(0, 3600);
        for (var i = 1; i < 3000; i++) {
            use(i);
        }
        var sent = new java.util.ArrayList<Permit>();
        requests.gate.enter(quota(0), 1).permit().subscribe(sent::add);

        assertThat(sent).isEmpty();
    }

    @Test
    void whatIsInUseIsNeverForgotten() {
        var open = requests.gate.enter(quota(0), 1);
        requests.pass(2 * QuotaQueues.IDLE);
        for (var i = 1; i < 3000; i++) {
            use(i);
        }

        assertThat(requests.gate.states()).anyMatch(state -> state.quota().equals(quota(0)));
        open.close();
        requests.pass(QuotaQueues.IDLE);
        use(3000);
        assertThat(requests.gate.states()).noneMatch(state -> state.quota().equals(quota(0)));
    }

    @Test
    void aQuotaInUseIsNotForgottenForAQueueOfItThatIsForgottenAlready() {
        var queues = new QuotaQueues();
        var made = new ArrayList<QuotaQueue>();
        Function<Quota, QuotaQueue> maker = quota -> {
            made.add(new QuotaQueue(
                    quota, Schedulers.immediate(), (of, queue) -> new Admission(() -> 0), released -> {}));
            return made.get(made.size() - 1);
        };
        queues.enter(quota(0), 1, 0, maker).close();
        queues.released(made.get(0), 0);
        queues.enter(quota(1), 1, 601, maker);
        queues.enter(quota(0), 1, 601, maker);
        queues.released(made.get(0), 601); // by somebody who was held up
        queues.enter(quota(2), 1, 1300, maker);

        assertThat(queues.all()).contains(made.get(2)).doesNotContain(made.get(0));
    }
}
