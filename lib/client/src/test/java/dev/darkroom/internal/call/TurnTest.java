package dev.darkroom.internal.call;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.testsupport.HouseRules;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.test.StepVerifier;
import reactor.test.StepVerifierOptions;
import reactor.test.publisher.TestPublisher;
import reactor.util.context.Context;

/** A permit and the attempt behind it, and what becomes of the wait for it. */
class TurnTest {

    private final TestPublisher<String> wait = TestPublisher.create();
    private final TestPublisher<Integer> work = TestPublisher.create();
    private final Clock clock = new Clock();
    private final GatedRetry retries =
            new GatedRetry(Duration.ofMinutes(1), new Backoff(() -> 0), new Deadline(null, null, clock), clock);
    private final Flux<Integer> both = turn(wait.mono(), value -> work.flux());

    private <P, T> Flux<T> turn(Mono<P> permit, Function<P, Flux<T>> attempt) {
        return new Turn<>(permit, attempt, retries);
    }

    /** With a refusal that would be tried again. */
    private static Flux<Integer> refused() {
        return Flux.error(new RateLimitedException("refused", FailureDetails.NONE, null));
    }

    @Test
    void behindAnEventNothingIsTriedAgain() {
        var attempts = new AtomicInteger();
        var begun = turn(Mono.just(1), permit -> {
            attempts.incrementAndGet();
            return Flux.just(1).concatWith(refused());
        });
        StepVerifier.create(settled(begun.retryWhen(retries.asRetry())))
                .expectNext(1)
                .verifyErrorMessage("refused");
        assertThat(attempts).hasValue(1);
    }

    @Test
    void beforeOneItIs() {
        var attempts = new AtomicInteger();
        var refusedOnce = turn(Mono.just(1), permit -> attempts.incrementAndGet() == 1 ? refused() : Flux.just(1));
        StepVerifier.create(settled(refusedOnce.retryWhen(retries.asRetry())))
                .expectNext(1)
                .verifyComplete();
        assertThat(attempts).hasValue(2);
    }

    @Test
    void anAttemptFollowsItsPermit() {
        StepVerifier.create(settled(turn(Mono.just(3), count -> Flux.range(0, count))))
                .expectNext(0, 1, 2)
                .verifyComplete();
    }

    @Test
    void nothingIsAttemptedWithoutAPermit() {
        StepVerifier.create(both).then(wait::complete).verifyComplete();
        work.assertWasNotSubscribed();
    }

    @Test
    void aFailureBeforeAndAfterIsTold() {
        StepVerifier.create(both)
                .then(() -> wait.error(new IllegalStateException("before")))
                .verifyErrorMessage("before");
        StepVerifier.create(settled(turn(Mono.just(1), value -> Flux.error(new IllegalStateException("after")))))
                .verifyErrorMessage("after");
        StepVerifier.create(settled(turn(Mono.just(1), value -> {
                    throw new IllegalStateException("between");
                })))
                .verifyErrorMessage("between");
    }

    @Test
    void aFailureBehindThePermitIsDropped() {
        var rude = TestPublisher.<String>createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        StepVerifier.create(turn(Mono.fromDirect(rude), value -> work.flux()))
                .then(() -> rude.next("a").error(new IllegalStateException("late")))
                .then(() -> work.next(1).complete())
                .expectNext(1)
                .verifyComplete();
        assertThat(HouseRules.takeDroppedErrors()).singleElement().hasToString("java.lang.IllegalStateException: late");
    }

    @Test
    void whoCancelsBeforeThePermitCancelsTheWait() {
        StepVerifier.create(both, 0).thenCancel().verify();
        wait.assertCancelled();
        work.assertWasNotSubscribed();
    }

    @Test
    void whoCancelsAfterItCancelsTheAttempt() {
        StepVerifier.create(both)
                .then(() -> wait.next("a"))
                .then(() -> work.next(1))
                .expectNext(1)
                .thenCancel()
                .verify();
        work.assertCancelled();
    }

    @Test
    void whatIsAskedForMeanwhileIsAskedOfTheAttempt() {
        StepVerifier.create(both, 0)
                .thenRequest(2)
                .then(() -> wait.next("a"))
                .then(() -> work.assertMinRequested(2))
                .then(() -> work.assertMaxRequested(2))
                .then(() -> work.next(1, 2).complete())
                .expectNext(1, 2)
                .verifyComplete();
    }

    @Test
    void bothFindTheContextOfWhoSubscribed() {
        var flux = turn(
                Mono.deferContextual(context -> Mono.just(context.get("name") + "!")),
                value -> Flux.deferContextual(context -> Flux.just(value, context.get("name"))));
        StepVerifier.create(settled(flux), StepVerifierOptions.create().withInitialContext(Context.of("name", "Ada")))
                .expectNext("Ada!", "Ada")
                .verifyComplete();
    }

    /** A wait of which nobody but its subscriber knows. */
    private static final class Waited extends Mono<String> {

        private final List<WeakReference<Object>> brought;

        Waited(List<WeakReference<Object>> brought) {
            this.brought = brought;
            brought.add(new WeakReference<>(this));
        }

        @Override
        public void subscribe(CoreSubscriber<? super String> actual) {
            var scalar = Operators.<String>scalarSubscription(actual, "a");
            brought.add(new WeakReference<>(scalar));
            actual.onSubscribe(scalar);
        }
    }

    @Test
    void theWaitIsForgottenWhileTheAttemptGoesOn() {
        var brought = new ArrayList<WeakReference<Object>>();
        var subscriber = new BaseSubscriber<Integer>() {};
        turn(new Waited(brought), value -> work.flux()).subscribe(subscriber);
        work.assertSubscribers(1);
        assertThat(brought).hasSize(2);
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (brought.stream().anyMatch(each -> each.get() != null) && System.nanoTime() < end) {
            System.gc();
        }
        assertThat(brought).extracting(WeakReference::get).containsOnlyNulls();
        assertThat(subscriber.isDisposed()).isFalse();
        subscriber.cancel();
        work.assertCancelled();
    }
}
