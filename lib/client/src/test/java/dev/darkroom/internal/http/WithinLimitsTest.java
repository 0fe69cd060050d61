package dev.darkroom.internal.http;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.internal.http.ExchangeTimer.Phase;
import dev.darkroom.settings.Timeouts;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

class WithinLimitsTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final TestPublisher<String> server = TestPublisher.create();
    private final ExchangeTimer timer = new ExchangeTimer(
            Timeouts.defaults()
                    .connect(Duration.ofSeconds(1))
                    .firstByte(Duration.ofSeconds(10))
                    .silence(Duration.ofSeconds(5)),
            null);
    private final OnTheWire wire = new OnTheWire(timer);
    private final Flux<String> limited =
            new WithinLimits<>(server.flux(), wire, new CancelExecutor(), new ConnectionPools(), time);

    @AfterEach
    void stopTime() {
        time.dispose();
    }

    private void enter(Phase phase) {
        timer.enter(phase, time.now(TimeUnit.NANOSECONDS));
    }

    @Test
    void aSilentServerEndsTheExchangeAndTheSubscriptionUpstream() {
        StepVerifier.create(limited)
                .then(() -> enter(Phase.ANSWERED))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(4999)))
                .then(() -> server.next("a"))
                .expectNext("a")
                .then(() -> time.advanceTimeBy(Duration.ofMillis(5001)))
                .verifyErrorSatisfies(e -> assertThat(((HttpFailure) e).kind()).isEqualTo(HttpFailure.Kind.TIMED_OUT));
        server.assertCancelled();
    }

    @Test
    void bytesThatMakeNoElementEndASilenceToo() {
        StepVerifier.create(limited)
                .then(() -> enter(Phase.ANSWERED))
                .then(() -> {
                    for (int i = 0; i < 10; i++) {
                        time.advanceTimeBy(Duration.ofSeconds(4));
                        timer.bytes(time.now(TimeUnit.NANOSECONDS));
                    }
                })
                .then(() -> server.next("a").complete())
                .expectNext("a")
                .verifyComplete();
    }

    @Test
    void aSlowConsumerNeverTripsALimit() {
        StepVerifier.create(limited, 1)
                .then(() -> enter(Phase.ANSWERED))
                .then(() -> server.next("a"))
                .expectNext("a")
                .then(() -> time.advanceTimeBy(Duration.ofHours(1)))
                .thenRequest(1)
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(4)))
                .then(() -> server.next("b").complete())
                .expectNext("b")
                .verifyComplete();
    }

    @Test
    void aConsumerThatIsBusyWithAnElementNeverTripsALimit() {
        StepVerifier.create(limited.doOnNext(element -> time.advanceTimeBy(Duration.ofHours(1))))
                .then(() -> enter(Phase.ANSWERED))
                .then(() -> server.next("a").complete())
                .expectNext("a")
                .verifyComplete();
    }

    @Test
    void whatWasGivenUpBeforeItWasSentIsNeverSent() {
        StepVerifier.create(settled(limited)).thenCancel().verify();
        assertThat(wire.begin(time.now(TimeUnit.NANOSECONDS))).isFalse();
        var other = new OnTheWire(new ExchangeTimer(
                Timeouts.defaults()
                        .connect(Duration.ofSeconds(1))
                        .firstByte(Duration.ofSeconds(1))
                        .silence(Duration.ofSeconds(1))
                        .total(Duration.ofSeconds(2)),
                null));
        StepVerifier.create(new WithinLimits<>(server.flux(), other, new CancelExecutor(), new ConnectionPools(), time))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(3)))
                .verifyErrorSatisfies(
                        e -> assertThat(((HttpFailure) e).isSent()).isFalse());
        assertThat(other.begin(time.now(TimeUnit.NANOSECONDS))).isFalse();
    }

    @Test
    void aLimitRunsAgainAfterTheConsumerCameBack() {
        StepVerifier.create(limited, 0)
                .then(() -> enter(Phase.SENT))
                .then(() -> time.advanceTimeBy(Duration.ofHours(1)))
                .thenRequest(1)
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(11)))
                .verifyErrorMessage(
                        "no answer within the first-byte timeout of PT10S; timeouts(t -> t.firstByte(..)) gives it"
                                + " more time");
    }

    @Test
    void demandAndCancellationPassThroughUnchanged() {
        StepVerifier.create(limited, 0)
                .then(server::assertWasNotRequested)
                .thenRequest(3)
                .then(() -> server.assertMinRequested(3))
                .thenCancel()
                .verify();
        server.assertCancelled();
        assertThat(time.getScheduledTaskCount()).as("no timer is left behind").isLessThanOrEqualTo(1);
    }

    @Test
    void whatArrivesAfterALimitRanOutIsIgnored() {
        var rude = TestPublisher.<String>createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        StepVerifier.create(new WithinLimits<>(rude.flux(), wire, new CancelExecutor(), new ConnectionPools(), time))
                .then(() -> enter(Phase.SENT))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(11)))
                .then(() -> rude.next("late").complete())
                .verifyError(HttpFailure.class);
    }

    @Test
    void aRequestThatIsBeingTakenIsGivenUpOnlyIfNothingOfItIsTaken() {
        StepVerifier.create(limited)
                .then(() ->
                        assertThat(wire.begin(time.now(TimeUnit.NANOSECONDS))).isTrue())
                .then(() -> {
                    for (int i = 0; i < 10; i++) {
                        time.advanceTimeBy(Duration.ofSeconds(4));
                        timer.bytes(time.now(TimeUnit.NANOSECONDS));
                    }
                })
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(5)))
                .verifyErrorMessage("no byte of the request was taken within the silence timeout of PT5S; timeouts(t ->"
                        + " t.silence(..)) gives it more time");
    }

    @Test
    void theFirstByteIsAwaitedFromTheMomentInWhichAllWasTaken() {
        StepVerifier.create(limited)
                .then(() -> wire.begin(time.now(TimeUnit.NANOSECONDS)))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(4)))
                .then(() -> timer.sent(time.now(TimeUnit.NANOSECONDS)))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(9)))
                .then(() -> server.next("a").complete())
                .expectNext("a")
                .verifyComplete();
    }

    @Test
    void aDisposalEndsAnExchangeOnceItsElementWasHandedOn() {
        var connections = new ConnectionPools();
        var exchange = new WithinLimits<>(server.flux(), wire, new CancelExecutor(), connections, time);
        StepVerifier.create(exchange.doOnNext(element -> connections.dispose()))
                .then(() -> enter(Phase.ANSWERED))
                .then(() -> server.next("a"))
                .expectNext("a")
                .verifyErrorMessage("the client was closed");
        server.assertCancelled();
        StepVerifier.create(settled(exchange)).verifyErrorMessage("the client was closed");
    }
}
