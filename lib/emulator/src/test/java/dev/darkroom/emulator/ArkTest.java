package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.data;
import static dev.darkroom.emulator.TestClient.fetch;
import static dev.darkroom.emulator.TestClient.imageRequest;
import static dev.darkroom.emulator.TestClient.json;
import static dev.darkroom.emulator.TestClient.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.testsupport.NeedsMaterial;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.scheduler.VirtualTimeScheduler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ArkTest {

    private static final String GENERATIONS = "/images/generations";
    private static final String MODEL = "seedream-4-5-251128";

    private static RunningEmulator emulator;
    private static TestClient client;

    @BeforeAll
    static void start() {
        emulator = ImageEmulator.create().shrink(64).start();
        client = new TestClient(emulator.arkBaseUrl(), "sk-test");
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @Test
    void aDocumentHasUrlsSizesAndTheBill() {
        var body = json(client.post(GENERATIONS, group(3).put("size", "2496x1664")));

        assertThat(body.path("model").stringValue()).isEqualTo("seedream-4-5");
        assertThat(body.path("data").size()).isEqualTo(3);
        var image = body.path("data").path(0);
        assertThat(image.path("size").stringValue()).isEqualTo("2496x1664");
        assertThat(fetch(image.path("url").stringValue()).headers().firstValue("Content-Type"))
                .contains("image/jpeg");
        assertThat(body.path("usage").path("generated_images").intValue()).isEqualTo(3);
        assertThat(body.path("usage").path("output_tokens").intValue()).isEqualTo(48672);
    }

    @Test
    @NeedsMaterial
    void aStreamHasTheDocumentedEvents() {
        var stream = client.post(GENERATIONS, group(3).put("size", "2496x1664").put("stream", true));

        Recorded.text("seedream-documented/stream.normalised-from-docs.sse.txt").ifPresent(documented -> {
            assertThat(shape(stream.body())).isEqualTo(shape(documented));
            assertThat(events(stream).get(3).path("usage"))
                    .isEqualTo(parse(data(documented).get(3)).path("usage"));
        });
        assertThat(events(stream))
                .extracting(event -> event.path("image_index").asInt(-1))
                .containsExactly(0, 1, 2, -1);
        assertThat(events(stream).get(0).path("model").stringValue()).isEqualTo(MODEL);
        assertThat(stream.body()).endsWith("data: [DONE]\n\n");
    }

    @Test
    void imagesCanBeStreamedInBase64() {
        var events = events(
                client.post(GENERATIONS, imageRequest(MODEL).put("stream", true).put("response_format", "b64_json")));

        assertThat(Pixels.decode(TestClient.decoded(events.get(0))).getWidth()).isEqualTo(32);
        assertThat(events.get(1).has("b64_json")).isFalse();
    }

    @Test
    void theHeadOfAStreamComesWithItsFirstImage() throws Exception {
        var time = VirtualTimeScheduler.create();
        try (var slow = ImageEmulator.create()
                        .shrink(64)
                        .time(time)
                        .latency(Duration.ofSeconds(27))
                        .start();
                var socket = RawTestClient.open(
                        slow,
                        "/ark/api/v3/images/generations",
                        imageRequest(MODEL).put("stream", true))) {
            var first = RawTestClient.firstWords(socket, time, "partial_succeeded");

            assertThat(first.text()).startsWith("HTTP/1.1 200 OK").contains("partial_succeeded");
            assertThat(first.seconds()).isGreaterThanOrEqualTo(27);
        } finally {
            time.dispose();
        }
    }

    @Test
    void aWrongParameterOfAStreamIsAnOrdinaryRefusal() {
        var response =
                client.post(GENERATIONS, imageRequest(MODEL).put("stream", true).put("size", "1024x1024"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error(response).path("message").stringValue())
                .startsWith("The parameter `size` specified in the request is not valid: image size must be at least"
                        + " 3686400 pixels. Request id: ");
        assertThat(error(response).path("code").stringValue()).isEqualTo("InvalidParameter");
    }

    @ParameterizedTest
    @CsvSource({
        "seedream-4-5-251128, 1K, is not supported for model seedream-4-5",
        "seedream-4-0-250828, 3K, is not supported for model seedream-4-0",
        "doubao-seedream-5-0-pro-260628, 4096x4096, must be at most 4624220 pixels",
        "seedream-4-0-250828, 8192x128, must be between 1/16 and 16"
    })
    void eachVersionHasItsSizes(String model, String size, String words) {
        assertThat(error(client.post(GENERATIONS, imageRequest(model).put("size", size)))
                        .path("message")
                        .stringValue())
                .contains(words);
    }

    @Test
    void theProVersionNeitherStreamsNorMakesGroups() {
        var stream = client.post(
                GENERATIONS, imageRequest("dola-seedream-5-0-pro-260628").put("stream", true));
        var disabled = client.post(
                GENERATIONS,
                imageRequest("dola-seedream-5-0-pro-260628").put("sequential_image_generation", "disabled"));

        assertThat(stream.statusCode()).isEqualTo(400);
        assertThat(error(stream).path("param").stringValue()).isEqualTo("stream");
        assertThat(disabled.statusCode()).isEqualTo(400);
        assertThat(client.post(GENERATIONS, imageRequest("dola-seedream-5-0-pro-260628"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void referencesAndImagesAreFifteenTogether() {
        var many = group(13);
        many.putArray("image")
                .add("https://e.org/a.png")
                .add("https://e.org/b.png")
                .add("https://e.org/c.png");
        var one = imageRequest(MODEL).put("image", "https://e.org/a.png");

        assertThat(error(client.post(GENERATIONS, many)).path("message").stringValue())
                .contains("must not exceed 15");
        assertThat(client.post(GENERATIONS, one).statusCode()).isEqualTo(200);
        assertThat(client.post(GENERATIONS, group(16)).statusCode()).isEqualTo(400);
    }

    @Test
    @NeedsMaterial
    void oneFailedImageLeavesItsSiblingsAlone() {
        emulator.enqueue(Fault.IMAGE_FAILED.after(1), Fault.IMAGE_FAILED.after(1));
        var stream = events(client.post(GENERATIONS, group(3).put("stream", true)));
        var document = json(client.post(GENERATIONS, group(3)));

        assertThat(types(stream))
                .containsExactly("partial_succeeded", "partial_failed", "partial_succeeded", "completed");
        Recorded.file("seedream-documented/partial_failed.doc.json").ifPresent(documented -> {
            assertThat(Recorded.fields(stream.get(1))).isEqualTo(Recorded.fields(documented));
            assertThat(stream.get(1).path("error").path("code"))
                    .isEqualTo(documented.path("error").path("code"));
        });
        assertThat(document.path("data").path(1).path("error").path("code").stringValue())
                .isEqualTo("OutputImageSensitiveContentDetected");
        assertThat(document.path("usage").path("generated_images").intValue()).isEqualTo(2);
    }

    @Test
    void anErrorOfTheServerStopsTheRest() {
        emulator.enqueue(Fault.IMAGES_STOPPED.after(1));
        var stream = events(client.post(GENERATIONS, group(3).put("stream", true)));

        assertThat(types(stream)).containsExactly("partial_succeeded", "partial_failed", "completed");
        assertThat(stream.get(1).path("error").path("code").stringValue()).isEqualTo("InternalServiceError");
        assertThat(stream.get(2).path("usage").path("generated_images").intValue())
                .isEqualTo(1);
    }

    @Test
    void anErrorStandsAloneOnlyIfNothingWasMade() {
        emulator.enqueue(Fault.IMAGE_FAILED, Fault.IMAGE_FAILED);
        var document = client.post(GENERATIONS, imageRequest(MODEL));
        var stream = client.post(GENERATIONS, imageRequest(MODEL).put("stream", true));

        assertThat(document.statusCode()).isEqualTo(400);
        assertThat(error(document).path("code").stringValue()).isEqualTo("OutputImageSensitiveContentDetected");
        assertThat(types(events(stream))).containsExactly("partial_failed", "");
    }

    @Test
    @NeedsMaterial
    void aFatalErrorHasNoTypeAndNoEventLine() {
        emulator.enqueue(Fault.ERROR_EVENT);
        var stream = client.post(GENERATIONS, imageRequest(MODEL).put("stream", true));

        assertThat(stream.body()).startsWith("data: {\"error\":{\"code\":\"InternalServiceError\"");
        Recorded.file("seedream-documented/stream-error.doc.json")
                .ifPresent(documented ->
                        assertThat(Recorded.fields(events(stream).get(0))).isEqualTo(Recorded.fields(documented)));
    }

    @Test
    @NeedsMaterial
    void keysAreRefusedAsMeasured() {
        var response = client.withKey("nonsense").post(GENERATIONS, imageRequest(MODEL));

        assertThat(response.statusCode()).isEqualTo(401);
        Recorded.file("seedream-documented/error-401.observed.json").ifPresent(observed -> {
            assertThat(Recorded.fields(json(response))).isEqualTo(Recorded.fields(observed));
            assertThat(error(response).path("code"))
                    .isEqualTo(observed.path("error").path("code"));
        });
    }

    @Test
    void quotasCountImages() {
        try (var limited =
                ImageEmulator.create().shrink(64).quota(4, Duration.ofHours(1)).start()) {
            var other = new TestClient(limited.arkBaseUrl(), "sk-test");
            assertThat(other.post(GENERATIONS, group(3)).statusCode()).isEqualTo(200);
            var refused = other.post(GENERATIONS, group(2));

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(error(refused).path("code").stringValue()).isEqualTo("ModelAccountIpmRateLimitExceeded");
            assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
        }
    }

    private static ObjectNode group(int images) {
        var body = imageRequest(MODEL).put("sequential_image_generation", "auto");
        body.putObject("sequential_image_generation_options").put("max_images", images);
        return body;
    }

    /** Field names in order, event by event, with the lines around them. */
    private static List<String> shape(String stream) {
        return stream.strip()
                .lines()
                .map(line -> line.startsWith("data: {")
                        ? parse(line.substring(6)).propertyNames().toString()
                        : line)
                .toList();
    }

    private static List<JsonNode> events(HttpResponse<String> response) {
        return data(response.body()).stream()
                .filter(line -> !line.equals("[DONE]"))
                .map(TestClient::parse)
                .toList();
    }

    private static List<String> types(List<JsonNode> events) {
        return events.stream()
                .map(event -> event.path("type").asString("").replace("image_generation.", ""))
                .toList();
    }

    private static JsonNode error(HttpResponse<String> response) {
        return json(response).path("error");
    }
}
