package dev.darkroom.tck;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageEvents;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.Size;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import reactor.core.publisher.Flux;

/** The client from end to end, the emulator as its source: each event is one that came over a socket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageClientTckTest {

    /** Previews of one image, and the image. */
    private static final int EVENTS = 21;

    private static final ImageRequest REQUEST =
            ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse at dawn").size(Size.pixels(64, 64)).stream(true);

    private final RunningEmulator emulator = ImageEmulator.create()
            .shrink(4)
            .latency(Duration.ofMillis(1))
            .partials(EVENTS - 1)
            .start();
    private final ImageClient client = ImageClient.openRouter("sk-test")
            .baseUrl(emulator.openRouterBaseUrl().toString());

    @BeforeAll
    void paintOnce() {
        client.generate(REQUEST).blockLast(Duration.ofMinutes(3)); // the first picture loads what paints
    }

    @AfterAll
    void stop() {
        client.close();
        emulator.close();
    }

    @TestFactory
    Stream<DynamicTest> aGenerationObeysTheRulesOfAPublisher() {
        return ReactiveStreamsTck.of(() -> new Verification(client.generate(REQUEST)));
    }

    @TestFactory
    Stream<DynamicTest> itsEventsThroughLatestPartialDoToo() {
        // as text, since of previews this operator may leave some out
        return ReactiveStreamsTck.of(() -> new Verification(
                client.generate(REQUEST).<ImageEvent>map(Verification::word).transform(ImageEvents.latestPartial())));
    }

    private static final class Verification extends PublisherVerification<ImageEvent> {

        private final Flux<ImageEvent> events;

        Verification(Flux<ImageEvent> events) {
            super(ReactiveStreamsTck.environment());
            this.events = events;
        }

        private static ImageEvent word(ImageEvent event) {
            return new ImageEvent.TextChunk(
                    ImageEvent.TextChunk.CONTENT, event.getClass().getSimpleName());
        }

        @Override
        public Publisher<ImageEvent> createPublisher(long elements) {
            return events.take(elements);
        }

        @Override
        public long maxElementsFromPublisher() {
            return EVENTS;
        }

        /** None: a generation fails when it is asked for an event, and the TCK does not ask. */
        @Override
        public Publisher<ImageEvent> createFailedPublisher() {
            return null;
        }
    }
}
