package dev.darkroom.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.WallClock;
import dev.darkroom.dialect.Reply;
import dev.darkroom.gate.GateClosedException;
import dev.darkroom.gate.GateClosedException.Reason;
import dev.darkroom.gate.Quota;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Whether a request behind a gate is tried again, and what no gate may undercut: here one that lets everybody pass. */
class GatedRetryTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Quota QUOTA = new Quota("host", "c", "m");

    private final WallClock time = new WallClock();
    private final Clock clock = new Clock(time);
    private final List<Duration> triedAt = new ArrayList<>();
    private Throwable failure;

    private GatedRetry rule(Duration longest, Duration deadline) {
        return new GatedRetry(longest, new Backoff(() -> 0), new Deadline(deadline, null, clock), clock);
    }

    private static RateLimitedException refused(Instant until) {
        return new RateLimitedException("limited", FailureDetails.NONE, until);
    }

    private RateLimitedException refusedFor(double seconds) {
        return refused(time.wall().plusMillis(Math.round(seconds * 1000)));
    }

    /** Tries again when the rule lets it, as a gate would that never says no, and is refused in the same way each time. */
    private void tries(GatedRetry rule, Supplier<Throwable> outcome) {
        var start = clock.nanos();
        Flux.defer(() -> {
                    var wait = rule.early();
                    return Mono.delay(wait, time)
                            .doOnNext(tick -> triedAt.add(clock.since(start)))
                            .flatMapMany(tick -> Flux.error(outcome.get()));
                })
                .retryWhen(rule.asRetry())
                .subscribe(event -> {}, e -> failure = rule.told(e));
    }

    @Test
    void aGateThatLetsEverybodyPassMakesNoHammer() {
        tries(rule(Duration.ofSeconds(2), null), () -> refused(null));
        time.advanceTimeBy(LONG);

        assertThat(triedAt).containsExactly(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(failure).isInstanceOf(RateLimitedException.class);
    }

    @Test
    void aWaitForABusyProviderEndsWithTheClient() {
        var disposed = Sinks.<Long>one();
        var left = new AtomicBoolean();
        var rule = new GatedRetry(
                LONG,
                new Backoff(() -> 0),
                new Deadline(null, null, clock),
                clock,
                wait -> Flux.firstWithSignal(disposed.asMono(), wait.doOnCancel(() -> left.set(true))));
        tries(rule, () -> new UnavailableException("busy", FailureDetails.NONE, null, null));
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(failure).isNull();
        disposed.tryEmitError(new IllegalStateException("disposed of")).orThrow();

        assertThat(triedAt).hasSize(1);
        assertThat(failure).hasMessage("disposed of");
        assertThat(left).isTrue();
    }

    @Test
    void aTinyHintMakesNoHammerEither() {
        tries(rule(Duration.ofSeconds(5), null), () -> refusedFor(0.001));
        time.advanceTimeBy(LONG);

        assertThat(triedAt).hasSizeBetween(5, 10);
        assertThat(triedAt.get(1)).as("the first time the gateway is believed").isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void noGateUndercutsTheServersInstant() {
        tries(rule(LONG, null), () -> refusedFor(50));
        time.advanceTimeBy(LONG);

        assertThat(triedAt).containsExactly(Duration.ZERO, Duration.ofSeconds(50), Duration.ofSeconds(100));
    }

    @Test
    void anInstantThatIsPastCountsAsNone() {
        tries(rule(Duration.ofSeconds(2), null), () -> refusedFor(-5));
        time.advanceTimeBy(LONG);

        assertThat(triedAt).containsExactly(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void whatCannotFitFailsAtOnceWithTheServersInstant() {
        for (var far : List.of(121.0, 3600.0, 86_401.0, 365 * 86_400.0)) {
            triedAt.clear();
            var until = refusedFor(far);
            tries(rule(LONG, null), () -> until);
            time.advanceTimeBy(Duration.ofMillis(1));

            assertThat(triedAt).hasSize(1);
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            RateLimitedException.class,
                            e -> assertThat(e.retryAt()).isEqualTo(until.retryAt()));
        }
    }

    @Test
    void aWaitThatLeavesTooLittleOfTheDeadlineIsNotBegun() {
        tries(rule(LONG, Duration.ofSeconds(10)), () -> refusedFor(9.1));
        time.advanceTimeBy(Duration.ofMillis(1));

        assertThat(triedAt).hasSize(1);
        assertThat(failure).isInstanceOf(RateLimitedException.class);
    }

    @Test
    void zeroMeansNeverToWait() {
        tries(rule(Duration.ZERO, null), () -> refusedFor(0.1));
        time.advanceTimeBy(LONG);

        assertThat(triedAt).hasSize(1);
    }

    @Test
    void whatIsUnavailableIsTriedThreeTimes() {
        tries(rule(LONG, null), () -> new UnavailableException("down", FailureDetails.NONE, null, null));
        time.advanceTimeBy(LONG);

        assertThat(triedAt).containsExactly(Duration.ZERO, Duration.ofMillis(500), Duration.ofMillis(1500));
        assertThat(failure).isInstanceOf(UnavailableException.class);
    }

    @Test
    void anUnknownOutcomeIsNeverSentAgain() {
        tries(
                rule(LONG, null),
                () -> new OutcomeUnknownException(
                        OutcomeUnknownException.Reason.CUT, "cut", FailureDetails.NONE, PartialResult.NOTHING, null));
        time.advanceTimeBy(LONG);

        assertThat(triedAt).hasSize(1);
    }

    @Test
    void nothingIsSentAgainAfterAnEvent() {
        var rule = rule(LONG, null);
        rule.begin();
        tries(rule, () -> refusedFor(1));
        time.advanceTimeBy(LONG);

        assertThat(triedAt).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {-3600, 3600})
    void aClockThatIsSetWhileARefusalIsWaitedOutMovesNothing(int jump) {
        var until = refusedFor(10);
        clock.received(new Reply(429, Map.of(), time.wall()));
        tries(rule(Duration.ofSeconds(15), null), () -> until);
        time.advanceTimeBy(Duration.ofSeconds(5));
        time.set(Duration.ofSeconds(jump));
        time.advanceTimeBy(Duration.ofMillis(4999));
        assertThat(triedAt).hasSize(1);
        time.advanceTimeBy(Duration.ofMillis(2));

        assertThat(triedAt).hasSize(2);
    }

    @Test
    void anInstantIsReckonedFromTheHeadThatNamedItAndNotFromTheEndOfItsBody() {
        var until = refusedFor(10);
        clock.received(new Reply(429, Map.of(), time.wall()));
        time.set(Duration.ofHours(1));
        time.advanceTimeBy(Duration.ofSeconds(1));
        var rule = rule(LONG, null);
        tries(rule, () -> until);
        time.advanceTimeBy(Duration.ofMillis(8999));
        assertThat(triedAt).hasSize(1);
        time.advanceTimeBy(Duration.ofMillis(2));

        assertThat(triedAt).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void whoWasNeverRefusedHearsWhatKeptIt(Reason reason) {
        var told = rule(LONG, null)
                .told(new GateClosedException(QUOTA, reason, time.wall().plusSeconds(3)));

        assertThat(told)
                .hasMessageStartingWith("not sent: ")
                .hasMessageContaining(
                        switch (reason) {
                            case CLOSED -> "which exceeds the maximum wait";
                            case HELD -> "another request of its quota was just rate limited";
                            case PACED -> "requests are paced";
                            case IN_LINE -> "none of them was rate limited";
                        });
        assertThat(told)
                .isInstanceOf(reason == Reason.IN_LINE ? UnavailableException.class : RateLimitedException.class);
    }

    @Test
    void whoWasRefusedHearsOfItsOwnRefusalWhateverEndsTheWait() {
        var rule = rule(LONG, null);
        var until = refusedFor(5);
        tries(rule, () -> until);
        time.advanceTimeBy(Duration.ofMillis(1));

        assertThat(rule.told(
                        new GateClosedException(QUOTA, Reason.PACED, time.wall().plusSeconds(300))))
                .isInstanceOfSatisfying(
                        RateLimitedException.class, e -> assertThat(e.retryAt()).isEqualTo(until.retryAt()))
                .hasMessageStartingWith("limited, and the next attempt, at ");
        assertThat(rule.told(new RejectedException(RejectedException.Reason.REQUEST, "x", FailureDetails.NONE))
                        .getSuppressed())
                .containsExactly(until);
    }
}
