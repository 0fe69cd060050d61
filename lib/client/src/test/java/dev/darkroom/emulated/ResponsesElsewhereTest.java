package dev.darkroom.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.journal.Entry;
import dev.darkroom.gateway.Responses;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.OutputFormat;
import dev.darkroom.image.RejectedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The Responses API where others speak it: at Azure, and at OpenRouter, which keeps nothing. */
class ResponsesElsewhereTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String QUERY = "?api-version=preview";
    private static final ImageRequest AT_AZURE =
            ImageRequest.of("gpt-4.1-mini", "a lighthouse at dawn").stream(true).partialImages(2);
    private static final ImageRequest ROUTED = AT_AZURE.model("openai/gpt-5");

    private final RunningEmulator emulator = ImageEmulator.create().shrink(16).start();
    private final ImageClient client = ImageClient.named(Responses.NAME, "sk-test");
    private final ImageClient azure = client.baseUrl(emulator.baseUrl("azure") + QUERY);
    private final ImageClient openRouter =
            client.baseUrl(emulator.baseUrl("openrouter").toString());

    @AfterEach
    void stop() {
        client.close();
        emulator.close();
    }

    private List<Entry> calls() {
        return emulator.journal().entries();
    }

    private static void assertPictureWithPreviews(Flux<ImageEvent> generation) {
        var events = generation.collectList().block(PATIENCE);
        assertThat(events.stream()
                        .filter(event -> !(event instanceof ImageEvent.TextChunk))
                        .map(event -> event.getClass().getSimpleName()))
                .containsExactly("Partial", "Partial", "ImageReady", "Completed");
    }

    private static ImageException failure(Mono<?> generation) {
        return generation
                .map(result -> new AssertionError("it did not fail"))
                .cast(Throwable.class)
                .onErrorResume(ImageException.class, Mono::just)
                .cast(ImageException.class)
                .block(PATIENCE);
    }

    // -- Azure

    @Test
    void atAzureTheKeyIsAHeaderOfItsOwnAndTheVersionGoesAlong() {
        assertPictureWithPreviews(azure.generate(AT_AZURE));
        assertThat(calls()).singleElement().satisfies(call -> {
            assertThat(call.header("api-key")).isPresent();
            assertThat(call.header("authorization")).isEmpty();
            assertThat(call.query()).contains("api-version=preview");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openai/v1", "/openai/v1?api-version=preview", "/openai?api-version=2025-04-01-preview"})
    void aPictureComesFromEveryFormOfAddressThatAzureHasForIt(String path) {
        var resource = emulator.baseUrl("azure").toString().replaceAll("/openai/v1$", "");
        assertThat(client.baseUrl(resource + path)
                        .result(AT_AZURE.without(ImageOption.PARTIAL_IMAGES).stream(false))
                        .block(PATIENCE)
                        .images())
                .hasSize(1);
    }

    @Test
    void aTokenOfEntraIdIsABearerThere() {
        var token = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJhIn0.c2ln";
        assertPictureWithPreviews(azure.apiKey(Mono.fromSupplier(() -> token)).generate(AT_AZURE));
        assertThat(calls()).singleElement().satisfies(call -> {
            assertThat(call.header("api-key")).isEmpty();
            assertThat(call.header("authorization")).isPresent();
        });
    }

    @Test
    void theDeploymentThatPaintsIsNamedByAHeaderToo() {
        azure.result(AT_AZURE.with(Responses.IMAGE_MODEL, "gpt-image-2")).block(PATIENCE);
        assertThat(calls().get(0).header("x-ms-oai-image-generation-deployment"))
                .isEqualTo(Optional.of("gpt-image-2"));
    }

    @Test
    void whatAzureDoesNotEncodeIsRefusedBeforeItIsSent() {
        for (OutputFormat format : List.of(OutputFormat.WEBP, OutputFormat.GIF, OutputFormat.SVG)) {
            assertThat(failure(azure.result(AT_AZURE.outputFormat(format))))
                    .isInstanceOf(RejectedException.class)
                    .hasMessageContaining("encodes png and jpeg, not " + format);
        }
        assertThat(calls()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CUT", "RESET", "NO_TERMINAL", "TRUNCATED"})
    void inTheBackgroundAtAzureALostConnectionIsReadOnWithTheVersionAndTheKey(Fault fault) {
        emulator.enqueue(fault);
        assertPictureWithPreviews(azure.generate(AT_AZURE.with(Responses.IN_BACKGROUND, true)));
        assertThat(calls()).filteredOn(call -> call.method().equals("POST")).hasSize(1);
        assertThat(calls()).hasSizeGreaterThan(1).allSatisfy(call -> {
            assertThat(call.header("api-key")).isPresent();
            assertThat(call.query()).contains("api-version=preview");
        });
        assertThat(emulator.journal().awaitSettled(PATIENCE).billed()).isEqualTo(1);
    }

    @Test
    void whoeverCancelsAtAzureCallsItOffThere() {
        emulator.enqueue(Fault.STALL.after(12));
        azure.generate(AT_AZURE.with(Responses.IN_BACKGROUND, true)).take(1).blockLast(PATIENCE);
        Mono.fromSupplier(this::calls)
                .filter(calls -> calls.size() == 2)
                .repeatWhenEmpty(times -> times.delayElements(Duration.ofMillis(10)))
                .block(PATIENCE);
        assertThat(calls().get(1).path()).endsWith("/cancel");
    }

    // -- OpenRouter

    @Test
    void atOpenRouterPreviewsComeWhichItsImageApiDoesNotPromise() {
        assertPictureWithPreviews(openRouter.generate(ROUTED));
        assertThat(calls())
                .singleElement()
                .satisfies(call -> assertThat(call.header("authorization")).isPresent());
    }

    @Test
    void atOpenRouterADocumentIsAPictureAndItsRefusalsAreUnderstood() {
        var plain = ImageRequest.of("openai/gpt-5", "a lighthouse at dawn");
        assertThat(openRouter.result(plain).block(PATIENCE).images()).hasSize(1);
        assertThat(failure(openRouter.apiKey("wrong").result(plain)))
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RejectedException.Reason.CREDENTIALS));
        emulator.enqueue(Fault.MODERATION);
        assertThat(failure(openRouter.result(plain)))
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RejectedException.Reason.MODERATION));
        emulator.enqueue(Fault.CREDITS);
        assertThat(failure(openRouter.result(plain)))
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RejectedException.Reason.CREDITS));
    }

    /** It passes over the wish, and its answer says so; nobody goes on behind a connection that is gone. */
    @Test
    void whoKeepsNoResponsesIsNotAskedForOneThatWasLost() {
        emulator.enqueue(Fault.CUT);
        assertThat(failure(openRouter.result(ROUTED.with(Responses.IN_BACKGROUND, true))))
                .isInstanceOf(OutcomeUnknownException.class);
        assertThat(calls()).hasSize(1);
    }

    @Test
    void atItsOwnAddressOpenRouterIsNotEvenAskedForWhatItDoesNotKeep() {
        try (var there = ImageClient.named(Responses.NAME, "k").baseUrl("https://openrouter.ai/api/v1")) {
            assertThat(failure(there.result(
                            ROUTED.with(Responses.IN_BACKGROUND, true).with(Responses.PREVIOUS_RESPONSE_ID, "resp_1"))))
                    .isInstanceOf(RejectedException.class)
                    .hasMessageContaining("in_background is not taken")
                    .hasMessageContaining("previous_response_id is not taken")
                    .hasMessageContaining("keeps no responses");
            assertThat(there.begun()).isEmpty();
        }
    }
}
