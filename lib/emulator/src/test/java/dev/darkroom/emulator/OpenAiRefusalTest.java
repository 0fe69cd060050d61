package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.testsupport.NeedsMaterial;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class OpenAiRefusalTest {

    private static final String GENERATIONS = "/images/generations";
    private static final String EDITS = "/images/edits";

    private static RunningEmulator emulator;
    private static TestClient client;

    @BeforeAll
    static void start() {
        emulator = ImageEmulator.create().shrink(16).start();
        client = new TestClient(emulator.openAiBaseUrl(), "sk-test");
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    static Stream<Arguments> brokenRules() {
        return Stream.of(
                rule(
                        "no prompt",
                        body -> body.remove("prompt"),
                        "missing_required_parameter",
                        "Missing required parameter: 'prompt'."),
                rule(
                        "an empty prompt",
                        body -> body.put("prompt", ""),
                        "empty_string",
                        "Invalid 'prompt': empty string"),
                rule(
                        "a long prompt",
                        body -> body.put("prompt", "x".repeat(32_001)),
                        "string_above_max_length",
                        "maximum length 32000"),
                rule(
                        "a numeric prompt",
                        body -> body.put("prompt", 7),
                        "invalid_type",
                        "Invalid type for 'prompt': expected a string, but got a number instead."),
                rule("a seed", body -> body.put("seed", 7), "unknown_parameter", "Unknown parameter: 'seed'."),
                rule(
                        "eleven images",
                        body -> body.put("n", 11),
                        "integer_above_max_value",
                        "Invalid 'n': integer above maximum value. Expected a value <= 10, but got 11 instead."),
                rule(
                        "no image",
                        body -> body.put("n", 0),
                        "integer_below_min_value",
                        "Expected a value >= 1, but got 0"),
                rule(
                        "half an image",
                        body -> body.put("n", 1.5),
                        "invalid_type",
                        "expected an integer, but got a decimal number"),
                rule(
                        "an unknown quality",
                        body -> body.put("quality", "hd"),
                        "invalid_value",
                        "Invalid value: 'hd'. Supported values are: 'low', 'medium', 'high', and 'auto'."),
                rule(
                        "an unknown format",
                        body -> body.put("output_format", "gif"),
                        "invalid_value",
                        "'png', 'jpeg', and 'webp'"),
                rule(
                        "an odd size",
                        body -> body.put("size", "1000x1000"),
                        "invalid_value",
                        "Invalid size '1000x1000'. Width and height must be divisible by 16."),
                rule("a small size", body -> body.put("size", "512x512"), "invalid_value", "minimum pixel budget"),
                rule("a steep size", body -> body.put("size", "3072x512"), "invalid_value", "between 1:3 and 3:1"),
                rule("a long size", body -> body.put("size", "4096x2048"), "invalid_value", "at most 3840"),
                rule("a large size", body -> body.put("size", "3840x3840"), "invalid_value", "maximum pixel budget"),
                rule("a word for a size", body -> body.put("size", "2K"), "invalid_value", "Expected WIDTHxHEIGHT"),
                rule(
                        "a transparent background",
                        body -> body.put("background", "transparent"),
                        "invalid_value",
                        "Transparent background is not supported for this model."),
                rule(
                        "a fourth preview",
                        body -> body.put("stream", true).put("partial_images", 4),
                        "integer_above_max_value",
                        "Expected a value <= 3"),
                rule(
                        "previews without a stream",
                        body -> body.put("partial_images", 1),
                        "invalid_value",
                        "only supported when 'stream' is true"),
                rule(
                        "a compressed png",
                        body -> body.put("output_compression", 50),
                        "invalid_png_output_compression",
                        "not supported for PNG"),
                rule(
                        "another moderation",
                        body -> body.put("moderation", "none"),
                        "invalid_value",
                        "'low', and 'auto'"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenRules")
    void aBrokenRuleIsRefusedInTheVendorsWords(String what, Consumer<ObjectNode> change, String code, String words) {
        var body = TestClient.imageRequest("gpt-image-2");
        change.accept(body);
        var response = client.post(GENERATIONS, body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error(response).path("code").stringValue()).isEqualTo(code);
        assertThat(error(response).path("message").stringValue()).contains(words);
        assertThat(error(response).path("type").stringValue()).isEqualTo("invalid_request_error");
    }

    private static Arguments rule(String what, Consumer<ObjectNode> change, String code, String words) {
        return Arguments.of(what, change, code, words);
    }

    @Test
    @NeedsMaterial
    void aResponseFormatIsRefusedInTheRecordedWords() {
        var response =
                client.post(GENERATIONS, TestClient.imageRequest("gpt-image-2").put("response_format", "b64_json"));

        Recorded.file("openai-recorded/vercel-gpt-image-response-format-error.json")
                .ifPresent(recorded -> assertThat(json(response)).isEqualTo(recorded));
    }

    @Test
    void aClassicModelKnowsThreeSizes() {
        var response = client.post(
                GENERATIONS, TestClient.imageRequest("gpt-image-1-mini").put("size", "2048x2048"));

        assertThat(error(response).path("message").stringValue())
                .isEqualTo(
                        "Invalid value: '2048x2048'. Supported values are: '1024x1024', '1024x1536', '1536x1024', and"
                                + " 'auto'.");
        assertThat(error(response).path("param").stringValue()).isEqualTo("size");
    }

    @Test
    void aModelWhichWasShutDownIsNotFound() {
        assertThat(client.post(GENERATIONS, TestClient.imageRequest("gpt-image-1"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(error(client.post(GENERATIONS, TestClient.imageRequest("dall-e-3")))
                        .path("code")
                        .stringValue())
                .isEqualTo("model_not_found");
    }

    @Test
    @NeedsMaterial
    void keysAreCheckedInTheRecordedShape() {
        var missing = client.withKey("").post(GENERATIONS, TestClient.imageRequest("gpt-image-2"));
        var wrong = client.withKey("nonsense").post(GENERATIONS, TestClient.imageRequest("gpt-image-2"));

        assertThat(missing.statusCode()).isEqualTo(401);
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"OpenAI API\"");
        assertThat(wrong.body()).doesNotContain("nonsense");
        Recorded.file("openai-recorded/dotnet-GenerateImageCanParseServiceError.json")
                .ifPresent(recording -> {
                    var recorded = recording.path("Entries").path(0).path("ResponseBody");
                    assertThat(Recorded.fields(json(wrong))).isEqualTo(Recorded.fields(recorded));
                    assertThat(error(wrong).path("code"))
                            .isEqualTo(recorded.path("error").path("code"));
                });
    }

    @Test
    void anEditNeedsReadableImagesOfAKnownType() {
        var form = new Multipart().field("prompt", "night");
        var octets = new Multipart()
                .field("prompt", "night")
                .file("image", "a.png", "application/octet-stream", new byte[9]);
        var broken = new Multipart().field("prompt", "night").file("image", "a.png", "image/png", new byte[9]);

        assertThat(error(client.post(EDITS, form)).path("code").stringValue()).isEqualTo("missing_required_parameter");
        assertThat(error(client.post(EDITS, octets)).path("code").stringValue()).isEqualTo("unsupported_file_mimetype");
        assertThat(error(client.post(EDITS, octets)).path("message").stringValue())
                .isEqualTo("Invalid file 'image[0]': unsupported mimetype ('application/octet-stream'). Supported file"
                        + " formats are 'image/jpeg', 'image/png', and 'image/webp'.");
        assertThat(error(client.post(EDITS, broken)).path("code").stringValue()).isEqualTo("invalid_image_file");
        assertThat(error(client.post(EDITS, TestClient.imageRequest("gpt-image-2")))
                        .path("param")
                        .stringValue())
                .isEqualTo("images");
    }

    @ParameterizedTest
    @CsvSource({
        "sk-emulator-broke, 400, billing_hard_limit_reached",
        "sk-emulator-limited, 403, ",
        "sk-test, 400, moderation_blocked"
    })
    void keysAndPromptsWithAMeaningMeetTheVendorsErrors(String key, int status, String code) {
        var body = TestClient.imageRequest("gpt-image-2").put("prompt", key.equals("sk-test") ? "gore" : "a fox");
        var response = client.withKey(key).post(GENERATIONS, body);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(error(response).path("code").asString(null)).isEqualTo(code);
    }

    @Test
    void aRateLimitSaysInWordsWhenToComeBack() {
        emulator.enqueue(
                Fault.RATE_LIMIT.once(),
                Fault.RATE_LIMIT.retryAfter(Duration.ofMillis(1500)),
                Fault.RATE_LIMIT_MILLIS.retryAfter(Duration.ofMillis(240)),
                Fault.RATE_LIMIT_SILENT.once(),
                Fault.SPENT_QUOTA.once());
        var plain = post();
        var told = post();
        var millis = post();
        var silent = post();
        var spent = post();

        assertThat(error(plain).path("message").stringValue())
                .startsWith("Rate limit reached for gpt-image-2")
                .contains("on input-images per min: Limit 20, Used 20, Requested 1. Please try again in 1s.");
        assertThat(plain.headers().firstValue("Retry-After")).isEmpty();
        assertThat(told.headers().firstValue("Retry-After")).contains("2");
        assertThat(error(told).path("message").stringValue()).contains("try again in 1.5s");
        assertThat(millis.headers().firstValue("retry-after-ms")).contains("240");
        assertThat(error(millis).path("message").stringValue()).contains("try again in 240ms");
        assertThat(error(silent).path("message").stringValue()).doesNotContain("try again");
        assertThat(spent.statusCode()).isEqualTo(429);
        assertThat(error(spent).path("code").stringValue()).isEqualTo("insufficient_quota");
    }

    @Test
    void quotasCountImagesAndReferences() {
        try (var limited =
                ImageEmulator.create().shrink(16).quota(5, Duration.ofHours(1)).start()) {
            var other = new TestClient(limited.openAiBaseUrl(), "sk-test");

            assertThat(other.post(GENERATIONS, OpenAiTest.studio().put("n", 4)).statusCode())
                    .isEqualTo(200);
            var refused = other.post(GENERATIONS, OpenAiTest.studio().put("n", 2));
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(error(refused).path("message").stringValue()).contains("Limit 5, Used 5, Requested 2");
            assertThat(other.post(GENERATIONS, OpenAiTest.studio()).statusCode())
                    .isEqualTo(200);
        }
    }

    private static HttpResponse<String> post() {
        return client.post(GENERATIONS, TestClient.imageRequest("gpt-image-2"));
    }

    private static JsonNode error(HttpResponse<String> response) {
        return json(response).path("error");
    }
}
