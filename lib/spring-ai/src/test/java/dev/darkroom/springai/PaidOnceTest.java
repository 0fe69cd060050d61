package dev.darkroom.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.image.ImageModel;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.ai.retry.RetryUtils;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;

/** Requests are counted at the gateway: whatever becomes of the first one, and whatever is around the model, none is paid for twice. */
@ApplicationTest
class PaidOnceTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final ImagePrompt PROMPT = new ImagePrompt("a lighthouse at dawn");

    @Autowired
    private ImageModel imageModel;

    @Autowired
    private DarkroomImageModel darkroom;

    @Autowired
    private RunningEmulator gateway;

    @BeforeEach
    void anEmptyJournal() {
        gateway.clearFaults();
        gateway.journal().clear();
    }

    private <E extends Exception> E failure(Class<E> type) {
        return catchThrowableOfType(
                type, () -> RetryUtils.execute(RetryUtils.SHORT_RETRY_TEMPLATE, () -> imageModel.call(PROMPT)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CUT", "RESET", "TRUNCATED", "EMPTY_REPLY", "MALFORMED_JSON"})
    void aCutIsNotSentAgainEvenInsideSpringAisRetry(Fault fault) {
        gateway.enqueue(fault);

        assertThat(failure(OutcomeUnknownException.class)).isNotNull();
        assertThat(Application.posts(gateway)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CUT", "RESET", "NO_TERMINAL"})
    void aCutStreamIsNotSentAgain(Fault fault) {
        gateway.enqueue(fault);

        assertThatThrownBy(() -> darkroom.stream(PROMPT).blockLast(LONG)).isInstanceOf(OutcomeUnknownException.class);
        assertThat(Application.posts(gateway)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"SERVER_ERROR", "PROVIDER_ERROR"})
    void whatWasTriedAndFailedIsNotSentAgain(Fault fault) {
        gateway.enqueue(fault);

        assertThat(failure(GenerationFailedException.class)).isNotNull();
        assertThat(Application.posts(gateway)).hasSize(1);
    }

    @Test
    void aModerationSaysSo() {
        gateway.enqueue(Fault.MODERATION);

        assertThat(failure(RejectedException.class).reason()).isEqualTo(RejectedException.Reason.MODERATION);
        assertThat(Application.posts(gateway)).hasSize(1);
        assertThat(gateway.journal().awaitSettled(LONG).billed()).isZero();
    }

    @Test
    void aRateLimitIsWaitedOutByTheClientAndOnePictureIsMade() {
        gateway.enqueue(Fault.RATE_LIMIT_MILLIS.retryAfter(Duration.ofMillis(20)));

        assertThat(imageModel.call(PROMPT).getResults()).hasSize(1);
        assertThat(Application.posts(gateway)).hasSize(2);
        assertThat(gateway.journal().accepted()).hasSize(1);
        assertThat(gateway.journal().awaitSettled(LONG).billed()).isEqualTo(1);
    }

    @Test
    void aRateLimitThatLastsIsToldWithItsInstant() {
        gateway.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofHours(1)));
        // another key, since its gate stays closed
        try (var other = ImageClient.openRouter("sk-other")
                .baseUrl(gateway.openRouterBaseUrl().toString())) {
            var model = DarkroomImageModel.of(other)
                    .options(DarkroomImageOptions.of(request -> request.model("openai/gpt-image-1-mini")));
            var failure = catchThrowableOfType(RateLimitedException.class, () -> model.call(PROMPT));

            assertThat(failure.retryAt()).isNotNull();
        }
        assertThat(Application.posts(gateway)).hasSize(1);
    }

    @Test
    void anInterruptedCallEndsItsRequestAndSaysThatItMayBeBilled() throws Exception {
        gateway.enqueue(Fault.STALL);
        var failure = new AtomicReference<Throwable>();
        var caller = new Thread(() -> {
            try {
                imageModel.call(PROMPT);
            } catch (ImageException e) {
                failure.set(e);
            }
        });
        caller.start();
        Flux.interval(Duration.ofMillis(5))
                .filter(tick -> !Application.posts(gateway).isEmpty())
                .blockFirst(LONG);
        caller.interrupt();
        caller.join(LONG.toMillis());

        assertThat(failure.get()).isInstanceOf(OutcomeUnknownException.class).hasMessageContaining("interrupted");
        assertThat(gateway.journal().cancelled().block(LONG)).isNotNull();
        assertThat(Application.posts(gateway)).hasSize(1);
    }

    @Test
    void aCancelledStreamEndsItsRequest() {
        gateway.enqueue(Fault.STALL);
        var preview = darkroom.stream(PROMPT).next().block(LONG);

        assertThat(preview.getResult().getMetadata()).isInstanceOf(DarkroomImageGenerationMetadata.class);
        assertThat(gateway.journal().cancelled().block(LONG)).isNotNull();
        assertThat(Application.posts(gateway)).hasSize(1);
    }
}
