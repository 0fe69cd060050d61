package dev.darkroom.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.journal.Entry;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RejectedException;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.internal.RetryUtils;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.output.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** LangChain4j's own retry, run over the model: it never pays twice, whatever became of the first request. */
class RetriesTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final RunningEmulator GATEWAY =
            ImageEmulator.create().shrink(16).latency(Duration.ZERO).partials(1).start();
    private static final ImageClient CLIENT = ImageClient.openRouter("sk-test")
            .baseUrl(GATEWAY.openRouterBaseUrl().toString());

    @BeforeEach
    void anEmptyJournal() {
        GATEWAY.clearFaults();
        GATEWAY.journal().clear();
    }

    @AfterAll
    static void close() {
        CLIENT.close();
        GATEWAY.close();
    }

    private static ImageModel model(boolean stream) {
        return DarkroomImageModel.builder(CLIENT)
                .modelName("openai/gpt-image-1-mini")
                .options(r -> r.stream(stream))
                .build();
    }

    private static List<Entry> posts() {
        return GATEWAY.journal().entries().stream()
                .filter(entry -> entry.method().equals("POST"))
                .toList();
    }

    /** As their own models do it, but without the long pauses. */
    private static <T> T retried(Callable<T> call) {
        return RetryUtils.retryPolicyBuilder()
                .delayMillis(10)
                .jitterScale(0.2)
                .build()
                .withRetry(call, 3);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CUT", "RESET", "TRUNCATED", "EMPTY_REPLY", "MALFORMED_JSON", "NO_TERMINAL", "NO_IMAGES"})
    void anUnknownOutcomeIsNotSentAgain(Fault fault) {
        GATEWAY.enqueue(fault);

        assertThatThrownBy(() -> retried(() -> model(true).generate("dawn")))
                .isInstanceOf(NonRetriableException.class)
                .hasCauseInstanceOf(OutcomeUnknownException.class);
        assertThat(posts()).hasSize(1);
        assertThat(GATEWAY.remainingFaults()).isZero();
    }

    @Test
    void aTimeOutIsNotSentAgainThoughTheirsIsRetriable() {
        GATEWAY.enqueue(Fault.STALLED_HEADERS);
        var impatient = CLIENT.timeouts(t -> t.firstByte(Duration.ofSeconds(3)));

        assertThatThrownBy(() -> RetryUtils.withRetryMappingExceptions(() -> DarkroomImageModel.builder(impatient)
                        .modelName("openai/gpt-image-1-mini")
                        .build()
                        .generate("dawn")))
                .isInstanceOf(NonRetriableException.class)
                .hasCauseInstanceOf(OutcomeUnknownException.class);
        assertThat(posts()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"SERVER_ERROR", "PROVIDER_ERROR", "ERROR_EVENT", "ERROR_IN_OK"})
    void whatWasTriedAndFailedIsNotSentAgain(Fault fault) {
        GATEWAY.enqueue(fault);

        assertThatThrownBy(() -> retried(() -> model(true).generate("dawn")))
                .isInstanceOf(NonRetriableException.class)
                .hasCauseInstanceOf(GenerationFailedException.class);
        assertThat(posts()).hasSize(1);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(Fault.MODERATION, ContentFilteredException.class),
                Arguments.of(Fault.UNAUTHORIZED, AuthenticationException.class),
                Arguments.of(Fault.MODEL_NOT_FOUND, ModelNotFoundException.class),
                Arguments.of(Fault.BAD_REQUEST, InvalidRequestException.class),
                Arguments.of(Fault.CREDITS, NonRetriableException.class));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusalForGoodHasTheirNameAndIsNotSentAgain(Fault fault, Class<?> theirs) {
        GATEWAY.enqueue(fault);

        assertThatThrownBy(() -> retried(() -> model(false).generate("dawn")))
                .isExactlyInstanceOf(theirs)
                .hasCauseInstanceOf(RejectedException.class);
        assertThat(posts()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(RejectedException.Reason.class)
    void noRefusalForGoodIsTriedAgain(RejectedException.Reason reason) {
        var refused = new RejectedException(reason, "refused", FailureDetails.NONE);
        assertThat(calls(request -> Flux.error(refused), model -> model.generate("dawn")))
                .isEqualTo(1);
    }

    @Test
    void aRateLimitIsWaitedOutByTheClientAndOnePictureIsMade() {
        GATEWAY.enqueue(Fault.RATE_LIMIT_MILLIS.retryAfter(Duration.ofMillis(20)));

        assertThat(retried(() -> model(false).generate("dawn")).content().base64Data())
                .isNotEmpty();
        assertThat(posts()).hasSize(2);
        assertThat(GATEWAY.journal().accepted()).hasSize(1);
        assertThat(GATEWAY.journal().awaitSettled(LONG).billed()).isEqualTo(1);
    }

    @Test
    void whatTheClientDoesNotWaitForTheirRetryMayTryAgainAndOnePictureIsMade() {
        GATEWAY.enqueue(Fault.RATE_LIMIT_MILLIS.retryAfter(Duration.ofMillis(20)));
        var calls = new AtomicInteger();
        // another gate than that of the other tests, so that it is open
        try (var hasty = ImageClient.openRouter("sk-hasty")
                .baseUrl(GATEWAY.openRouterBaseUrl().toString())
                .rateLimits(r -> r.maxWait(Duration.ZERO))) {
            var model = DarkroomImageModel.builder(hasty)
                    .modelName("openai/gpt-image-1-mini")
                    .build();
            var response = RetryUtils.retryPolicyBuilder()
                    .delayMillis(200)
                    .build()
                    .withRetry(
                            () -> {
                                calls.incrementAndGet();
                                return model.generate("dawn");
                            },
                            20);

            assertThat(response.content().base64Data()).isNotEmpty();
        }
        assertThat(calls).hasValueGreaterThan(1);
        assertThat(posts()).hasSize(2);
        assertThat(GATEWAY.journal().accepted()).hasSize(1);
    }

    @Test
    void aRateLimitThatLastsIsTheirsWithOursBehindIt() {
        GATEWAY.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofHours(1)));
        try (var other = ImageClient.openRouter("sk-other")
                .baseUrl(GATEWAY.openRouterBaseUrl().toString())) {
            var model = DarkroomImageModel.builder(other)
                    .modelName("openai/gpt-image-1-mini")
                    .build();

            assertThatThrownBy(() -> retried(() -> model.generate("dawn"))).isInstanceOf(RateLimitException.class);
        }
        assertThat(posts()).as("the gate knows until when").hasSize(1);
        assertThat(GATEWAY.journal().accepted()).isEmpty();
    }

    @Test
    void aGatewayThatCannotBeReachedMayBeTriedAgain() {
        try (var nowhere = ImageClient.openRouter("sk-test").baseUrl("http://127.0.0.1:1")) {
            var model = DarkroomImageModel.builder(nowhere)
                    .modelName("openai/gpt-image-1-mini")
                    .options(r -> r.deadline(Duration.ofSeconds(2)))
                    .build();

            assertThatThrownBy(() -> model.generate("dawn")).isInstanceOf(RetriableException.class);
        }
    }

    private static int calls(ImageGenerator images, Function<ImageModel, Response<?>> call) {
        var calls = new AtomicInteger();
        ImageGenerator counted = request -> {
            calls.incrementAndGet();
            return images.generate(request);
        };
        var model = DarkroomImageModel.builder(counted).build();
        var failure = catchThrowable(() -> RetryUtils.withRetryMappingExceptions(() -> call.apply(model), 2));
        assertThat(failure).isInstanceOf(NonRetriableException.class);
        return calls.get();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void aStatusAtTheBottomOfAnUnknownOutcomeIsNoLeaveToTryAgain(int status) {
        assertThat(calls(
                        request -> Flux.error(new IllegalStateException(new HttpException(status, "elsewhere"))),
                        model -> model.generate("dawn")))
                .isEqualTo(1);
    }

    @Test
    void whatADecorationThrowsBehindAPaidPictureIsNotSentAgain() {
        assertThat(calls(
                        request -> Flux.<ImageEvent>just(ImageEvent.completed(new byte[] {1}))
                                .doOnNext(event -> {
                                    throw new IllegalArgumentException("a fault of somebody's");
                                }),
                        model -> model.generate("dawn")))
                .isEqualTo(1);
    }

    @Test
    void anAnswerWithoutAnImageIsAFailureThatIsNotSentAgain() {
        var nothing = new ImageResult(
                List.of(), List.of(new ImageFailure(0, "moderated", "words")), null, null, "gen-1", null, List.of());

        assertThat(calls(request -> Flux.just(new ImageEvent.Completed(nothing)), model -> model.generate("dawn", 2)))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://example.com/a.png", "a.png", "data:text/html;base64,aGk="})
    void anImageThatMustNotBeReadIsRefusedBeforeAnythingIsSent(String url) {
        assertThat(calls(
                        request -> Flux.error(new AssertionError("sent")),
                        model -> model.edit(Image.builder().url(url).build(), "dusk")))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not base64!", "data:text/html;base64,aGk="})
    void whatIsNoBase64IsRefusedBeforeAnythingIsSent(String base64) {
        assertThat(calls(
                        request -> Flux.error(new AssertionError("sent")),
                        model -> model.edit(Image.builder().base64Data(base64).build(), "dusk")))
                .isZero();
    }
}
