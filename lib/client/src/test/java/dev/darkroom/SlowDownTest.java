package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.GeneratedImage;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

/** Stores of images that want to be left alone, as S3 does with its 503 Slow Down. */
class SlowDownTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final FileServer files = new FileServer();
    private final ImageClient client = ImageClient.openRouter("sk-test").downloads(d -> d.allow("127.0.0.1"));

    @AfterEach
    void close() {
        client.close();
        files.close();
    }

    private void refusing(int status, String header, String hint, int times, AtomicInteger asked) {
        files.put(
                "/a",
                (request, response) -> asked.incrementAndGet() <= times
                        ? response.status(status)
                                .header(header, hint)
                                .header("Content-Length", "0")
                                .send()
                        : response.header("Content-Length", "10").sendByteArray(Mono.just(FileServer.picture(10))));
    }

    private Mono<GeneratedImage> download(ImageClient with) {
        return with.download(GeneratedImage.at(0, null, files.url("/a")));
    }

    @ParameterizedTest
    @CsvSource({
        "503, Retry-After, 30",
        "429, Retry-After, 30",
        "429, retry-after-ms, 30000",
        "503, Retry-After, 86401",
        "500, Retry-After, 'Fri, 31 Dec 2100 23:59:59 GMT'"
    })
    void whatDoesNotFitIntoTheTimeThereIsFailsAtOnceWithTheInstant(int status, String header, String hint) {
        var asked = new AtomicInteger();
        refusing(status, header, hint, 9, asked);
        var before = Instant.now();
        var failure = download(client.downloads(d -> d.timeout(Duration.ofSeconds(20))))
                .materialize()
                .block(PATIENCE)
                .getThrowable();

        assertThat(failure).isInstanceOfSatisfying(DownloadFailedException.class, e -> {
            assertThat(e.status()).isEqualTo(status);
            assertThat(e.retryAt()).isAfter(before.plusSeconds(29));
        });
        assertThat(asked).hasValue(1);
    }

    @Test
    void whatFitsIsAskedForAgainAndNotEarlierThanTheServerSaid() {
        var asked = new AtomicInteger();
        refusing(503, "Retry-After", "1", 1, asked);
        var before = System.nanoTime();

        assertThat(download(client).block(PATIENCE).size()).isEqualTo(10);
        assertThat(System.nanoTime() - before)
                .isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos());
        assertThat(asked).hasValue(2);
    }
}
