package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.STUDIO;
import static dev.darkroom.emulator.TestClient.imageRequest;
import static dev.darkroom.emulator.TestClient.referring;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeTest {

    private static RunningEmulator emulator;
    private static TestClient client;

    @BeforeAll
    static void start() {
        emulator = ImageEmulator.create().start();
        client = new TestClient(emulator);
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1:1", "1:2", "1:4", "1:8", "2:1", "2:3", "3:2", "3:4", "4:1", "4:3", "4:5", "5:4", "8:1", "9:16",
                "16:9", "9:19.5", "19.5:9", "9:20", "20:9", "9:21", "21:9", "2.35:1", "5:2", "5:7", "7:5"
            })
    void everyListedAspectRatioIsKeptExactly(String ratio) {
        var image = Pixels.decode(client.image(imageRequest(STUDIO)
                .put("aspect_ratio", ratio)
                .put("resolution", "512")
                .put("output_format", "jpeg")));

        var parts = ratio.split(":");
        var across = new BigDecimal(parts[0]).multiply(BigDecimal.valueOf(image.getHeight()));
        var down = new BigDecimal(parts[1]).multiply(BigDecimal.valueOf(image.getWidth()));
        assertThat(across).isEqualByComparingTo(down);
        assertThat(image.getWidth() * image.getHeight()).isBetween(512 * 512 * 85 / 100, 512 * 512 * 115 / 100);
    }

    @ParameterizedTest
    @CsvSource({"512,512", "768,768", "1K,1024", "1.5K,1536", "2K,2048", "4K,4096"})
    void everyListedResolutionIsTheSideOfASquare(String resolution, int side) {
        int shrink = 8; // sixteen million pixels take seconds, and say no more than these
        try (var small = ImageEmulator.create().shrink(shrink).start()) {
            var image = Pixels.decode(new TestClient(small)
                    .image(imageRequest(STUDIO).put("resolution", resolution).put("output_format", "jpeg")));

            assertThat(shrink * image.getWidth()).isEqualTo(side);
            assertThat(shrink * image.getHeight()).isEqualTo(side);
        }
    }

    @ParameterizedTest
    @CsvSource({"64x48,64,48", "48x64,48,64", "512,512,512", "100x30,100,30"})
    void sizeIsTakenAsItIs(String size, int width, int height) {
        var image = Pixels.decode(client.image(imageRequest(STUDIO).put("size", size)));

        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(image.getHeight()).isEqualTo(height);
    }

    @Test
    void aTierCombinesWithAnAspectRatio() {
        var image = Pixels.decode(
                client.image(imageRequest(STUDIO).put("size", "512").put("aspect_ratio", "2:1")));

        assertThat(image.getWidth()).isEqualTo(2 * image.getHeight());
    }

    @Test
    void pixelsMayAgreeWithResolutionAndRatio() {
        var body = imageRequest(STUDIO)
                .put("size", "512x512")
                .put("resolution", "512")
                .put("aspect_ratio", "1:1");

        assertThat(client.post(body).statusCode()).isEqualTo(200);
    }

    @Test
    void autoIsASquareOrTheShapeOfTheReference() {
        var auto = imageRequest(STUDIO).put("resolution", "512").put("aspect_ratio", "auto");
        var square = Pixels.decode(client.image(auto));
        var wide = client.image(imageRequest(STUDIO).put("size", "64x32"));
        var url = "data:image/png;base64," + Base64.getEncoder().encodeToString(wide);
        var followed = Pixels.decode(client.image(referring(auto, url)));

        assertThat(square.getWidth()).isEqualTo(square.getHeight()).isEqualTo(512);
        assertThat(followed.getWidth()).isEqualTo(2 * followed.getHeight());
    }
}
