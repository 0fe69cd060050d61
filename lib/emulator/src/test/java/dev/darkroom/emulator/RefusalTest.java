package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.FLUX;
import static dev.darkroom.emulator.TestClient.MINI;
import static dev.darkroom.emulator.TestClient.STUDIO;
import static dev.darkroom.emulator.TestClient.imageRequest;
import static dev.darkroom.emulator.TestClient.json;
import static dev.darkroom.emulator.TestClient.referring;
import static dev.darkroom.emulator.TestClient.small;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.testsupport.NeedsMaterial;
import java.util.Collections;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class RefusalTest {

    private static final String DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=";

    private static RunningEmulator emulator;
    private static TestClient client;

    @BeforeAll
    static void start() {
        emulator = ImageEmulator.create().maxBody(100_000).start();
        client = new TestClient(emulator);
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @Test
    @NeedsMaterial
    void aSingleImageModelRefusesMoreThanOneImageInTheRecordedWords() {
        var response = client.post(imageRequest(FLUX).put("n", 5));

        assertThat(response.statusCode()).isEqualTo(400);
        Recorded.file("openrouter-recorded/error-400-images-n.recorded.json")
                .ifPresent(recorded -> assertThat(json(response)).isEqualTo(recorded));
    }

    @Test
    @NeedsMaterial
    void anAspectRatioWhichTheModelDoesNotTakeIsRefusedInTheRecordedWords() {
        var response = client.post(imageRequest(MINI).put("aspect_ratio", "21:9"));

        assertThat(response.statusCode()).isEqualTo(400);
        Recorded.file("openrouter-recorded/error-400-images-aspect-ratio.recorded.json")
                .ifPresent(recorded -> assertThat(json(response)).isEqualTo(recorded));
    }

    static Stream<Arguments> brokenRules() {
        return Stream.of(
                rule(
                        "a missing prompt",
                        body -> body.remove("prompt"),
                        "prompt: Invalid input: expected string, received undefined"),
                rule("a blank prompt", body -> body.put("prompt", "  "), "prompt: Too small"),
                rule(
                        "a prompt which is no text",
                        body -> body.put("prompt", 7),
                        "prompt: Invalid input: expected string, received number"),
                rule("a missing model", body -> body.remove("model"), "model: Invalid input"),
                rule("no image", body -> body.put("n", 0), "n: expected a number between 1 and 10"),
                rule("eleven images", body -> body.put("n", 11), "n: expected a number between 1 and 10"),
                rule("half an image", body -> body.put("n", 1.5), "n: Invalid input: expected int"),
                rule(
                        "too little compression",
                        body -> body.put("output_format", "webp").put("output_compression", -1),
                        "output_compression: expected a number between 0 and 100"),
                rule(
                        "too much compression",
                        body -> body.put("output_format", "jpeg").put("output_compression", 101),
                        "output_compression: expected a number between 0 and 100"),
                rule(
                        "compression with png",
                        body -> body.put("output_compression", 50),
                        "only supported with output_format jpeg or webp"),
                rule(
                        "a transparent jpeg",
                        body -> body.put("output_format", "jpeg").put("background", "transparent"),
                        "transparent requires output_format png or webp"),
                rule(
                        "pixels against resolution",
                        body -> body.put("size", "1024x1024").put("resolution", "2K"),
                        "contradicts resolution"),
                rule(
                        "pixels against aspect ratio",
                        body -> body.put("size", "1024x1024").put("aspect_ratio", "16:9"),
                        "contradicts aspect_ratio"),
                rule(
                        "tier against resolution",
                        body -> body.put("size", "2K").put("resolution", "1K"),
                        "contradicts resolution"),
                rule("a size which is none", body -> body.put("size", "big"), "size: expected 512"),
                rule("a size too small", body -> body.put("size", "8x8"), "each side must be"),
                rule("a size too large", body -> body.put("size", "9000x100"), "each side must be"),
                rule(
                        "an unknown aspect ratio",
                        body -> body.put("aspect_ratio", "7:3"),
                        "aspect_ratio: not supported. Accepted: 1:1"),
                rule(
                        "an unknown quality",
                        body -> body.put("quality", "superb"),
                        "quality: not supported. Accepted: auto, low"),
                rule(
                        "an unknown format",
                        body -> body.put("output_format", "gif"),
                        "output_format: not supported. Accepted: png, jpeg, webp, svg"),
                rule("an unknown background", body -> body.put("background", "plaid"), "background: not supported"),
                rule("an unknown resolution", body -> body.put("resolution", "8K"), "resolution: not supported"),
                rule(
                        "seventeen references",
                        body -> referring(
                                body,
                                Collections.nCopies(17, "https://example.org/a.png")
                                        .toArray(String[]::new)),
                        "expected 16 items at most"),
                rule(
                        "a reference of another type",
                        body -> body.putArray("input_references").addObject().put("type", "text"),
                        "input_references.0.type"),
                rule(
                        "a reference without a URL",
                        body -> body.putArray("input_references").addObject().put("type", "image_url"),
                        "input_references.0.image_url.url"),
                rule("a reference by file URL", body -> referring(body, "file:///etc/passwd"), "expected an https URL"),
                rule(
                        "a reference which is no picture",
                        body -> referring(body, "data:image/png;base64,AAAA"),
                        "expected an https URL, or a data URL"),
                rule(
                        "a reference which is no base64",
                        body -> referring(body, "data:image/png;base64,%%%"),
                        "expected an https URL, or a data URL"),
                rule("stream as text", body -> body.put("stream", "yes"), "stream: Invalid input: expected boolean"),
                rule("a seed as text", body -> body.put("seed", "7"), "seed: Invalid input: expected int"),
                rule("a long session id", body -> body.put("session_id", "s".repeat(257)), "session_id: Too big"),
                rule(
                        "provider as text",
                        body -> body.put("provider", "openai"),
                        "provider: Invalid input: expected object"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenRules")
    void aBrokenRuleIsA400WhichSaysWhich(String name, Consumer<ObjectNode> change, String message) {
        var response = client.post(TestClient.with(imageRequest(STUDIO), change));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("error").path("code").intValue()).isEqualTo(400);
        assertThat(json(response).path("error").path("message").stringValue()).contains(message);
    }

    @Test
    void severalParametersNobodyTakesAreNamedTogether() {
        var error = json(client.post(
                        imageRequest(MINI).put("aspect_ratio", "4:3").put("resolution", "2K")))
                .path("error");

        assertThat(error.path("message").stringValue())
                .contains("resolution \"2K\", aspect_ratio \"4:3\"")
                .contains("resolution: not supported; aspect_ratio: not supported. Accepted: 1:1, 3:2, 2:3, auto");
        assertThat(error.path("metadata").path("failed_routing_step").stringValue())
                .isEqualTo("Filter by Image Capabilities");
    }

    @Test
    void aModelsOwnRangeOfReferencesIsKept() {
        assertThat(message(imageRequest("inclusionai/ming-image-0.1-design-layer")))
                .contains("input_references: must be exactly 1");
        assertThat(message(referring(imageRequest("recraft/recraft-v4.1-vector"), DOT, DOT)))
                .contains("input_references: must be between 0 and 1");
        assertThat(message(referring(imageRequest("meta/muse-image"), DOT)))
                .contains("input_references: not supported");
        assertThat(client.post(referring(imageRequest("inclusionai/ming-image-0.1-design-layer"), DOT)
                                .put("size", "32x32"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void qualityIsIgnoredWhereThereIsNoSuchKnob() {
        assertThat(client.post(imageRequest(FLUX).put("quality", "high")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void badJsonIsA400() {
        var response = client.post("{\"model\":".getBytes(UTF_8));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("error").path("message").stringValue()).contains("JSON");
        assertThat(client.post("[]".getBytes(UTF_8)).statusCode()).isEqualTo(400);
        assertThat(client.post(new byte[0]).statusCode()).isEqualTo(400);
    }

    @Test
    @NeedsMaterial
    void aMissingKeyIsRefusedInTheRecordedWords() {
        var response = client.withKey("").post(imageRequest(MINI));

        assertThat(response.statusCode()).isEqualTo(401);
        Recorded.file("openrouter-recorded/error-401-missing-key.observed.json")
                .ifPresent(recorded -> assertThat(json(response)).isEqualTo(recorded));
    }

    @Test
    @NeedsMaterial
    void anUnknownKeyIsRefusedInTheRecordedWords() {
        var response = client.withKey("nonsense").post(imageRequest(MINI));

        assertThat(response.statusCode()).isEqualTo(401);
        Recorded.file("openrouter-recorded/error-401-invalid-key.observed.json")
                .ifPresent(recorded -> assertThat(json(response)).isEqualTo(recorded));
    }

    @Test
    void keysWithAMeaningMeetTheirRefusal() {
        var broke = client.withKey("sk-emulator-broke").post(small(MINI));
        var busy = client.withKey("sk-emulator-busy").post(small(MINI));
        var limited = client.withKey("sk-emulator-limited").post(small(MINI));

        assertThat(broke.statusCode()).isEqualTo(402);
        assertThat(broke.headers().firstValue("Retry-After")).isEmpty();
        assertThat(busy.statusCode()).isEqualTo(402);
        assertThat(busy.headers().firstValue("Retry-After")).contains("1");
        assertThat(json(busy).path("error").path("metadata").path("reason").stringValue())
                .isEqualTo("in_flight_budget_exhausted");
        assertThat(limited.statusCode()).isEqualTo(403);
    }

    @Test
    void aFlaggedPromptIsRefusedWithReasons() {
        var response = client.post(small(MINI).put("prompt", "all the gore, " + "please ".repeat(30)));
        var metadata = json(response).path("error").path("metadata");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(metadata.path("reasons").size()).isPositive();
        assertThat(metadata.path("flagged_input").stringValue()).hasSize(100);
        assertThat(metadata.path("provider_name").stringValue()).isEqualTo("OpenAI");
        assertThat(metadata.path("model_slug").stringValue()).isEqualTo(MINI);
    }

    @Test
    void aModelWhichDoesNotExistIsA404() {
        assertThat(client.post(imageRequest("nobody/nothing")).statusCode()).isEqualTo(404);
    }

    @Test
    void aModelWithoutAnAllowedProviderIsA404() {
        var body = small(MINI);
        body.putObject("provider").putArray("only").add("azure");

        assertThat(client.post(body).statusCode()).isEqualTo(404);
        var allowed = small(MINI);
        allowed.putObject("provider").putArray("only").add("openai");
        assertThat(client.post(allowed).statusCode()).isEqualTo(200);
    }

    @Test
    void aBodyAboveTheLimitIsA413() {
        var response = client.post(small(MINI).put("prompt", "x".repeat(100_000)));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(json(response).path("error").path("code").intValue()).isEqualTo(413);
    }

    @Test
    void anUnknownRouteIsA404() {
        assertThat(client.get("/images").statusCode()).isEqualTo(404);
        assertThat(client.get("/nothing").statusCode()).isEqualTo(404);
        assertThat(client.get("/../../elsewhere").statusCode()).isEqualTo(404);
    }

    private static String message(ObjectNode body) {
        return json(client.post(body)).path("error").path("message").stringValue();
    }

    private static Arguments rule(String name, Consumer<ObjectNode> change, String message) {
        return Arguments.of(name, change, message);
    }
}
