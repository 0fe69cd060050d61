package dev.darkroom.springai;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.ai.image.ImageResponse;
import org.springframework.ai.image.observation.DefaultImageModelObservationConvention;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** An image that develops, in Spring AI's words. */
@ApplicationTest
class StreamTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final ImagePrompt PROMPT = new ImagePrompt("a lighthouse at dawn");

    @Autowired
    private DarkroomImageModel darkroom;

    @Autowired
    private RunningEmulator gateway;

    @Autowired
    private TestObservationRegistry registry;

    @BeforeEach
    void anEmptyJournal() {
        gateway.clearFaults();
        gateway.journal().clear();
        registry.clear();
    }

    private static DarkroomImageGenerationMetadata of(ImageResponse response) {
        return (DarkroomImageGenerationMetadata) response.getResult().getMetadata();
    }

    @Test
    void previewsComeBeforeTheImageAndTheLastResponseIsTheWhole() {
        StepVerifier.create(settled(darkroom.stream(PROMPT)))
                .assertNext(preview -> {
                    assertThat(of(preview).isFinal()).isFalse();
                    assertThat(of(preview).partialIndex()).isZero();
                    assertThat(preview.getMetadata()).isNotInstanceOf(DarkroomImageResponseMetadata.class);
                })
                .assertNext(preview -> assertThat(of(preview).partialIndex()).isEqualTo(1))
                .assertNext(image -> assertThat(of(image).isFinal()).isTrue())
                .assertNext(whole -> {
                    assertThat(of(whole).isFinal()).isTrue();
                    assertThat(whole.getMetadata()).isInstanceOf(DarkroomImageResponseMetadata.class);
                    assertThat(whole.getMetadata().<Object>get(DarkroomImageResponseMetadata.COST))
                            .isNotNull();
                })
                .expectComplete()
                .verify(LONG);
        assertThat(Application.posts(gateway)).hasSize(1);
    }

    @Test
    void nothingIsSentBeforeDemandAndEachSubscriptionIsARequestOfItsOwn() {
        var stream = darkroom.stream(PROMPT);
        StepVerifier.create(stream, 0).expectSubscription().thenCancel().verify(LONG);
        assertThat(gateway.journal().entries()).isEmpty();
        stream.blockLast(LONG);
        stream.blockLast(LONG);
        assertThat(Application.posts(gateway)).hasSize(2);
    }

    @Test
    void itMayBeSubscribedToOnAThreadThatMustNotBlock() {
        assertThat(darkroom.stream(PROMPT).subscribeOn(Schedulers.parallel()).blockLast(LONG))
                .isNotNull();
    }

    @Test
    void optionsMayWantNoPreviews() {
        var prompt = new ImagePrompt("dawn", DarkroomImageOptions.of(request -> request.stream(false)));

        assertThat(darkroom.stream(prompt).collectList().block(LONG)).hasSize(1);
        assertThat(Application.posts(gateway))
                .singleElement()
                .satisfies(post ->
                        assertThat(post.body().path("stream").asBoolean(false)).isFalse());
    }

    @Test
    void aStreamIsObservedUntilItsEndBelowWhatIsObservedOutside() {
        var outside = Observation.start("outside", registry);
        darkroom.stream(PROMPT)
                .contextWrite(context -> context.put(ObservationThreadLocalAccessor.KEY, outside))
                .blockLast(LONG);
        outside.stop();

        TestObservationRegistryAssert.assertThat(registry)
                .hasObservationWithNameEqualTo(DefaultImageModelObservationConvention.DEFAULT_NAME)
                .that()
                .hasBeenStopped()
                .hasParentObservationContextMatching(parent -> "outside".equals(parent.getName()));
        TestObservationRegistryAssert.assertThat(registry)
                .as("the client's own observation stands below")
                .hasHandledContextsThatSatisfy(contexts -> assertThat(contexts)
                        .extracting(Observation.Context::getParentObservation)
                        .filteredOn(Objects::nonNull)
                        .extracting(parent -> parent.getContextView().getName())
                        .contains(DefaultImageModelObservationConvention.DEFAULT_NAME));
    }

    @Test
    void aFailedStreamIsObservedWithItsError() {
        var fault = new IllegalArgumentException("a fault of somebody's");
        var stream =
                DarkroomImageModel.of((ImageRequest request) -> Flux.error(fault)).observationRegistry(registry).stream(
                        PROMPT);
        StepVerifier.create(settled(stream)).expectErrorMatches(fault::equals).verify(LONG);

        TestObservationRegistryAssert.assertThat(registry)
                .hasSingleObservationThat()
                .hasBeenStopped()
                .hasError(fault);
    }

    @Test
    void aSlowReaderMissesPreviewsAndNothingElse() {
        var picture = GeneratedImage.of(0, new byte[] {1});
        var model = DarkroomImageModel.of(request -> Flux.just(
                new ImageEvent.Partial(0, 0, picture),
                new ImageEvent.Partial(0, 1, picture),
                new ImageEvent.Partial(0, 2, picture),
                new ImageEvent.ImageFailed(new ImageFailure(1, "moderated", null)),
                new ImageEvent.ImageReady(picture),
                new ImageEvent.Completed(ImageResult.of(List.of(picture)))));
        StepVerifier.create(
                        model.stream(PROMPT)
                                .map(response -> String.valueOf(of(response).partialIndex())),
                        0)
                .thenRequest(1)
                .expectNext("0")
                .thenRequest(1)
                .expectNext("2")
                .thenRequest(2)
                .expectNext("null", "null")
                .expectComplete()
                .verify(LONG);
    }

    @Test
    void aModelThatIsNotObservedHidesNoObservation() {
        var outside = Observation.start("outside", registry);
        var seen = DarkroomImageModel.of(request -> Flux.deferContextual(context -> {
            assertThat(context.<Observation>get(ObservationThreadLocalAccessor.KEY))
                    .isSameAs(outside);
            return Flux.just(ImageEvent.completed(new byte[] {1}));
        }));
        StepVerifier.create(settled(seen.stream(PROMPT)
                        .contextWrite(context -> context.put(ObservationThreadLocalAccessor.KEY, outside))))
                .expectNextCount(1)
                .expectComplete()
                .verify(LONG);
        outside.stop();
    }
}
