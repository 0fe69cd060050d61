package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** Under slow demand only superseded previews go, never any other event. */
class LatestPartialTest {

    private static final ImageEvent END = ImageEvent.completed(new byte[] {9});
    private static final ImageEvent READY = new ImageEvent.ImageReady(GeneratedImage.of(0, new byte[] {8}));
    private static final ImageEvent TEXT = new ImageEvent.TextChunk(ImageEvent.TextChunk.CONTENT, "<svg");

    private final TestPublisher<ImageEvent> gateway = TestPublisher.create();

    @Test
    void nothingIsAskedForBeforeTheReaderAsks() {
        StepVerifier.create(events(), 0)
                .then(() -> assertThat(gateway.wasRequested()).isFalse())
                .thenRequest(1)
                .then(() -> gateway.assertMinRequested(1))
                .thenCancel()
                .verify();
        gateway.assertCancelled();
    }

    @Test
    void aReaderThatKeepsUpSeesEveryEvent() {
        StepVerifier.create(events())
                .then(() -> gateway.next(partial(0, 0), partial(0, 1), TEXT, READY, END))
                .expectNext(partial(0, 0), partial(0, 1), TEXT, READY, END)
                .then(gateway::complete)
                .verifyComplete();
    }

    @Test
    void aSlowReaderSeesTheNewestPreviewOfEachImageAndEveryOtherEvent() {
        StepVerifier.create(events(), 1)
                .then(() -> gateway.next(partial(0, 0)))
                .expectNext(partial(0, 0))
                .then(() -> gateway.next(partial(0, 1), partial(1, 0), partial(0, 2), partial(1, 1), TEXT))
                .thenRequest(3)
                .expectNext(partial(0, 2), partial(1, 1), TEXT)
                .then(() -> gateway.next(END).complete())
                .thenRequest(1)
                .expectNext(END)
                .verifyComplete();
    }

    @Test
    void previewsAreAskedForWhileTheReaderSleepsAndOtherEventsAreNot() {
        var asked = new ArrayList<Long>();
        StepVerifier.create(gateway.flux().doOnRequest(asked::add).transform(ImageEvents.latestPartial()), 1)
                .then(() -> gateway.next(partial(0, 0), partial(0, 1), partial(0, 2)))
                .expectNext(partial(0, 0))
                .then(() ->
                        assertThat(asked).as("one, and one after each preview").hasSize(4))
                .then(() -> gateway.next(READY))
                .then(() -> assertThat(asked)
                        .as("an event that cannot be replaced waits")
                        .hasSize(4))
                .thenRequest(2)
                .expectNext(partial(0, 2), READY)
                .then(() -> assertThat(asked).hasSize(5))
                .thenCancel()
                .verify();
    }

    @Test
    void whatWaitsIsReadBeforeTheEndOfAnyKind() {
        StepVerifier.create(events(), 0)
                .thenRequest(1)
                .then(() -> gateway.next(TEXT, partial(0, 0)).error(new IllegalStateException("cut")))
                .expectNext(TEXT)
                .thenRequest(1)
                .expectNext(partial(0, 0))
                .verifyErrorMessage("cut");
    }

    @Test
    void aRequestOfNothingIsAnErrorAsReactiveStreamsSays() {
        StepVerifier.create(Flux.from(subscriber -> events().subscribe(subscriber)), 0)
                .thenRequest(1)
                .then(() -> gateway.next(TEXT))
                .expectNext(TEXT)
                .thenCancel()
                .verify();
        var failures = new ArrayList<Throwable>();
        events().subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
                subscription.request(0);
            }

            @Override
            protected void hookOnError(Throwable failure) {
                failures.add(failure);
            }
        });
        assertThat(failures).singleElement().isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neitherOrderNorAnEventIsLostWhenDemandAndEventsComeFromTwoThreads() throws InterruptedException {
        for (var round = 0; round < 300; round++) {
            var seen = race();
            assertThat(seen.stream().filter(event -> !(event instanceof ImageEvent.Partial)))
                    .containsExactly(TEXT, READY, END);
            var previews = seen.stream()
                    .filter(ImageEvent.Partial.class::isInstance)
                    .map(event -> ((ImageEvent.Partial) event).partialIndex())
                    .toList();
            assertThat(previews).isSorted().contains(9);
        }
    }

    private static List<ImageEvent> race() throws InterruptedException {
        var threads = Executors.newFixedThreadPool(2);
        var source = TestPublisher.<ImageEvent>createNoncompliant(TestPublisher.Violation.REQUEST_OVERFLOW);
        var seen = new ConcurrentLinkedQueue<ImageEvent>();
        var done = new CountDownLatch(1);
        var reader = new BaseSubscriber<ImageEvent>() {
            @Override
            protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {}

            @Override
            protected void hookOnNext(ImageEvent event) {
                seen.add(event);
            }

            @Override
            protected void hookOnComplete() {
                done.countDown();
            }
        };
        source.flux().transform(ImageEvents.latestPartial()).subscribe(reader);
        threads.execute(() -> {
            source.next(TEXT);
            for (var i = 0; i < 10; i++) {
                source.next(partial(0, i));
            }
            source.next(READY, END).complete();
        });
        threads.execute(() -> {
            for (var i = 0; i < 20; i++) {
                reader.request(1);
            }
        });
        assertThat(done.await(3, TimeUnit.MINUTES)).isTrue();
        threads.shutdown();
        return List.copyOf(seen);
    }

    @Test
    void imagesAreEachSeenOnceAsSoonAsTheyAreKnown() {
        var first = GeneratedImage.of(0, new byte[] {1});
        var second = GeneratedImage.of(1, new byte[] {2});
        var end = new ImageEvent.Completed(ImageResult.of(List.of(first, second)));
        StepVerifier.create(gateway.flux().transform(ImageEvents.images()))
                .then(() -> gateway.next(partial(0, 0), new ImageEvent.ImageReady(first)))
                .expectNext(first)
                .then(() -> gateway.next(end).complete())
                .expectNext(second)
                .verifyComplete();
    }

    private Flux<ImageEvent> events() {
        return gateway.flux().transform(ImageEvents.latestPartial());
    }

    private static ImageEvent partial(int image, int number) {
        return new ImageEvent.Partial(image, number, Pictures.of(image));
    }

    /** Events are compared by the identity of their images. */
    private static final class Pictures {

        private static final List<GeneratedImage> ALL =
                List.of(GeneratedImage.of(0, new byte[] {1}), GeneratedImage.of(1, new byte[] {2}));

        static GeneratedImage of(int image) {
            return ALL.get(image);
        }
    }
}
