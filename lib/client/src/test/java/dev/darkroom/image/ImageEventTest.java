package dev.darkroom.image;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class ImageEventTest {

    @Test
    void aFakeGeneratorIsALambda() {
        ImageGenerator fake = request -> Flux.just(ImageEvent.completed(new byte[] {1}, new byte[] {2}));
        StepVerifier.create(settled(fake.result(ImageRequest.of("m", "p"))))
                .assertNext(result -> assertThat(result.images())
                        .extracting(GeneratedImage::index)
                        .containsExactly(0, 1))
                .verifyComplete();
    }

    @Test
    void aGeneratorThatForgetsToCompleteHasNoResult() {
        ImageGenerator broken = request -> Flux.empty();
        StepVerifier.create(settled(broken.result(ImageRequest.of("m", "p"))))
                .verifyError(NoSuchElementException.class);
    }

    @Test
    void theFirstOfNoImagesSaysWhyThereIsNone() {
        var failed = new ImageResult(
                List.of(), List.of(new ImageFailure(0, "blocked", "the prompt")), null, null, null, null, List.of());
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(failed::first)
                .withMessageContaining("blocked")
                .withMessageNotContaining("the prompt");
    }

    @Test
    void warningsAddUpInTheirOrder() {
        var result = ImageResult.of(List.of()).withWarnings(List.of("one")).withWarnings(List.of("two", "three"));
        assertThat(result.warnings()).containsExactly("one", "two", "three");
    }

    @Test
    void markupDoesNotShowInTheTextOfAnEvent() {
        assertThat(new ImageEvent.TextChunk("content", "<svg>")).hasToString("TextChunk[phase=content, 5 chars]");
    }

    @Test
    void usagesAddUpAndWhatNeitherTellsStaysUntold() {
        var one = new Usage(1L, 2L, 3L, null, new BigDecimal("3e-05"), "USD", Map.of("a", 1));
        var two = new Usage(10L, null, 30L, null, null, null, Map.of("b", 2));
        var sum = one.plus(two);
        assertThat(sum.inputTokens()).isEqualTo(11);
        assertThat(sum.outputTokens()).isEqualTo(2);
        assertThat(sum.totalTokens()).isEqualTo(33);
        assertThat(sum.images()).isNull();
        assertThat(sum.cost()).isEqualByComparingTo("0.00003");
        assertThat(sum.costUnit()).isEqualTo("USD");
        assertThat(sum.fields()).containsOnlyKeys("a", "b");
    }

    @Test
    void costsInDifferentUnitsAreNeverSummed() {
        var dollars = new Usage(1L, null, null, null, BigDecimal.ONE, "USD", Map.of());
        var credits = new Usage(2L, null, null, null, BigDecimal.TEN, "credits", Map.of());
        var untold = new Usage(4L, null, null, null, BigDecimal.TEN, null, Map.of());
        for (var sum : List.of(dollars.plus(credits), credits.plus(dollars), dollars.plus(untold))) {
            assertThat(sum.cost()).isNull();
            assertThat(sum.costUnit()).isNull();
        }
        assertThat(untold.plus(untold).cost()).isEqualByComparingTo("20");
        assertThat(dollars.plus(credits).inputTokens()).isEqualTo(3);
    }

    @Test
    void exceptionsCanBeMadeByFakesAndAnswerWhetherMoneyWasSpent() {
        var details = FailureDetails.NONE.withStatus(429).withProviderMessage("you said: a cat");
        var failure = new RateLimitedException("rate limited", details, null);
        assertThat(failure.billed()).isEqualTo(Billed.NO);
        assertThat(failure.toString()).doesNotContain("a cat");
        assertThat(details.toString()).doesNotContain("a cat");
        assertThat(failure.providerMessage()).isEqualTo("you said: a cat");
        assertThat(new OutcomeUnknownException(
                                OutcomeUnknownException.Reason.CUT,
                                "cut",
                                FailureDetails.NONE,
                                PartialResult.NOTHING,
                                null)
                        .billed())
                .isEqualTo(Billed.UNKNOWN);
    }
}
