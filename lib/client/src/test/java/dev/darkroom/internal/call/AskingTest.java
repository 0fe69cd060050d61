package dev.darkroom.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.settings.Timeouts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/** When a task is asked for again, and when no more, in virtual time. */
class AskingTest {

    private final OutcomeUnknownException cut = new OutcomeUnknownException(
            OutcomeUnknownException.Reason.CUT, "cut", FailureDetails.NONE, PartialResult.NOTHING, null);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Clock clock = new Clock(time);

    private record Every(Duration pause) implements Reading.Handle {

        @Override
        public String id() {
            return "t-1";
        }

        @Override
        public ApiCall ask() {
            return new ApiCall("GET", "/tasks/t-1", Map.of(), List.of());
        }

        @Override
        public Reading reading(Reply reply) {
            throw new UnsupportedOperationException();
        }
    }

    private Asking asking(Timeouts timeouts, Duration deadline) {
        return new Asking(timeouts, new Deadline(deadline, null, clock), new Backoff(() -> 0), clock, false);
    }

    private Asking asking(Timeouts timeouts) {
        return asking(timeouts, false);
    }

    private Asking asking(Timeouts timeouts, boolean keyMayChange) {
        return new Asking(timeouts, new Deadline(null, null, clock), new Backoff(() -> 0), clock, keyMayChange);
    }

    @Test
    void asksThatFailOnEndAreMadeWithGrowingPausesAndTheEighthIsTheLast() {
        var asking = asking(Timeouts.defaults());
        for (long millis : List.of(500L, 1_000L, 2_000L, 4_000L, 8_000L, 15_000L, 15_000L)) {
            assertThat(asking.afterFailure(cut)).isEqualTo(Duration.ofMillis(millis));
        }
        assertThat(asking.afterFailure(cut)).isNull();
    }

    @Test
    void anAnswerOrNewsInBetweenBeginsTheCountAnew() {
        var asking = asking(Timeouts.defaults());
        for (int i = 0; i < 3 * Asking.MOST_FAILURES; i++) {
            assertThat(asking.afterFailure(cut)).isEqualTo(Duration.ofMillis(500));
            if (i % 2 == 0) {
                asking.news();
            } else {
                asking.again(new Every(Duration.ofSeconds(1)), true);
            }
        }
    }

    @Test
    void aRefusalForNowCountsAsNoFailureAndIsWaitedOutByItsHint() {
        var asking = asking(Timeouts.defaults());
        var refused = new RateLimitedException("slow down", FailureDetails.NONE, clock.in(Duration.ofSeconds(7)));
        for (int i = 0; i < 3 * Asking.MOST_FAILURES; i++) {
            assertThat(asking.afterFailure(refused)).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8));
        }
        assertThat(asking.afterFailure(cut)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void whoRefusesToBeAskedIsNotAskedAgainButATaskMayNotBeKnownAtOnce() {
        var asking = asking(Timeouts.defaults());
        for (RejectedException.Reason reason : RejectedException.Reason.values()) {
            var again = asking.afterFailure(new RejectedException(reason, "no", FailureDetails.NONE));
            assertThat(again != null).as("%s", reason).isEqualTo(reason == RejectedException.Reason.NOT_FOUND);
        }
    }

    @Test
    void aKeyThatIsRefusedMayBeAnotherAtTheNextAskWhereItIsAskedForAndCountsAsAFailure() {
        var asking = asking(Timeouts.defaults(), true);
        var refused = new RejectedException(RejectedException.Reason.CREDENTIALS, "no", FailureDetails.NONE);
        for (int i = 1; i < Asking.MOST_FAILURES; i++) {
            assertThat(asking.afterFailure(refused)).isPositive();
        }
        assertThat(asking.afterFailure(refused)).isNull();
        assertThat(asking(Timeouts.defaults(), true)
                        .afterFailure(
                                new RejectedException(RejectedException.Reason.FORBIDDEN, "no", FailureDetails.NONE)))
                .isNull();
    }

    @Test
    void theSameIsNotAskedForWithinAQuarterOfASecondWhateverItsHandleSays() {
        var asking = asking(Timeouts.defaults());
        assertThat(asking.again(new Every(Duration.ZERO), true)).isEqualTo(Asking.LEAST);
        assertThat(asking.again(new Every(Duration.ZERO), false)).isZero();
        assertThat(asking.again(new Every(Duration.ofSeconds(-1)), false)).isZero();
        assertThat(asking.again(new Every(Duration.ofSeconds(9)), true)).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void pausesAndWhatExchangesTookAddUpToTheFirstByteTimeoutUntilThereIsNews() {
        var asking = asking(Timeouts.defaults().firstByte(Duration.ofSeconds(10)));
        assertThat(asking.fitting(Duration.ofSeconds(4), false)).isEqualTo(Duration.ofSeconds(4));
        asking.watch(() -> Duration.ofSeconds(4).toNanos());
        asking.ended();
        assertThat(asking.fitting(Duration.ofSeconds(4), false))
                .as("a pause that does not fit is halved, so that one more ask is made")
                .isEqualTo(Duration.ofSeconds(1));
        asking.news();
        assertThat(asking.fitting(Duration.ofSeconds(9), false)).isEqualTo(Duration.ofSeconds(9));
        asking.watch(() -> Duration.ofSeconds(1).toNanos());
        asking.ended();
        assertThat(asking.fitting(Duration.ZERO, false)).isNull();
        assertThat(asking.limit()).contains(Timeouts.FIRST_BYTE);
    }

    @Test
    void newsDoesNotLengthenTheTotalTimeout() {
        var asking = asking(Timeouts.defaults().total(Duration.ofSeconds(10)));
        assertThat(asking.fitting(Duration.ofSeconds(6), false)).isEqualTo(Duration.ofSeconds(6));
        asking.news();
        assertThat(asking.ofOne().total()).isEqualTo(Duration.ofSeconds(4));
        assertThat(asking.fitting(Duration.ofSeconds(6), true))
                .as("the gateway's instant")
                .isNull();
        assertThat(asking.limit()).contains(Timeouts.TOTAL);
    }

    @Test
    void theDeadlineSpansEverythingAndEachAskEndsWithIt() {
        var asking = asking(Timeouts.defaults(), Duration.ofSeconds(10));
        time.advanceTimeBy(Duration.ofSeconds(7));
        assertThat(Objects.requireNonNull(asking.ofOne().total())).isEqualTo(Duration.ofSeconds(3));
        assertThat(asking.fitting(Duration.ofSeconds(3), true)).isNull();
        assertThat(asking.limit()).contains("deadline");
        assertThat(asking.ofOne().firstByte()).isEqualTo(Duration.ofMinutes(1));
    }
}
