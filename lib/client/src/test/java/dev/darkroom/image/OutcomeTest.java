package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    private static final Instant SOON = Instant.parse("2026-01-01T00:00:00Z");
    private static final PartialResult IMAGE =
            new PartialResult(null, List.of(GeneratedImage.of(0, new byte[] {1, 2, 3})));

    private static final List<ImageException> ALL = List.of(
            new RateLimitedException("slow down", FailureDetails.NONE, SOON),
            new UnavailableException("down", FailureDetails.NONE, SOON, null),
            new RejectedException(RejectedException.Reason.CREDITS, "no money", FailureDetails.NONE),
            new GenerationFailedException("failed", FailureDetails.NONE, Billed.YES, IMAGE),
            new OutcomeUnknownException(OutcomeUnknownException.Reason.CUT, "cut", FailureDetails.NONE, IMAGE, null));

    @Test
    void eachTypeOfFailureHasItsOwnOutcomeInTheOrderOfTheConstants() {
        assertThat(ALL).extracting(ImageException::outcome).containsExactly(Outcome.values());
        assertThat(Arrays.stream(ImageException.class.getPermittedSubclasses()))
                .containsExactlyInAnyOrderElementsOf(
                        ALL.stream().<Class<?>>map(Object::getClass).toList());
    }

    @Test
    void onlyWhatWasNeverAcceptedMayBeSentAgain() {
        assertThat(ALL.stream().filter(failure -> failure.outcome().isRetryable()))
                .allMatch(failure -> failure.billed() == Billed.NO)
                .extracting(ImageException::outcome)
                .containsExactly(Outcome.RATE_LIMITED, Outcome.UNAVAILABLE);
    }

    @Test
    void whatArrivedIsInTheFailureWhateverItsType() {
        assertThat(ALL)
                .extracting(failure -> failure.partialResult().images().size())
                .containsExactly(0, 0, 0, 1, 1);
        assertThat(ALL).extracting(ImageException::retryAt).containsExactly(SOON, SOON, null, null, null);
        assertThat(ALL)
                .extracting(ImageException::reason)
                .containsExactly(
                        null, null, RejectedException.Reason.CREDITS, null, OutcomeUnknownException.Reason.CUT);
        assertThat(Outcome.GENERATION_FAILED.word()).isEqualTo("generation_failed");
    }
}
