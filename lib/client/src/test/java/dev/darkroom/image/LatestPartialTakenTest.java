package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** Previews for a reader that asks for many at a time, and says when it has taken one. */
class LatestPartialTakenTest {

    private static final List<GeneratedImage> IMAGES =
            List.of(GeneratedImage.of(0, new byte[] {1}), GeneratedImage.of(1, new byte[] {2}));
    private static final ImageEvent READY = new ImageEvent.ImageReady(IMAGES.get(0));
    private static final ImageEvent END = new ImageEvent.Completed(ImageResult.of(IMAGES));

    private final TestPublisher<ImageEvent> gateway = TestPublisher.create();
    private final TestPublisher<String> taken = TestPublisher.create();

    private StepVerifier.FirstStep<ImageEvent> events(long demand) {
        return StepVerifier.create(gateway.flux().transform(ImageEvents.latestPartial(taken)), demand);
    }

    private static ImageEvent partial(int image, int number) {
        return new ImageEvent.Partial(image, number, IMAGES.get(image));
    }

    @Test
    void twelvePreviewsForAReaderThatAsksForThirtyOneAndTakesOne() {
        events(31)
                .then(() -> {
                    for (var i = 0; i < 12; i++) {
                        gateway.next(partial(0, i));
                    }
                })
                .expectNext(partial(0, 0))
                .then(() -> taken.next("first"))
                .expectNext(partial(0, 11))
                .then(() -> gateway.next(END).complete())
                .expectNext(END)
                .verifyComplete();
        taken.assertCancelled();
    }

    @Test
    void whatIsNoPreviewDoesNotWaitAndTakesThePlaceOfItsPreview() {
        events(Long.MAX_VALUE)
                .then(() -> gateway.next(partial(0, 0), partial(0, 1), partial(1, 0), READY))
                .expectNext(partial(0, 0), READY)
                .then(() -> taken.next("one"))
                .expectNext(partial(1, 0))
                .then(() -> gateway.next(partial(1, 1), END).complete())
                .expectNext(END)
                .verifyComplete();
    }

    @Test
    void signalsDoNotAddUp() {
        events(Long.MAX_VALUE)
                .then(() -> taken.next("a", "b", "c"))
                .then(() -> gateway.next(partial(0, 0), partial(0, 1)))
                .expectNext(partial(0, 0))
                .then(() -> gateway.next(END).complete())
                .expectNext(END)
                .verifyComplete();
    }

    @Test
    void demandCountsStill() {
        events(0)
                .then(() -> taken.assertWasNotSubscribed())
                .thenRequest(1)
                .then(() -> gateway.next(partial(0, 0), partial(0, 1)))
                .expectNext(partial(0, 0))
                .then(() -> taken.next("first"))
                .then(() -> gateway.next(partial(0, 2)))
                .thenRequest(1)
                .expectNext(partial(0, 2))
                .thenCancel()
                .verify();
        taken.assertCancelled();
    }

    @Test
    void onceNobodySaysSoAnyMoreDemandAloneCounts() {
        events(Long.MAX_VALUE)
                .then(() -> gateway.next(partial(0, 0), partial(0, 1)))
                .expectNext(partial(0, 0))
                .then(taken::complete)
                .expectNext(partial(0, 1))
                .then(() -> gateway.next(partial(0, 2), partial(0, 3)))
                .expectNext(partial(0, 2), partial(0, 3))
                .thenCancel()
                .verify();
    }

    @Test
    void itsErrorEndsTheGeneration() {
        events(Long.MAX_VALUE)
                .then(() -> taken.error(new IllegalStateException("mine")))
                .expectErrorMessage("mine")
                .verify();
        gateway.assertCancelled();
    }

    @Test
    void aFailureIsToldAfterThePreviewThatWaits() {
        events(Long.MAX_VALUE)
                .then(() -> gateway.next(partial(0, 0), partial(0, 1)).error(new IllegalStateException("cut")))
                .expectNext(partial(0, 0), partial(0, 1))
                .expectErrorMessage("cut")
                .verify();
        assertThat(taken.subscribeCount()).isEqualTo(1);
    }
}
