package dev.darkroom.emulator;

import static dev.darkroom.emulator.Asker.fetch;
import static dev.darkroom.emulator.Asker.json;
import static dev.darkroom.emulator.Asker.order;
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
    private static Asker asker;

    @BeforeAll
    static void start() {
        emulator = ImageEmulator.create().shrink(32).start();
        asker = new Asker(emulator.token360BaseUrl(), "sk-test");
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @Test
    void aGenerationAnswersWithAUrlWhichServesThePicture() {
        var body = json(asker.post(
                GENERATIONS, order("dola-seedream-5.0-lite").put("seed", 7).put("watermark", false)));
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
        var body = json(asker.post(GENERATIONS, order("seedream-4.5").put("response_format", "b64_json")));

        assertThat(Pixels.decode(Asker.decoded(body.path("data").path(0))).getWidth())
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
        var response = asker.post(GENERATIONS, order(model).put(parameter, "1"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error(response).path("param").stringValue()).isEqualTo(parameter);
        assertThat(error(response).path("message").stringValue()).contains("not supported by model " + model);
        assertThat(error(response).path("type").stringValue()).isEqualTo("invalid_request_error");
    }

    @Test
    void aGroupHasAsManyImagesAsThePromptNames() {
        var body =
                order("seedream-4.0").put("sequential_image_generation", "auto").put("prompt", "3 pictures of a fox");

        assertThat(json(asker.post(GENERATIONS, body)).path("data").size()).isEqualTo(3);
    }

    @Test
    void theUrlOfOneModelIsBareBase64AsReported() {
        var body = json(asker.post(GENERATIONS, order("gemini-2.5-flash-image")));

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
        var normal = order("seedream-4.5");
        normal.putArray("reference_images")
                .add(DOT)
                .add("https://example.org/a.png")
                .add("asset://ta_abc123");
        var vendors = order("seedream-4.5");
        vendors.putArray("image").add("https://example.org/a.png");
        var blocked = asker.post(GENERATIONS, vendors);

        assertThat(asker.post(GENERATIONS, normal).statusCode()).isEqualTo(200);
        assertThat(blocked.statusCode()).isEqualTo(403);
        assertThat(blocked.headers().firstValue("Content-Type")).contains("text/html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "1", "yes", "ON"})
    void nativeParametersLetTheVendorsBodyThrough(String value) {
        var body = order("seedream-4.5").put("size", "4K").put("sequential_image_generation", "auto");
        body.putObject("sequential_image_generation_options").put("max_images", 2);
        body.putArray("image").add(DOT);
        var response = asker.post(GENERATIONS, body, "Token360-Native-Params", value);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(json(response).path("data").size()).isEqualTo(2);
    }

    @Test
    void nativeParametersHaveTheVendorsLimits() {
        var small =
                asker.post(GENERATIONS, order("seedream-4.5").put("size", "1024x1024"), "Token360-Native-Params", "1");
        var other = asker.post(GENERATIONS, order("glm-image"), "Token360-Native-Params", "1");
        var empty = asker.post(GENERATIONS, Asker.parse("{}"), "Token360-Native-Params", "1");

        assertThat(error(small).path("message").stringValue()).contains("at least 3686400 pixels");
        assertThat(error(other).path("message").stringValue()).contains("not supported for model glm-image");
        assertThat(error(empty).path("message").stringValue()).contains("non-empty JSON object");
    }

    @Test
    void aLargeBodyIsRefusedByTheLoadBalancer() {
        var response = asker.post(GENERATIONS, order("seedream-4.5").put("user", "u".repeat(1 << 20)));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).startsWith("<html>");
    }

    @Test
    @NeedsMaterial
    void errorsHaveThePrintedShape() {
        var response = asker.withKey("nonsense").post(GENERATIONS, order("seedream-4.5"));

        assertThat(response.statusCode()).isEqualTo(401);
        Recorded.file("token360-documented/error-401.doc.json")
                .ifPresent(printed -> assertThat(json(response)).isEqualTo(printed));
        assertThat(error(asker.post(GENERATIONS, order("nothing"))).path("type").stringValue())
                .isEqualTo("model_not_found");
        assertThat(asker.withKey("sk-emulator-broke")
                        .post(GENERATIONS, order("seedream-4.5"))
                        .statusCode())
                .isEqualTo(402);
        assertThat(asker.post("/images/edits", order("seedream-4.5")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aRateLimitHasNoHintUnlessAskedFor() {
        emulator.enqueue(Fault.RATE_LIMIT.once(), Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(3)));
        var silent = asker.post(GENERATIONS, order("seedream-4.5"));
        var told = asker.post(GENERATIONS, order("seedream-4.5"));

        assertThat(silent.statusCode()).isEqualTo(429);
        assertThat(error(silent).path("type").stringValue()).isEqualTo("rate_limit_error");
        assertThat(silent.headers().firstValue("Retry-After")).isEmpty();
        assertThat(told.headers().firstValue("Retry-After")).contains("3");
    }

    @Test
    void oneImageOfSeveralCanFail() {
        emulator.enqueue(Fault.IMAGE_FAILED.after(1));
        var data = json(asker.post(GENERATIONS, order("kling-image-o1").put("n", 3)))
                .path("data");

        assertThat(data.size()).isEqualTo(3);
        assertThat(data.path(1).has("error")).isTrue();
        assertThat(data.path(2).has("url")).isTrue();
    }

    private static String url() {
        return json(asker.post(GENERATIONS, order("kling-image-o1").put("size", "512x512")))
                .path("data")
                .path(0)
                .path("url")
                .stringValue();
    }

    private static JsonNode error(HttpResponse<String> response) {
        return json(response).path("error");
    }
}
