package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageRequest;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Images by URL over HTTP/2: the same rules, on connections of their own. */
class Http2DownloadTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ImageRequest REQUEST = ImageRequest.of("a/b", "p");

    private final ConcurrentLinkedQueue<Http2Gateway.Request> fetched = new ConcurrentLinkedQueue<>();
    private final ImageClient client = ImageClient.openRouter("sk-test")
            .header("X-Mine", "1")
            .rateLimits(r -> r.maxWait(Duration.ZERO))
            .customize(Http2Gateway::trusting)
            .connections(c -> c.http2(true));

    @AfterEach
    void stop() {
        client.close();
    }

    /** Its pictures are where it is. */
    private Http2Gateway gateway() {
        return new Http2Gateway(request -> {
            var frames = request.frames();
            if (request.head().method().toString().equals("GET")) {
                fetched.add(request);
                frames.head(request.stream(), 200)
                        .data(request.stream(), Unpooled.wrappedBuffer(RawGateway.picture(request.number())), true);
            } else {
                var authority = request.head().authority();
                frames.head(request.stream(), 200)
                        .data(request.stream(), "{\"data\":[{\"url\":\"https://" + authority + "/1.png\"}]}", true);
            }
        });
    }

    @Test
    void aConnectionOfTheApiIsNoneOfADownload() {
        try (var gateway = gateway()) {
            var image = client.baseUrl(gateway.url())
                    .result(REQUEST)
                    .map(result -> result.first())
                    .block(PATIENCE);
            assertThat(image.downloadFailure())
                    .isInstanceOfSatisfying(
                            DownloadFailedException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(DownloadFailedException.Reason.DENIED));
            assertThat(fetched).isEmpty();
        }
    }

    @Test
    void whatIsAllowedIsFetchedWithoutWhatTheApiIsTold() {
        try (var gateway = gateway()) {
            var there = client.downloads(d -> d.allow("localhost")).baseUrl(gateway.url());
            for (int i = 0; i < 3; i++) {
                assertThat(there.result(REQUEST).block(PATIENCE).first().isLoaded())
                        .isTrue();
            }
            assertThat(gateway.connections()).as("one each").isEqualTo(2);
            assertThat(fetched).hasSize(3).allSatisfy(request -> {
                assertThat(request.head().contains("authorization")).isFalse();
                assertThat(request.head().contains("x-mine")).isFalse();
            });
        }
    }

    @Test
    void aHostThatIsAllowedOverHttpIsAskedInHttp1() throws Exception {
        try (var storage = new RawGateway((request, socket) -> RawGateway.say(
                socket,
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"
                        + new String(RawGateway.picture(1), java.nio.charset.StandardCharsets.ISO_8859_1)))) {
            var image = GeneratedImage.at(0, null, URI.create(storage.url() + "/1.png"));
            var fetched =
                    client.downloads(d -> d.allow("127.0.0.1")).download(image).block(PATIENCE);
            assertThat(fetched.isLoaded()).isTrue();
        }
    }
}
