package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.imageRequest;
import static dev.darkroom.emulator.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.journal.Background;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzureTest {

    private static final String V1 = "/v1/images/generations";
    private static final String DEPLOYED = "/deployments/gpt-image-2/images/generations";

    private RunningEmulator emulator;
    private TestClient client;

    @BeforeEach
    void start() {
        emulator = ImageEmulator.create().shrink(64).start();
        client = new TestClient(root(), "sk-test");
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    private URI root() {
        return URI.create(emulator.baseUrl("azure").toString().replace("/v1", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                V1,
                V1 + "?api-version=preview",
                V1 + "?api-version=v1",
                DEPLOYED + "?api-version=2025-04-01-preview",
                "/images/generations?api-version=2025-04-01-preview"
            })
    void aPictureIsMadeWhereverOneMayAskForIt(String route) {
        var answer = client.post(route, imageRequest("gpt-image-2"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).path("data").size()).isEqualTo(1);
        assertThat(answer.headers().firstValue("apim-request-id")).isPresent();
    }

    @Test
    void aDeploymentInThePathNeedsNoModelInTheBody() {
        var body = imageRequest("");
        body.remove("model");

        assertThat(client.post(DEPLOYED + "?api-version=2025-04-01-preview", body)
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        V1 + "?api-version=2025-04-01-preview, 400, BadRequest",
        DEPLOYED + ", 404, 404",
        DEPLOYED + "?api-version=preview, 404, 404",
        "/deployments/nobody/images/generations?api-version=2025-04-01-preview, 404, DeploymentNotFound",
        "/v1/nothing, 404, 404"
    })
    void anythingElseIsNotThere(String route, int status, String code) {
        var answer = client.post(route, imageRequest("gpt-image-2"));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).path("error").path("code").stringValue()).isEqualTo(code);
        assertThat(emulator.journal().accepted()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "api-key, sk-azure, 200",
        "Authorization, Bearer sk-azure, 200",
        "Authorization, Bearer eyJhbGciOi, 200",
        "api-key, nonsense, 401",
        "Authorization, sk-azure, 401"
    })
    void aKeyComesInItsOwnHeaderOrAsABearerAndAnEntraTokenTheLatterWay(String header, String value, int status)
            throws Exception {
        assertThat(post(header, value).statusCode()).isEqualTo(status);
        var entry = emulator.journal().entries().get(0);
        assertThat(entry.headers().get(header.toLowerCase(Locale.ROOT))).isEqualTo("REDACTED");
        assertThat(entry.key()).hasSize(8);
    }

    private HttpResponse<String> post(String header, String value) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(root() + V1))
                .header(header, value)
                .timeout(Deadline.LIMIT)
                .POST(BodyPublishers.ofString(imageRequest("gpt-image-2").toString()))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"webp", "gif", "svg"})
    void onlyPngAndJpegAreDelivered(String format) {
        var answer = client.post(V1, imageRequest("gpt-image-2.6-flare").put("output_format", format));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("error").path("message").stringValue())
                .contains("Supported values are: 'png', and 'jpeg'");
    }

    @Test
    void aFlaggedPromptMeetsTheFilterAndFlaggedImagesTellATimeBeside() {
        var prompt = client.post(V1, imageRequest("gpt-image-2").put("prompt", "gore"));
        emulator.enqueue(Fault.IMAGE_FAILED);
        var images = client.post(V1, imageRequest("gpt-image-2"));

        for (var answer : List.of(prompt, images)) {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(json(answer).path("error").path("code").stringValue()).isEqualTo("contentFilter");
            assertThat(json(answer)
                            .path("error")
                            .path("inner_error")
                            .path("code")
                            .stringValue())
                    .isEqualTo("ResponsibleAIPolicyViolation");
        }
        assertThat(json(prompt).has("created")).isFalse();
        assertThat(json(images).path("created").longValue()).isPositive();
    }

    @Test
    void aStreamIsThatOfOpenAi() {
        var body = client.post(
                        V1, imageRequest("gpt-image-2").put("stream", true).put("partial_images", 2))
                .body();

        assertThat(body.lines().filter(line -> line.startsWith("event: ")))
                .containsExactly(
                        "event: image_generation.partial_image",
                        "event: image_generation.partial_image",
                        "event: image_generation.completed");
    }

    @ParameterizedTest
    @CsvSource({"RATE_LIMIT, 2, 1500", "RATE_LIMIT_MILLIS, , 1500", "OVERLOADED, , 1500", "RATE_LIMIT_SILENT, , "})
    void whenToComeBackIsSaidToTheMillisecond(Fault fault, String seconds, String millis) {
        emulator.enqueue(fault.retryAfter(Duration.ofMillis(1500)));
        var answer = client.post(V1, imageRequest("gpt-image-2"));

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After").orElse(null)).isEqualTo(seconds);
        assertThat(answer.headers().firstValue("x-ms-retry-after-ms").orElse(null))
                .isEqualTo(millis);
    }

    @Test
    void behindTheWallThePictureIsMadeAndBilledThoughNobodyGetsIt() {
        emulator.enqueue(Fault.TWO_MINUTE_WALL.lasting(Duration.ofMillis(20)));
        var answer = client.post(V1, imageRequest("gpt-image-2"));

        assertThat(answer.statusCode()).isEqualTo(408);
        assertThat(json(answer).path("error").path("code").stringValue()).isEqualTo("Timeout");
        Deadline.until(() -> emulator.journal().billed() == 1);
        assertThat(emulator.journal().entries().get(0).background()).isEqualTo(Background.FINISHED);
    }

    @Test
    void aStreamPassesTheWall() {
        emulator.enqueue(Fault.TWO_MINUTE_WALL.lasting(Duration.ofMillis(1)));

        assertThat(client.post(V1, imageRequest("gpt-image-2").put("stream", true))
                        .body())
                .contains("image_generation.completed");
    }
}
