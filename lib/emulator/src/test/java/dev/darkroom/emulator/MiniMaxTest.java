package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.data;
import static dev.darkroom.emulator.TestClient.fetch;
import static dev.darkroom.emulator.TestClient.imageRequest;
import static dev.darkroom.emulator.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.testsupport.SideBySide;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.test.scheduler.VirtualTimeScheduler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class MiniMaxTest {

    private static final String GENERATIONS = "/images/generations";
    private static final String EDITS = "/images/edits";
    private static final String DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=";

    private static RunningEmulator emulator;
    private static TestClient client;

    @BeforeAll
    static void start() {
        emulator = ImageEmulator.create().shrink(64).start();
        client = new TestClient(emulator.miniMaxBaseUrl(), "sk-test");
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @Test
    void aDocumentHasItsImagesInOrder() {
        var body = json(client.post(GENERATIONS, image().put("n", 3).put("response_format", "b64_json")));
        var first = json(client.post(GENERATIONS, image().put("response_format", "b64_json")));

        assertThat(body.path("data").size()).isEqualTo(3);
        assertThat(body.path("data").path(0).path("b64_json"))
                .isEqualTo(first.path("data").path(0).path("b64_json"));
        assertThat(body.path("usage").path("generated_images").intValue()).isEqualTo(3);
        assertThat(body.path("request_id").isString()).isTrue();
    }

    @Test
    void aStreamEmitsImagesAsTheyAreFinished() {
        var stream = client.post(GENERATIONS, image().put("n", 3).put("stream", true));
        var events = events(stream);

        assertThat(types(events))
                .containsExactly("partial_succeeded", "partial_succeeded", "partial_succeeded", "completed");
        assertThat(events)
                .extracting(event -> event.path("image_index").asInt(-1))
                .containsExactly(2, 0, 1, -1);
        assertThat(fetch(events.get(0).path("url").stringValue()).statusCode()).isEqualTo(200);
        assertThat(events.get(3).path("usage").path("generated_images").intValue())
                .isEqualTo(3);
        assertThat(events.get(3).path("request_id").isString()).isTrue();
        assertThat(stream.body())
                .startsWith("event: image_generation.partial_succeeded\n")
                .doesNotContain("[DONE]");
    }

    @Test
    void anEditStreamsUnderItsOwnName() {
        var body = image().put("stream", true);
        body.putArray("images").addObject().put("image_url", DOT);

        assertThat(events(client.post(EDITS, body)))
                .extracting(event -> event.path("type").stringValue())
                .containsExactly("image_edit.partial_succeeded", "image_edit.completed");
    }

    @Test
    void anEditTakesAFormAsTheVendorsOfOtherSdksSendIt() {
        var dot = Base64.getDecoder().decode(DOT.substring(DOT.indexOf(',') + 1));
        var form = new Multipart()
                .field("model", "MiniMax-H3-Image")
                .field("prompt", "night")
                .file("image", "a.gif", "image/gif", dot);

        assertThat(client.post(EDITS, form).statusCode()).isEqualTo(200);
    }

    @Test
    @SideBySide
    void theHeadComesWithTheFirstKeepAliveAtTheLatest() throws Exception {
        var time = VirtualTimeScheduler.create();
        try (var slow = ImageEmulator.create()
                        .shrink(64)
                        .time(time)
                        .latency(Duration.ofSeconds(40))
                        .start();
                var socket = RawTestClient.open(slow, "/minimax/v1/images/generations", image().put("stream", true))) {
            var first = RawTestClient.firstWords(socket, time, ": keepalive\n\n\r\n");
            assertThat(first.text()).startsWith("HTTP/1.1 200 OK").endsWith(": keepalive\n\n\r\n");
            assertThat(first.seconds()).isGreaterThanOrEqualTo(15);

            var all = first.text()
                    + RawTestClient.firstWords(socket, time, "partial_succeeded")
                            .text();
            assertThat(all.split(": keepalive\n\n", -1)).as(all).hasSizeGreaterThanOrEqualTo(3);
            assertThat(all).contains("partial_succeeded");
        } finally {
            time.dispose();
        }
    }

    @Test
    void aFailedImageIsToldInItsPlace() {
        emulator.enqueue(Fault.IMAGE_FAILED.after(0), Fault.IMAGE_FAILED.after(0));
        var events = events(client.post(GENERATIONS, image().put("n", 2).put("stream", true)));
        var document = json(client.post(GENERATIONS, image().put("n", 2)));

        assertThat(types(events)).containsExactly("partial_succeeded", "partial_failed", "completed");
        assertThat(events.get(1).path("error").path("http_code").stringValue()).isEqualTo("422");
        assertThat(document.path("data").path(0).has("error")).isTrue();
        assertThat(document.path("data").path(1).has("url")).isTrue();
    }

    @Test
    void anErrorEventTellsTheStatusItWouldHaveHadAndTheBill() {
        emulator.enqueue(Fault.ERROR_EVENT.after(1), Fault.RATE_LIMIT_EVENT.once());
        var failed = events(client.post(GENERATIONS, image().put("n", 2).put("stream", true)));
        var limited = events(client.post(GENERATIONS, image().put("stream", true)));

        assertThat(types(failed)).containsExactly("partial_succeeded", "error");
        assertThat(failed.get(1).path("error").path("http_code").stringValue()).isEqualTo("500");
        assertThat(failed.get(1).path("usage").path("generated_images").intValue())
                .isEqualTo(1);
        assertThat(failed.get(1).path("request_id").isString()).isTrue();
        assertThat(limited.get(0).path("error").path("http_code").stringValue()).isEqualTo("429");
    }

    static Stream<Arguments> brokenRules() {
        return Stream.of(
                rule("another model", body -> body.put("model", "image-01"), "unknown model 'image-01'"),
                rule("no prompt", body -> body.remove("prompt"), "prompt is required"),
                rule("a blank prompt", body -> body.put("prompt", "  "), "1 to 32000 characters"),
                rule("eleven images", body -> body.put("n", 11), "n must be in [1, 10]"),
                rule(
                        "base64 in a stream",
                        body -> body.put("stream", true).put("response_format", "b64_json"),
                        "stream only supports response_format url"),
                rule("a small size", body -> body.put("size", "512x512"), "655360 to 20000000 pixels"),
                rule("a steep size", body -> body.put("size", "4096x1024"), "between 1:3 and 3:1"),
                rule(
                        "a size and a ratio",
                        body -> body.put("size", "1024x1024").put("aspect_ratio", "1:1"),
                        "only be used when size is omitted"),
                rule("a steep ratio", body -> body.put("aspect_ratio", "4:1"), "between 1:3 and 3:1"),
                rule("a long ratio", body -> body.put("aspect_ratio", "301:300"), "300 at most"),
                rule("a ratio which is none", body -> body.put("aspect_ratio", "wide"), "auto or X:Y"),
                rule("an unknown area", body -> body.put("area", "8K"), "one of 1K, 2K, 4K"),
                rule(
                        "a plain prompt without a shape",
                        body -> body.put("disable_prompt_enhanced", true),
                        "requires a size"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenRules")
    void aBrokenRuleIsRefused(String what, Consumer<ObjectNode> change, String words) {
        var body = image();
        change.accept(body);
        var response = client.post(GENERATIONS, body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("error").path("type").stringValue()).isEqualTo("bad_request_error");
        assertThat(json(response).path("error").path("message").stringValue())
                .contains(words)
                .endsWith("(2013)");
    }

    private static Arguments rule(String what, Consumer<ObjectNode> change, String words) {
        return Arguments.of(what, change, words);
    }

    @Test
    void anEditNeedsOneToSixteenImages() {
        var many = image();
        var images = many.putArray("images");
        for (int i = 0; i < 17; i++) {
            images.addObject().put("image_url", "https://e.org/" + i + ".png");
        }

        assertThat(client.post(EDITS, image()).statusCode()).isEqualTo(400);
        assertThat(client.post(EDITS, many).statusCode()).isEqualTo(400);
    }

    @Test
    void errorsHaveTheObservedShape() {
        var response = client.withKey("nonsense").post(GENERATIONS, image());

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(json(response).propertyNames()).containsExactly("type", "error", "request_id");
        assertThat(json(response).path("error").path("type").stringValue()).isEqualTo("authorized_error");
        assertThat(json(response).path("error").path("http_code").stringValue()).isEqualTo("401");
    }

    @Test
    void spentMoneyIsOneOfTwoStatuses() {
        emulator.enqueue(Fault.CREDITS, Fault.SPENT_QUOTA);
        var first = client.post(GENERATIONS, image());
        var second = client.post(GENERATIONS, image());

        assertThat(first.statusCode()).isEqualTo(402);
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(json(second).path("error").path("type").stringValue()).isEqualTo("insufficient_balance_error");
    }

    private static ObjectNode image() {
        return imageRequest("MiniMax-H3-Image");
    }

    private static List<JsonNode> events(HttpResponse<String> response) {
        return data(response.body()).stream().map(TestClient::parse).toList();
    }

    private static List<String> types(List<JsonNode> events) {
        return events.stream()
                .map(event -> event.path("type").asString("").replace("image_generation.", ""))
                .toList();
    }
}
