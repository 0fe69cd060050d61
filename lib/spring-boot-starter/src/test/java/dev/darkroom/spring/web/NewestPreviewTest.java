package dev.darkroom.spring.web;

import static dev.darkroom.testsupport.Settled.settled;

import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageFailure;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** What waits for a reader that takes its time. */
class NewestPreviewTest {

    private static final ImageEvent FIRST = preview(0, 0);
    private static final ImageEvent SECOND = preview(0, 1);
    private static final ImageEvent OTHERS = preview(1, 0);
    private static final ImageEvent READY = new ImageEvent.ImageReady(GeneratedImage.of(0, new byte[] {9}));
    private static final ImageEvent TEXT = new ImageEvent.TextChunk("content", "<svg");
    private static final ImageEvent LOST = new ImageEvent.ImageFailed(new ImageFailure(1, "lost", null));
    private static final ImageEvent DONE = ImageEvent.completed(new byte[] {9});

    private final TestPublisher<ImageEvent> upstream = TestPublisher.create();

    private static ImageEvent preview(int image, int number) {
        return new ImageEvent.Partial(image, number, GeneratedImage.of(image, new byte[] {(byte) number}));
    }

    private StepVerifier.FirstStep<ImageEvent> read(long demand) {
        return StepVerifier.create(new NewestPreview(upstream.flux()), demand);
    }

    @Test
    void aReaderThatKeepsUpGetsEverything() {
        StepVerifier.create(settled(new NewestPreview(Flux.just(FIRST, SECOND, OTHERS, TEXT, READY, LOST, DONE))))
                .expectNext(FIRST, SECOND, OTHERS, TEXT, READY, LOST, DONE)
                .verifyComplete();
    }

    @Test
    void onlyTheNewestPreviewWaitsOfWhicheverImage() {
        read(1).then(() -> upstream.next(FIRST))
                .expectNext(FIRST)
                .then(() -> upstream.next(SECOND, OTHERS))
                .thenRequest(1)
                .expectNext(OTHERS)
                .thenCancel()
                .verify();
    }

    @Test
    void aFinalImageTakesThePlaceOfAPreviewAndNothingElseIsAskedForMeanwhile() {
        read(1).then(() -> upstream.next(FIRST))
                .expectNext(FIRST)
                .then(() -> upstream.next(SECOND, READY))
                .then(() -> upstream.assertMaxRequested(3))
                .thenRequest(1)
                .expectNext(READY)
                .then(() -> upstream.next(DONE).complete())
                .thenRequest(1)
                .expectNext(DONE)
                .verifyComplete();
    }

    @Test
    void whatIsNoPictureComesBehindThePreviewThatWaits() {
        read(1).then(() -> upstream.next(FIRST))
                .expectNext(FIRST)
                .then(() -> upstream.next(SECOND, LOST))
                .thenRequest(2)
                .expectNext(SECOND, LOST)
                .thenCancel()
                .verify();
    }

    @Test
    void anErrorWaitsForWhatCameBeforeIt() {
        read(1).then(() -> upstream.next(FIRST))
                .expectNext(FIRST)
                .then(() -> upstream.next(READY).error(new IllegalStateException("cut")))
                .thenRequest(1)
                .expectNext(READY)
                .verifyErrorMessage("cut");
    }

    @Test
    void cancellingGoesThrough() {
        read(1).then(() -> upstream.next(FIRST)).expectNext(FIRST).thenCancel().verify();
        upstream.assertCancelled();
    }
}
