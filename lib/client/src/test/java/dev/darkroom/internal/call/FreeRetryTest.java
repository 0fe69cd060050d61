package dev.darkroom.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.RateGates;
import dev.darkroom.gate.Quota;
import dev.darkroom.gate.Throttled;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.settings.RateLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** When a call that costs nothing is made again. */
class FreeRetryTest {

    private final List<Duration> sentAt = new ArrayList<>();
    private final List<Throttled> throttled = new ArrayList<>();
    private double random;

    /** A flux which fails as told until it is told nothing more; each attempt notes the virtual time. */
    private Flux<String> attempts(Duration longest, List<Function<Instant, Throwable>> failures) {
        return Flux.defer(() -> {
            Scheduler scheduler = Schedulers.parallel();
            var start = now(scheduler);
            var rule = new FreeRetry(
                    RateLimits.of(RateGates.inMemory()).maxWait(longest).onThrottled(throttled::add),
                    new Backoff(() -> random),
                    new Clock(scheduler),
                    () -> new Quota("host", "c", "m"));
            var rest = new ArrayList<>(failures);
            return Flux.<String>defer(() -> {
                        sentAt.add(Duration.between(start, now(scheduler)));
                        return rest.isEmpty()
                                ? Flux.just("done")
                                : Flux.error(rest.remove(0).apply(now(scheduler)));
                    })
                    .retryWhen(rule.asRetry());
        });
    }

    private static Instant now(Scheduler scheduler) {
        return Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
    }

    private static Function<Instant, Throwable> refusedFor(long seconds) {
        return now -> new RateLimitedException("limited", FailureDetails.NONE, now.plusSeconds(seconds));
    }

    private static Throwable refused(Instant now) {
        return new RateLimitedException("limited at " + now, FailureDetails.NONE, null);
    }

    private static Throwable unavailable(Instant now) {
        return new UnavailableException("down at " + now, FailureDetails.NONE, null, null);
    }

    private StepVerifier.FirstStep<String> verify(Duration longest, List<Function<Instant, Throwable>> failures) {
        return StepVerifier.withVirtualTime(() -> attempts(longest, failures));
    }

    private static final Duration LONG = Duration.ofMinutes(2);

    @Test
    void aRefusedRequestIsSentAgainNotEarlierThanTheServerSaid() {
        verify(LONG, List.of(refusedFor(12), refusedFor(3)))
                .thenAwait(LONG)
                .expectNext("done")
                .verifyComplete();
        assertThat(sentAt).containsExactly(Duration.ZERO, Duration.ofSeconds(12), Duration.ofSeconds(15));
    }

    @Test
    void jitterOnlyAdds() {
        random = 1;
        verify(LONG, List.of(refusedFor(1), refusedFor(60)))
                .thenAwait(LONG)
                .expectNext("done")
                .verifyComplete();
        assertThat(sentAt).containsExactly(Duration.ZERO, Duration.ofMillis(1100), Duration.ofMillis(1100 + 60_200));
    }

    @Test
    void withoutAHintTheWaitDoublesUpToHalfAMinute() {
        verify(Duration.ofMinutes(10), Collections.nCopies(7, FreeRetryTest::refused))
                .thenAwait(Duration.ofMinutes(10))
                .expectNext("done")
                .verifyComplete();
        assertThat(sentAt).extracting(Duration::toSeconds).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 61L, 91L);
    }

    @Test
    void whatCannotFitFailsAtOnceWithTheServersInstantInside() {
        verify(LONG, List.of(refusedFor(121)))
                .expectErrorSatisfies(
                        e -> assertThat(((RateLimitedException) e).retryAt()).isEqualTo(Instant.ofEpochSecond(121)))
                .verify();
        assertThat(sentAt).hasSize(1);
        assertThat(throttled).isEmpty();
    }

    @Test
    void aHintThatIsOverDoesNotMakeAHammer() {
        verify(Duration.ofSeconds(10), Collections.nCopies(1000, refusedFor(0)))
                .thenAwait(Duration.ofSeconds(10))
                .verifyError(RateLimitedException.class);
        assertThat(sentAt).hasSizeBetween(5, 15);
        assertThat(sentAt.get(1)).as("the first time the gateway is believed").isEqualTo(Duration.ZERO);
    }

    @Test
    void zeroMeansNeverToWait() {
        verify(Duration.ZERO, List.of(refusedFor(-5))).verifyError(RateLimitedException.class);
        assertThat(sentAt).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, AssertionError.class, NoClassDefFoundError.class})
    void aListenerThatThrowsEndsItsOwnCallAsItsFaultAndDoesNotHideTheRefusal(Class<? extends Throwable> fault) {
        StepVerifier.withVirtualTime(() -> {
                    var rule = new FreeRetry(
                            RateLimits.of(RateGates.inMemory())
                                    .maxWait(LONG)
                                    .onThrottled(wait -> Faults.sneakyThrow(Faults.of(fault))),
                            new Backoff(() -> 0),
                            new Clock(Schedulers.parallel()),
                            () -> new Quota("host", "c", "m"));
                    return Flux.error(refusedFor(1).apply(Instant.EPOCH)).retryWhen(rule.asRetry());
                })
                .verifyErrorSatisfies(e -> {
                    assertThat(e)
                            .isInstanceOf(RejectedException.class)
                            .hasMessageContaining("the throttle listener threw " + fault.getSimpleName())
                            .hasCauseInstanceOf(fault);
                    assertThat(e.getSuppressed())
                            .isNotEmpty()
                            .allSatisfy(told -> assertThat(told).isInstanceOf(RateLimitedException.class));
                });
    }

    @Test
    void theLongestWaitHoldsForAllWaitsTogether() {
        verify(LONG, List.of(refusedFor(100), refusedFor(30)))
                .thenAwait(Duration.ofSeconds(100))
                .verifyError(RateLimitedException.class);
        assertThat(sentAt).hasSize(2);
    }

    @Test
    void rateLimitsAreNotCountedButTimed() {
        verify(LONG, Collections.nCopies(50, refusedFor(1)))
                .thenAwait(LONG)
                .expectNext("done")
                .verifyComplete();
        assertThat(sentAt).hasSize(51);
    }

    @Test
    void whatIsUnavailableIsTriedThreeTimes() {
        verify(LONG, Collections.nCopies(3, FreeRetryTest::unavailable))
                .thenAwait(LONG)
                .verifyError(UnavailableException.class);
        assertThat(sentAt).containsExactly(Duration.ZERO, Duration.ofMillis(500), Duration.ofMillis(1500));
        assertThat(throttled).isEmpty();
    }

    @Test
    void anUnknownOutcomeIsNeverSentAgain() {
        verify(
                        LONG,
                        List.of(now -> new OutcomeUnknownException(
                                OutcomeUnknownException.Reason.CUT,
                                "cut",
                                FailureDetails.NONE,
                                PartialResult.NOTHING,
                                null)))
                .verifyError(OutcomeUnknownException.class);
        assertThat(sentAt).hasSize(1);
    }

    @Test
    void cancellingWhileWaitingSendsNothingMore() {
        verify(LONG, List.of(refusedFor(30)))
                .thenAwait(Duration.ofSeconds(10))
                .thenCancel()
                .verify();
        assertThat(sentAt).hasSize(1);
    }

    @Test
    void eachWaitIsToldBeforeItBegins() {
        verify(LONG, List.of(refusedFor(2), refusedFor(2)))
                .thenAwait(LONG)
                .expectNext("done")
                .verifyComplete();
        assertThat(throttled)
                .containsExactly(
                        new Throttled(new Quota("host", "c", "m"), Instant.ofEpochSecond(2), 1),
                        new Throttled(new Quota("host", "c", "m"), Instant.ofEpochSecond(4), 2));
    }

    @Test
    void theSameFluxCanBeSubscribedTwice() {
        StepVerifier.withVirtualTime(() -> {
                    var flux = attempts(LONG, List.of(refusedFor(100)));
                    return flux.concatWith(flux);
                })
                .thenAwait(Duration.ofMinutes(10))
                .expectNext("done", "done")
                .verifyComplete();
    }
}
