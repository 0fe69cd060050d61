package dev.darkroom.internal.http;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.darkroom.testsupport.HouseRules;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** A wait, and the end of the client for which it waits. */
class UntilDisposedTest {

    private final ConnectionPools pools = new ConnectionPools();
    private final TestPublisher<String> wait = TestPublisher.create();

    private <T> Flux<T> whileThereIsAClient(Flux<T> wait) {
        return new UntilDisposed<>(wait, pools);
    }

    private static boolean isOfTheDisposal(Throwable failure) {
        return failure instanceof HttpFailure disposed && disposed.kind() == HttpFailure.Kind.DISPOSED;
    }

    @Test
    void whatComesInTimeIsToldWithItsEnd() {
        StepVerifier.create(whileThereIsAClient(wait.flux()))
                .then(() -> wait.next("key"))
                .expectNext("key")
                .then(wait::complete)
                .verifyComplete();
        pools.dispose();
    }

    @Test
    void anEmptyOneAndAFailureAreTold() {
        StepVerifier.create(settled(whileThereIsAClient(Flux.empty()))).verifyComplete();
        StepVerifier.create(settled(whileThereIsAClient(Flux.error(new IllegalStateException("no key")))))
                .verifyErrorMessage("no key");
    }

    @Test
    void aClientThatIsClosedEndsAndCancelsIt() {
        StepVerifier.create(whileThereIsAClient(wait.flux()))
                .then(pools::dispose)
                .verifyErrorMatches(UntilDisposedTest::isOfTheDisposal);
        wait.assertCancelled();
    }

    @Test
    void ofAClientThatIsClosedItDoesNotBegin() {
        pools.dispose();
        StepVerifier.create(settled(whileThereIsAClient(wait.flux())))
                .verifyErrorMatches(UntilDisposedTest::isOfTheDisposal);
        wait.assertWasNotSubscribed();
    }

    @Test
    void whatCameGoesOnWhenTheClientIsClosed() {
        StepVerifier.create(whileThereIsAClient(wait.flux()))
                .then(() -> wait.next("key"))
                .expectNext("key")
                .then(pools::dispose)
                .then(wait::complete)
                .verifyComplete();
        wait.assertNotCancelled();
    }

    @Test
    void whatComesTooLateIsDiscarded() {
        var discarded = new ArrayList<Object>();
        var rude = TestPublisher.<String>createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        var dropped = new ArrayList<Object>();
        Hooks.onNextDropped(dropped::add);
        try {
            StepVerifier.create(whileThereIsAClient(rude.flux()).doOnDiscard(String.class, discarded::add))
                    .then(pools::dispose)
                    .then(() -> rude.next("key").complete())
                    .verifyErrorMatches(UntilDisposedTest::isOfTheDisposal);
        } finally {
            Hooks.resetOnNextDropped();
        }
        assertThat(discarded).containsExactly("key");
        assertThat(dropped).isEmpty();
    }

    @Test
    void whoCancelsCancelsItAndHearsOfNoDisposal() {
        StepVerifier.create(whileThereIsAClient(wait.flux()), 0).thenCancel().verify();
        wait.assertCancelled();
        pools.dispose();
    }

    @Test
    void aCancelThatThrowsKeepsNobodyFromHearing() {
        var rude = Mono.create(sink -> sink.onCancel(() -> {
            throw new IllegalStateException("no cancel");
        }));
        var failures = new ArrayList<Throwable>();
        whileThereIsAClient(rude.flux()).subscribe(value -> {}, failures::add);
        whileThereIsAClient(rude.flux()).subscribe(value -> {}, failures::add);

        assertThatCode(pools::dispose).doesNotThrowAnyException();

        assertThat(failures).hasSize(2).allMatch(UntilDisposedTest::isOfTheDisposal);
        assertThat(HouseRules.takeDroppedErrors()).hasSize(2);
    }

    @Test
    void aListenerThatThrowsKeepsNobodyFromHearing() {
        var told = new AtomicBoolean();
        pools.onDispose(() -> {
            told.set(true);
            throw new IllegalStateException("a listener's");
        });
        var failures = new ArrayList<Throwable>();
        whileThereIsAClient(wait.flux()).subscribe(value -> {}, failures::add);

        assertThatCode(pools::dispose).doesNotThrowAnyException();

        assertThat(told).isTrue();
        assertThat(failures).hasSize(1);
        assertThat(HouseRules.takeDroppedErrors()).hasSize(1);
    }
}
