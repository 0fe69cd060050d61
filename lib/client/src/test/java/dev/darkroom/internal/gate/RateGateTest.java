package dev.darkroom.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.RateGates;
import dev.darkroom.gate.GateState;
import dev.darkroom.gate.Permit;
import dev.darkroom.gate.Quota;
import dev.darkroom.gate.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.retry.Retry;

/** Who passes the gate, and when. */
class RateGateTest {

    private final Requests requests = new Requests();

    @Test
    void anOpenGateIsPassedAtOnceAndOnOnesOwnThread() {
        var thread = new ArrayList<Thread>();
        requests.gate.enter(Requests.QUOTA, 1).permit().subscribe(permit -> thread.add(Thread.currentThread()));

        assertThat(thread).containsExactly(Thread.currentThread());
    }

    @Test
    void aRefusalOfOneClosesTheGateForAll() {
        requests.ask("refused");
        requests.refused("refused", 5);
        requests.ask("other");

        assertThat(requests.sent).containsExactly("refused");
        requests.looks(requests.in(5), 2, 0);
    }

    @Test
    void otherQuotasStayOpen() {
        requests.ask("refused");
        requests.refused("refused", 5);
        var passed = new ArrayList<Permit>();
        requests.gate
                .enter(new Quota("images.example", "a1b2c3", "sculptor"), 1)
                .permit()
                .subscribe(passed::add);

        assertThat(passed).hasSize(1);
    }

    @Test
    void nothingIsSentEarlierThanTheServerSaid() {
        requests.ask("refused");
        requests.refused("refused", 5);

        requests.pass(4.999);
        assertThat(requests.sent).hasSize(1);
        requests.pass(0.002);
        assertThat(requests.sent).containsExactly("refused", "refused");
    }

    @Test
    void jitterOnlyAdds() {
        var late = new Requests(1);
        late.ask("refused");
        late.refused("refused", 5);

        late.pass(5.199);
        assertThat(late.sent).hasSize(1);
        late.pass(0.002);
        assertThat(late.sent).hasSize(2);
    }

    @Test
    void ofTwoRefusalsTheLaterInstantCountsAndNotTheirSum() {
        requests.ask("one");
        requests.ask("two");
        requests.refused("one", 5);
        requests.pass(1);
        requests.refused("two", 6);

        requests.pass(5.999);
        assertThat(requests.sent).hasSize(2);
        requests.pass(0.002);
        assertThat(requests.sent).hasSize(3);
    }

    @Test
    void anEarlierInstantDoesNotOpenAClosedGate() {
        requests.ask("one");
        requests.ask("two");
        requests.refused("one", 5);
        requests.refused("two", 1);

        requests.pass(4.999);
        assertThat(requests.sent).hasSize(2);
    }

    @Test
    void theOldestGoesFirstAndARefusedRequestKeepsItsPlace() {
        requests.ask("a");
        requests.ask("b");
        requests.ask("c");
        requests.pass(0.1);
        requests.refused("b", 1);
        requests.ask("d");
        requests.refused("c", 1);
        requests.refused("a", 1);
        runServerThatAccepts(10);

        assertThat(requests.sent).containsExactly("a", "b", "c", "a", "b", "c", "d");
    }

    @Test
    void reopeningIsAProbeAndARampNotAStampede() {
        requests.askAll("r", 50);
        requests.pass(0.2);
        var first = requests.sent.size();
        assertThat(first).isLessThanOrEqualTo(4);
        for (var i = 0; i < first; i++) {
            requests.refused("r" + i, 2);
        }

        requests.pass(2.01);
        assertThat(requests.sent).hasSize(first + 1);
        requests.pass(0.2);
        assertThat(requests.sent).as("while the probe is unknown").hasSize(first + 1);
        requests.accepted("r0");
        requests.pass(4.5);
        assertThat(requests.sent).as("the server took one in two seconds").hasSizeBetween(first + 2, first + 4);
    }

    @Test
    void aRefusedProbeKeepsTheGateClosedForAll() {
        requests.ask("probe");
        requests.ask("other");
        requests.refused("probe", 1);
        requests.accepted("other");
        requests.pass(1);
        requests.refused("probe", 3);
        requests.askAll("r", 5);

        requests.pass(2.99);
        assertThat(requests.sent).containsExactly("probe", "other", "probe");
        requests.pass(0.02);
        assertThat(requests.sent).hasSize(4);
    }

    @Test
    void aReplyThatIsMerelyLateIsNoRefusal() {
        requests.askAll("silent", 64);

        requests.pass(2.4);
        assertThat(requests.sent).hasSize(64);
    }

    @Test
    void idleQuotasAreForgottenAndClosedOnesAreNot() {
        requests.ask("refused");
        requests.permits.get("refused").refused(requests.in(3000));
        requests.close("refused");
        for (var i = 0; i < 5000; i++) {
            requests.gate
                    .enter(new Quota("images.example", "key", "model" + i), 1)
                    .close();
        }
        assertThat(requests.gate.states()).hasSizeLessThanOrEqualTo(1000);
        requests.pass(601);
        requests.gate.enter(new Quota("images.example", "key", "last"), 1);

        assertThat(requests.gate.states())
                .extracting(GateState::quota)
                .hasSize(2)
                .contains(Requests.QUOTA);
    }

    @Test
    void virtualTimeRulesTheGateOfTheMemory() {
        var time = VirtualTimeScheduler.getOrSet();
        try {
            var gate = RateGates.inMemory();
            var sent = new ArrayList<Permit>();
            var ticket = gate.enter(Requests.QUOTA, 1);
            ticket.permit().subscribe(permit -> permit.refused(Instant.ofEpochSecond(3600)));
            ticket.permit().subscribe(sent::add);
            assertThat(sent).isEmpty();
            time.advanceTimeBy(Duration.ofSeconds(3601));

            assertThat(sent).hasSize(1);
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    @Test
    void theWayToUseItKeepsTheOrderAndClosesEveryTicket() {
        var order = new ArrayList<String>();
        var done = Flux.just("a", "b", "c", "d", "e")
                .flatMap(name -> generate(name, order), 8, 1)
                .collectList()
                .toFuture();
        requests.pass(60);

        assertThat(done).isCompletedWithValueMatching(all -> all.size() == 5);
        assertThat(order).containsExactly("a", "b", "c", "d", "a", "b", "c", "d", "e");
        requests.looks(null, 0, 0);
    }

    /** Each is refused once if it is among the first four. */
    private Flux<String> generate(String name, List<String> order) {
        var refusals = new int[1];
        return Flux.using(
                () -> requests.gate.enter(Requests.QUOTA, 1),
                ticket -> Flux.defer(() -> ticket.permit().flatMapMany(permit -> {
                            order.add(name);
                            return Mono.delay(Duration.ofMillis(100), requests.time)
                                    .flatMapMany(tick -> {
                                        if (!name.equals("e") && refusals[0]++ == 0) {
                                            permit.refused(requests.in(1));
                                            return Flux.error(new IllegalStateException("429"));
                                        }
                                        permit.accepted();
                                        return Flux.just(name);
                                    });
                        }))
                        .retryWhen(Retry.indefinitely()),
                Ticket::close);
    }

    /** Whoever was sent a second time or late is accepted a tenth of a second later. */
    private void runServerThatAccepts(double seconds) {
        for (var i = 0; i < seconds * 10; i++) {
            requests.pass(0.1);
            requests.permits.values().forEach(Permit::accepted);
        }
    }
}
