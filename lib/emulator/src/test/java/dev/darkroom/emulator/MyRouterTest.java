package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.fetch;
import static dev.darkroom.emulator.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.testsupport.NeedsMaterial;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class MyRouterTest {

    private static final String NEW = "/seedream-4.5";
    private static final String OLD = "/seedream-4.0";
    private static final String GIF = "data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=";

    private static RunningEmulator emulator;
    private static TestClient client;

    @BeforeAll
    static void start() {
        emulator = ImageEmulator.create().shrink(64).start();
        client = new TestClient(emulator.myRouterBaseUrl(), "sk-test");
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @Test
    void theAnswerIsAListOfUrlsAndNothingElse() {
        var body = json(client.post(NEW, prompt("a fox").put("watermark", false).put("unheard_of", 1)));

        assertThat(body.propertyNames()).containsExactly("images");
        assertThat(fetch(body.path("images").path(0).stringValue()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void theListCanHoldObjectsOfEitherKind() {
        emulator.enqueue(Fault.IMAGE_URL_OBJECTS, Fault.URL_OBJECTS, Fault.DATA_URL);

        assertThat(json(client.post(NEW, prompt("a fox")))
                        .path("images")
                        .path(0)
                        .path("image_url")
                        .stringValue())
                .startsWith("http://");
        assertThat(json(client.post(NEW, prompt("a fox")))
                        .path("images")
                        .path(0)
                        .path("url")
                        .stringValue())
                .startsWith("http://");
        assertThat(json(client.post(NEW, prompt("a fox")))
                        .path("images")
                        .path(0)
                        .stringValue())
                .startsWith("data:image/jpeg;base64,");
    }

    @Test
    void theNewerModelHasItsMostImagesAmongTheOptions() {
        var body = prompt("a fox").put("sequential_image_generation", "auto");
        body.putObject("sequential_image_generation_options").put("max_images", 4);

        assertThat(json(client.post(NEW, body)).path("images").size()).isEqualTo(4);
    }

    @Test
    void theOlderModelHasItsMostImagesAtTheTop() {
        var body = prompt("a fox").put("sequential_image_generation", "auto").put("max_images", 3);

        assertThat(json(client.post(OLD, body)).path("images").size()).isEqualTo(3);
    }

    @Test
    void theNewerModelCallsItsReferencesImage() {
        var body = prompt("a fox");
        body.putArray("image").add(GIF).add("https://e.org/a.png");
        var many = prompt("a fox");
        for (int i = 0; i < 15; i++) {
            many.withArray("image").add("https://e.org/" + i + ".png");
        }

        assertThat(client.post(NEW, body).statusCode()).isEqualTo(200);
        assertThat(client.post(NEW, many).body())
                .contains("INVALID_IMAGE_FORMAT")
                .contains("at most 14");
    }

    @ParameterizedTest
    @CsvSource({"40, 20, 200, ''", "90, 20, 400, INVALID_IMAGE_SIZE", "20, 10, 400, INVALID_IMAGE_SIZE"})
    void theOlderModelCallsThemImagesAndIsStricter(int width, int height, int status, String reason) throws Exception {
        var body = prompt("a fox");
        body.putArray("images").add(png(width, height));
        var response = client.post(OLD, body);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).path("reason").asString("")).isEqualTo(reason);
    }

    @Test
    void theOlderModelTakesJpegAndPngOnly() {
        var body = prompt("a fox");
        body.putArray("images").add(GIF);

        assertThat(reason(client.post(OLD, body))).isEqualTo("INVALID_IMAGE_FORMAT");
    }

    @Test
    void sizesAreThoseOfTheModel() {
        assertThat(reason(client.post(NEW, prompt("a fox").put("size", "1K")))).isEqualTo("INVALID_IMAGE_SIZE");
        assertThat(client.post(OLD, prompt("a fox").put("size", "1K")).statusCode())
                .isEqualTo(200);
        assertThat(client.post(NEW, prompt("a fox").put("size", "1024x1024")).body())
                .contains("at least 3686400 pixels");
    }

    @Test
    void thePathIsTheModel() {
        assertThat(reason(client.post("/seedream-9", prompt("a fox")))).isEqualTo("API_NOT_FOUND");
    }

    @Test
    @NeedsMaterial
    void errorsAreFlat() {
        var missing = client.withKey("").post(NEW, prompt("a fox"));
        var wrong = client.withKey("nonsense").post(NEW, prompt("a fox"));
        var poor = client.withKey("sk-emulator-broke").post(NEW, prompt("a fox"));
        var limited = client.withKey("sk-emulator-limited").post(NEW, prompt("a fox"));
        var empty = client.post(NEW, prompt(" "));

        assertThat(missing.statusCode()).isEqualTo(400);
        assertThat(reason(missing)).isEqualTo("MISSING_API_KEY");
        assertThat(wrong.statusCode()).isEqualTo(403);
        assertThat(reason(wrong)).isEqualTo("INVALID_API_KEY");
        assertThat(poor.statusCode()).isEqualTo(400);
        assertThat(reason(poor)).isEqualTo("BILLING_BALANCE_NOT_ENOUGH");
        assertThat(limited.statusCode()).isEqualTo(403);
        assertThat(reason(limited)).isEqualTo("NOT_ENOUGH_BALANCE");
        Recorded.file("novita-family/error-400.observed-llm.json").ifPresent(observed -> {
            assertThat(json(empty).propertyNames()).containsExactlyElementsOf(observed.propertyNames());
            assertThat(json(empty).path("reason")).isEqualTo(observed.path("reason"));
        });
    }

    @Test
    void quotasCountImages() {
        try (var limited =
                ImageEmulator.create().shrink(64).quota(4, Duration.ofHours(1)).start()) {
            var other = new TestClient(limited.myRouterBaseUrl(), "sk-test");
            var group = prompt("3 pictures of a fox").put("sequential_image_generation", "auto");
            assertThat(other.post(OLD, group).statusCode()).isEqualTo(200);
            var refused = other.post(OLD, group);

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(reason(refused)).isEqualTo("RATE_LIMIT_EXCEEDED");
        }
    }

    @Test
    void aGroupCanComeOneShort() {
        emulator.enqueue(Fault.IMAGE_FAILED.after(0), Fault.IMAGE_FAILED.after(0));
        var group = prompt("3 pictures of a fox").put("sequential_image_generation", "auto");

        assertThat(json(client.post(OLD, group)).path("images").size()).isEqualTo(2);
        assertThat(reason(client.post(OLD, prompt("a fox")))).isEqualTo("ILLEGAL_IMAGE_CONTENT");
    }

    private static ObjectNode prompt(String prompt) {
        return TestClient.JSON.createObjectNode().put("prompt", prompt);
    }

    private static String reason(HttpResponse<String> response) {
        return json(response).path("reason").asString("");
    }

    private static String png(int width, int height) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", bytes);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
