package dev.darkroom.tck;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.StoredImage;
import dev.darkroom.image.StoredImageQuery;
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

/** The list of stored images, page after page over a socket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoredImagesTckTest {

    private static final int IMAGES = 21;
    private static final int PAGE = 4;

    private final RunningEmulator emulator = ImageEmulator.create().shrink(64).start();
    private final ImageClient client = ImageClient.token360("sk-test")
            .baseUrl(emulator.token360BaseUrl().toString())
            .downloads(d -> d.fetch(false));

    @BeforeAll
    void paint() {
        Flux.range(0, IMAGES)
                .concatMap(i -> client.result(ImageRequest.of("kling-image-o1", "picture " + i)))
                .blockLast(Duration.ofMinutes(3));
    }

    @AfterAll
    void stop() {
        client.close();
        emulator.close();
    }

    @TestFactory
    Stream<DynamicTest> theListObeysTheRulesOfAPublisher() {
        var list = client.stored()
                .orElseThrow()
                .list(StoredImageQuery.newestFirst().pageSize(PAGE));
        return ReactiveStreamsTck.of(() -> new Verification(list));
    }

    private static final class Verification extends PublisherVerification<StoredImage> {

        private final Flux<StoredImage> list;

        Verification(Flux<StoredImage> list) {
            super(ReactiveStreamsTck.environment());
            this.list = list;
        }

        @Override
        public Publisher<StoredImage> createPublisher(long elements) {
            return list.take(elements);
        }

        @Override
        public long maxElementsFromPublisher() {
            return IMAGES;
        }

        /** None: a list fails when it is asked for an image, and the TCK does not ask. */
        @Override
        public Publisher<StoredImage> createFailedPublisher() {
            return null;
        }
    }
}
