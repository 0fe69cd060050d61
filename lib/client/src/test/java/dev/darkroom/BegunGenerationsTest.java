package dev.darkroom;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.gateway.DashScope;
import dev.darkroom.gateway.Responses;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.testsupport.SideBySide;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/**
 * A key is changed while a picture is made that goes on without us: the picture is fetched with the key that is good now, by the call
 * itself or later by its id, and never made a second time.
 */
class BegunGenerationsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ImageRequest RESPONSE = ImageRequest.of("gpt-5", "a lighthouse at dawn").stream(true)
            .partialImages(1)
            .with(Responses.IN_BACKGROUND, true);
    private static final ImageRequest TASK =
            ImageRequest.of("wan2.7-image-pro", "a lighthouse at dawn").with(DashScope.ASYNC, true);

    private final RunningEmulator emulator = ImageEmulator.create().shrink(16).start();
    private final ImageClient responses = client(Responses.NAME);
    private final ImageClient dashScope = client(DashScope.NAME);

    private ImageClient client(String gateway) {
        return ImageClient.named(gateway, "sk-old")
                .baseUrl(emulator.baseUrl(gateway).toString())
                .downloads(d -> d.allow("127.0.0.1"));
    }

    @AfterEach
    void stop() {
        responses.close();
        dashScope.close();
        emulator.close();
    }

    private long creates() {
        return emulator.journal().entries().stream()
                .filter(entry -> entry.method().equals("POST"))
                .count();
    }

    private static OutcomeUnknownException lost(Flux<ImageEvent> generation) {
        var caught = new ArrayList<Throwable>();
        StepVerifier.create(settled(generation.then()))
                .consumeErrorWith(caught::add)
                .verify(PATIENCE);
        assertThat(caught).singleElement().isInstanceOf(OutcomeUnknownException.class);
        return (OutcomeUnknownException) caught.get(0);
    }

    @Test
    @SideBySide
    void aKeyThatIsRefusedWhileAPictureIsMadeIsAskedForAnewWhereItMayChange() {
        emulator.enqueue(Fault.CUT);
        emulator.enqueueFollowUp(Fault.UNAUTHORIZED.times(2));
        var asked = new AtomicInteger();
        var events = responses
                .apiKey(() -> "sk-" + asked.incrementAndGet())
                .generate(RESPONSE)
                .collectList()
                .block(PATIENCE);
        assertThat(events).last().isInstanceOf(ImageEvent.Completed.class);
        assertThat(creates()).isEqualTo(1);
        assertThat(emulator.journal().entries().stream().map(entry -> Objects.requireNonNull(entry.key())))
                .as("each ask has the key that is current")
                .doesNotHaveDuplicates();
        assertThat(emulator.journal().awaitSettled(PATIENCE).billed()).isEqualTo(1);
    }

    @Test
    void aConstantKeyThatIsRefusedIsNotTriedAgainAndTheFailureSaysHowThePictureIsHadAllTheSame() {
        emulator.enqueue(Fault.CUT);
        emulator.enqueueFollowUp(Fault.UNAUTHORIZED.once());
        var lost = lost(responses.generate(RESPONSE));
        assertThat(lost).hasMessageContaining("ImageClient.begun()").hasCauseInstanceOf(RejectedException.class);
        assertThat(emulator.journal().entries()).hasSize(2);

        var id = Objects.requireNonNull(lost.details().generationId());
        assertThat(id).startsWith("resp_");
        var events = responses
                .apiKey("sk-new")
                .begun()
                .orElseThrow()
                .events(id)
                .collectList()
                .block(PATIENCE);
        assertThat(events.stream().map(event -> event.getClass().getSimpleName()))
                .containsSubsequence("Partial", "ImageReady", "Completed");
        assertThat(creates()).isEqualTo(1);
        assertThat(emulator.journal().awaitSettled(PATIENCE).billed()).isEqualTo(1);
    }

    @Test
    @SideBySide
    void aTaskIsHadLaterByItsIdAndItsPicturesAreFetched(@TempDir Path folder) {
        emulator.enqueueFollowUp(Fault.UNAUTHORIZED.once());
        var noted =
                Objects.requireNonNull(lost(dashScope.generate(TASK)).details().generationId());
        var images = dashScope;
        var begun = images.begun().orElseThrow();
        var written = begun.result(noted).flatMap(result -> result.first().writeTo(folder.resolve("late.png")));
        assertThat(written.block(PATIENCE)).isNotEmptyFile();
        assertThat(creates()).isEqualTo(1);
    }

    @Test
    @SideBySide
    void whatWasNotBegunAsAStreamIsHadAsAWhole() {
        emulator.enqueueFollowUp(Fault.UNAUTHORIZED.once());
        var id = Objects.requireNonNull(
                lost(responses.generate(RESPONSE.without(ImageOption.PARTIAL_IMAGES).stream(false)))
                        .details()
                        .generationId());
        StepVerifier.create(settled(responses.begun().orElseThrow().events(id)))
                .expectNextMatches(ImageEvent.Completed.class::isInstance)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    @SideBySide
    void whatTheGatewaySaysOfItIsTheEnd() {
        emulator.enqueue(Fault.IMAGE_FAILED);
        emulator.enqueueFollowUp(Fault.UNAUTHORIZED.once());
        var id = Objects.requireNonNull(lost(dashScope.generate(TASK)).details().generationId());
        StepVerifier.create(settled(dashScope.begun().orElseThrow().result(id)))
                .expectErrorSatisfies(told -> assertThat(told).isInstanceOf(RejectedException.class))
                .verify(PATIENCE);
    }

    @Test
    @SideBySide
    void nothingIsAskedBeforeSomebodyListensAndEachListenerAsks() {
        emulator.enqueueFollowUp(Fault.UNAUTHORIZED.once());
        var id = Objects.requireNonNull(lost(dashScope.generate(TASK)).details().generationId());
        var again = dashScope.begun().orElseThrow().result(id);
        assertThat(asks()).isEqualTo(1);
        again.block(PATIENCE);
        again.block(PATIENCE);
        assertThat(asks()).isEqualTo(3);
    }

    private long asks() {
        return emulator.journal().entries().stream()
                .filter(entry -> entry.path().contains("/tasks/"))
                .count();
    }

    @Test
    void whatCannotBeAnIdIsRefusedAndGoesNowhere() {
        for (var begun : List.of(responses.begun(), dashScope.begun())) {
            for (String id : List.of("", "..", "a/b", "a?b=c", "a b", "é")) {
                StepVerifier.create(settled(begun.orElseThrow().events(id)))
                        .expectErrorSatisfies(refused -> assertThat(refused)
                                .isInstanceOf(RejectedException.class)
                                .hasMessageContaining("is made of letters"))
                        .verify(PATIENCE);
            }
            assertThatExceptionOfType(NullPointerException.class)
                    .isThrownBy(() -> begun.orElseThrow().events(null));
        }
        assertThat(emulator.journal().entries()).isEmpty();
    }

    @Test
    void gatewaysThatAnswerAndNoMoreHaveNothingToAskFor() {
        var with = Set.of(Responses.NAME, DashScope.NAME);
        for (var provider : Gateways.all()) {
            try (var client = ImageClient.named(provider.name(), "k")) {
                assertThat(client.begun().isPresent()).as(provider.name()).isEqualTo(with.contains(provider.name()));
            }
        }
    }
}
