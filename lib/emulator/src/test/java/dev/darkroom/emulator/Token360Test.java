package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.fetch;
import static dev.darkroom.emulator.TestClient.imageRequest;
import static dev.darkroom.emulator.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.testsupport.NeedsMaterial;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class Token360Test {

    private static final String GENERATIONS = "/images/generations";
    private static final String DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=";

    private static RunningEmulator emulator;
    private static TestClient client;

    @BeforeAll
    static void start() {
        emulator = ImageEmulator.create().shrink(32).start();
        client = new TestClient(emulator.token360BaseUrl(), "sk-test");
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @Test
    void aGenerationAnswersWithAUrlWhichServesThePicture() {
        var body = json(client.post(
                GENERATIONS,
                imageRequest("dola-seedream-5.0-lite").put("seed", 7).put("watermark", false)));
        var url = body.path("data").path(0).path("url").stringValue();
        var picture = fetch(url);

        assertThat(body.propertyNames()).containsExactly("created", "data");
        assertThat(url).startsWith("http://127.0.0.1:" + emulator.port() + "/pictures/");
        assertThat(picture.statusCode()).isEqualTo(200);
        assertThat(picture.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(Pixels.decode(picture.body()).getWidth()).isEqualTo(2048 / 32);
    }

    @Test
    void aModelWhichKnowsResponseFormatAnswersInBase64() {
        var body = json(client.post(GENERATIONS, imageRequest("seedream-4.5").put("response_format", "b64_json")));

        assertThat(Pixels.decode(TestClient.decoded(body.path("data").path(0))).getWidth())
                .isEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource({
        "dola-seedream-5.0-lite, n",
        "dola-seedream-5.0-lite, response_format",
        "seedream-4.5, size",
        "kling-image-o1, seed",
        "nano-banana-pro, n",
        "glm-image, quality"
    })
    void aParameterWhichTheModelDoesNotListIsRefused(String model, String parameter) {
        var response = client.post(GENERATIONS, imageRequest(model).put(parameter, "1"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error(response).path("param").stringValue()).isEqualTo(parameter);
        assertThat(error(response).path("message").stringValue()).contains("not supported by model " + model);
        assertThat(error(response).path("type").stringValue()).isEqualTo("invalid_request_error");
    }

    @Test
    void aGroupHasAsManyImagesAsThePromptNames() {
        var body = imageRequest("seedream-4.0")
                .put("sequential_image_generation", "auto")
                .put("prompt", "3 pictures of a fox");

        assertThat(json(client.post(GENERATIONS, body)).path("data").size()).isEqualTo(3);
    }

    @Test
    void theUrlOfOneModelIsBareBase64AsReported() {
        var body = json(client.post(GENERATIONS, imageRequest("gemini-2.5-flash-image")));

        assertThat(body.path("data").path(0).path("url").stringValue()).startsWith("iVBOR");
    }

    @Test
    void urlFieldsCanBeOdd() {
        emulator.enqueue(Fault.DATA_URL, Fault.BASE64_IN_URL, Fault.EXPIRED_URL);

        assertThat(url()).startsWith("data:image/png;base64,iVBOR");
        assertThat(url()).startsWith("iVBOR");
        assertThat(fetch(url()).statusCode()).isEqualTo(403);
    }

    @Test
    void referencesGoByTheNormalisedNameOnly() {
        var normal = imageRequest("seedream-4.5");
        normal.putArray("reference_images")
                .add(DOT)
                .add("https://example.org/a.png")
                .add("asset://ta_abc123");
        var vendors = imageRequest("seedream-4.5");
        vendors.putArray("image").add("https://example.org/a.png");
        var blocked = client.post(GENERATIONS, vendors);

        assertThat(client.post(GENERATIONS, normal).statusCode()).isEqualTo(200);
        assertThat(blocked.statusCode()).isEqualTo(403);
        assertThat(blocked.headers().firstValue("Content-Type")).contains("text/html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "1", "yes", "ON"})
    void nativeParametersLetTheVendorsBodyThrough(String value) {
        var body = imageRequest("seedream-4.5").put("size", "4K").put("sequential_image_generation", "auto");
        body.putObject("sequential_image_generation_options").put("max_images", 2);
        body.putArray("image").add(DOT);
        var response = client.post(GENERATIONS, body, "Token360-Native-Params", value);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(json(response).path("data").size()).isEqualTo(2);
    }

    @Test
    void nativeParametersHaveTheVendorsLimits() {
        var small = client.post(
                GENERATIONS, imageRequest("seedream-4.5").put("size", "1024x1024"), "Token360-Native-Params", "1");
        var other = client.post(GENERATIONS, imageRequest("glm-image"), "Token360-Native-Params", "1");
        var empty = client.post(GENERATIONS, TestClient.parse("{}"), "Token360-Native-Params", "1");

        assertThat(error(small).path("message").stringValue()).contains("at least 3686400 pixels");
        assertThat(error(other).path("message").stringValue()).contains("not supported for model glm-image");
        assertThat(error(empty).path("message").stringValue()).contains("non-empty JSON object");
    }

    @Test
    void aLargeBodyIsRefusedByTheLoadBalancer() {
        var response = client.post(GENERATIONS, imageRequest("seedream-4.5").put("user", "u".repeat(1 << 20)));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).startsWith("<html>");
    }

    @Test
    @NeedsMaterial
    void errorsHaveThePrintedShape() {
        var response = client.withKey("nonsense").post(GENERATIONS, imageRequest("seedream-4.5"));

        assertThat(response.statusCode()).isEqualTo(401);
        Recorded.file("token360-documented/error-401.doc.json")
                .ifPresent(printed -> assertThat(json(response)).isEqualTo(printed));
        assertThat(error(client.post(GENERATIONS, imageRequest("nothing")))
                        .path("type")
                        .stringValue())
                .isEqualTo("model_not_found");
        assertThat(client.withKey("sk-emulator-broke")
                        .post(GENERATIONS, imageRequest("seedream-4.5"))
                        .statusCode())
                .isEqualTo(402);
        assertThat(client.post("/images/edits", imageRequest("seedream-4.5")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aRateLimitHasNoHintUnlessAskedFor() {
        emulator.enqueue(Fault.RATE_LIMIT.once(), Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(3)));
        var silent = client.post(GENERATIONS, imageRequest("seedream-4.5"));
        var told = client.post(GENERATIONS, imageRequest("seedream-4.5"));

        assertThat(silent.statusCode()).isEqualTo(429);
        assertThat(error(silent).path("type").stringValue()).isEqualTo("rate_limit_error");
        assertThat(silent.headers().firstValue("Retry-After")).isEmpty();
        assertThat(told.headers().firstValue("Retry-After")).contains("3");
    }

    @Test
    void oneImageOfSeveralCanFail() {
        emulator.enqueue(Fault.IMAGE_FAILED.after(1));
        var data = json(client.post(GENERATIONS, imageRequest("kling-image-o1").put("n", 3)))
                .path("data");

        assertThat(data.size()).isEqualTo(3);
        assertThat(data.path(1).has("error")).isTrue();
        assertThat(data.path(2).has("url")).isTrue();
    }

    private static String url() {
        return json(client.post(GENERATIONS, imageRequest("kling-image-o1").put("size", "512x512")))
                .path("data")
                .path(0)
                .path("url")
                .stringValue();
    }

    private static JsonNode error(HttpResponse<String> response) {
        return json(response).path("error");
    }
}
