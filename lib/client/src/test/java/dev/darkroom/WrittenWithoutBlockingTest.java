package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.testsupport.HouseRules;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Requests with pictures, made on a thread that must not block: BlockHound watches every test. */
class WrittenWithoutBlockingTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final ImageReference PICTURE = ImageReference.bytes(FileServer.picture(100));

    static List<ImageClient> clients() {
        return List.of(
                ImageClient.openRouter("sk-test"),
                ImageClient.openAi("sk-test"),
                ImageClient.ark("sk-test"),
                ImageClient.miniMax("sk-test"),
                ImageClient.token360("sk-test")); // myrouter takes references by URL alone
    }

    @ParameterizedTest
    @MethodSource("clients")
    void anEditWithBytes(ImageClient client) throws Exception {
        try (var server = new PostServer((request, out) -> PostServer.write(
                out, PostServer.whole(400, "Connection: close\r\n", "{\"error\":{\"message\":\"no\"}}")))) {
            var request = ImageRequest.of("studio/painter", "make it night").references(PICTURE);
            var failure = client.baseUrl(server.url())
                    .dropUnsupportedOptions(true)
                    .generate(request)
                    .<Throwable>map(event -> new AssertionError(event.toString()))
                    .onErrorResume(Mono::just)
                    .subscribeOn(Schedulers.parallel())
                    .blockLast(PATIENCE);

            assertThat(failure).hasNoCause();
            assertThat(failure.getMessage()).doesNotContain("threw");
            assertThat(server.posts()).isEqualTo(1);
        } finally {
            client.close();
        }
    }

    @Test
    void blockHoundIsWatching() {
        var blocked = Mono.fromCallable(() -> {
                    Thread.sleep(1);
                    return ImageEvent.completed(new byte[] {1});
                })
                .subscribeOn(Schedulers.parallel())
                .materialize()
                .block(PATIENCE);
        assertThat(blocked.getThrowable()).hasMessageContaining("Blocking call");
        assertThat(HouseRules.takeDroppedErrors()).containsExactly(blocked.getThrowable());
    }
}
