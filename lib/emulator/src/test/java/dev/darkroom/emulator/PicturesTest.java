package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.fetch;
import static dev.darkroom.emulator.TestClient.imageRequest;
import static dev.darkroom.emulator.TestClient.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class PicturesTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final ImageEmulator settings = ImageEmulator.create().shrink(16).time(time);
    private RunningEmulator emulator;

    @BeforeEach
    void start() {
        emulator = settings.start();
    }

    @AfterEach
    void stop() {
        emulator.close();
        time.dispose();
    }

    @Test
    void aUrlServesTheSamePictureAsOftenAsAsked() {
        var url = url(emulator);

        assertThat(Arrays.equals(fetch(url).body(), fetch(url).body())).isTrue();
        assertThat(fetch(url).headers().firstValue("Content-Length")).isPresent();
    }

    @Test
    void aUrlLivesAsLongAsTheApiSays() {
        var url = url(emulator);
        time.advanceTimeBy(Duration.ofMinutes(59));
        assertThat(fetch(url).statusCode()).isEqualTo(200);
        time.advanceTimeBy(Duration.ofMinutes(1));

        assertThat(fetch(url).statusCode()).isEqualTo(403);
        assertThat(new String(fetch(url).body(), UTF_8)).contains("Request has expired");
    }

    @Test
    void aUrlLivesAsLongAsASettingSays() {
        try (var brief = settings.imageUrlLifetime(Duration.ofSeconds(5)).start()) {
            var url = url(brief);
            time.advanceTimeBy(Duration.ofSeconds(5));

            assertThat(fetch(url).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void aTestCanLetAllUrlsExpire() {
        var before = url(emulator);
        emulator.expireImageUrls();

        assertThat(fetch(before).statusCode()).isEqualTo(403);
        assertThat(fetch(url(emulator)).statusCode()).isEqualTo(200);
    }

    @Test
    void aKeySentAlongIsRefusedAsStoragesDo() {
        assertThat(fetch(url(emulator), "Authorization", "Bearer sk-test").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aUrlWithoutItsSignatureIsRefused() {
        assertThat(fetch(url(emulator).replaceAll("signature=.", "signature=z")).statusCode())
                .isEqualTo(403);
        assertThat(fetch(emulator.token360BaseUrl()
                                .resolve("/pictures/nothing.png")
                                .toString())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void downloadsHaveAScriptOfTheirOwn() {
        emulator.enqueueDownload(
                Fault.REDIRECT.times(2), Fault.NOT_AN_IMAGE.once(), Fault.UNAVAILABLE.once(), Fault.NOT_FOUND.once());
        var url = url(emulator);

        assertThat(fetch(url).statusCode()).isEqualTo(302);
        assertThat(fetch(url).headers().firstValue("Location")).contains(url);
        assertThat(fetch(url).headers().firstValue("Content-Type")).contains("text/html");
        assertThat(fetch(url).statusCode()).isEqualTo(503);
        assertThat(fetch(url).statusCode()).isEqualTo(404);
        assertThat(fetch(url).statusCode()).isEqualTo(200);
        assertThat(emulator.remainingFaults()).isZero();
    }

    @Test
    void downloadsAreInTheJournalAndMakeNothing() {
        fetch(url(emulator));

        var entries = emulator.journal().entries();
        var download = entries.get(entries.size() - 1);
        assertThat(download.path()).startsWith("/pictures/");
        assertThat(download.key()).isNull();
        assertThat(download.images().accepted()).isZero();
        assertThat(emulator.journal().accepted()).hasSize(1);
    }

    private static String url(RunningEmulator emulator) {
        var client = new TestClient(emulator.token360BaseUrl(), "sk-test");
        return json(client.post("/images/generations", imageRequest("kling-image-o1")))
                .path("data")
                .path(0)
                .path("url")
                .stringValue();
    }
}
