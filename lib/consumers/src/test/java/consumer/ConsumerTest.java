package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.UnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application does with the client, on a class path which the build of this repository has no say in. */
class ConsumerTest {

    private static final ImageRequest REQUEST =
            ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse at dawn").stream(true);

    @TempDir
    private Path folder;

    @Test
    void aPictureIsStreamedAndSaved() throws Exception {
        try (var emulator = ImageEmulator.create().partials(2).shrink(16).start()) {
            var images = ImageClient.openRouter("sk-test").baseUrl(emulator.openRouterBaseUrl().toString());
            emulator.enqueue(Fault.RATE_LIMIT_MILLIS.retryAfter(Duration.ofMillis(10)));

            var events = images.generate(REQUEST).collectList().block();
            assertNotNull(events);
            assertEquals(2, events.stream().filter(ImageEvent.Partial.class::isInstance).count());
            var done = assertInstanceOf(ImageEvent.Completed.class, events.get(events.size() - 1));
            var file = done.result().first().writeTo(folder.resolve("lighthouse.png")).block();
            assertNotNull(file);
            assertTrue(Files.size(file) > 100);
            assertFalse(images.catalogue().orElseThrow().models().collectList().block().isEmpty());
            images.close();
        }
    }

    @Test
    void aPictureByUrlIsFetched() {
        try (var emulator = ImageEmulator.create().shrink(16).start()) {
            var images = ImageClient.token360("sk-test")
                    .baseUrl(emulator.token360BaseUrl().toString())
                    .downloads(d -> d.allow("127.0.0.1"));
            var result = images.result(ImageRequest.of("dola-seedream-5.0-lite", "dawn")).block();
            assertNotNull(result);
            assertTrue(result.first().isLoaded());
            images.close();
        }
    }

    /** TLS needs classes of its own; here the other side speaks none, so that it must end in the words of TLS. */
    @Test
    void tlsHasAllItsClasses() {
        try (var emulator = ImageEmulator.create().start()) {
            var images = ImageClient.openAi("sk-test")
                    .baseUrl("https://127.0.0.1:" + emulator.port() + "/openai/v1")
                    .rateLimits(r -> r.maxWait(Duration.ZERO));
            var failure = assertThrows(UnavailableException.class, () -> images.generate(REQUEST).blockLast());
            assertTrue(failure.getMessage().contains("TLS"), failure.getMessage());
            images.close();
        }
    }
}
