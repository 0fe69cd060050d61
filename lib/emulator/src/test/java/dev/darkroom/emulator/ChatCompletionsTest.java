package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.data;
import static dev.darkroom.emulator.TestClient.fetch;
import static dev.darkroom.emulator.TestClient.json;
import static dev.darkroom.emulator.TestClient.messages;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
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

class ChatCompletionsTest {

    private static final String ROUTE = "/chat/completions";
    private static final String ROUTED = "google/gemini-3.1-flash-image";
    private static final String DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=";
    private static final Pattern MARKDOWN = Pattern.compile("!\\[image]\\(([^)]+)\\)");

    private static RunningEmulator emulator;
    private static TestClient client;

    @BeforeAll
    static void start() {
        emulator = ImageEmulator.create().shrink(64).start();
        client = new TestClient(emulator.baseUrl("chat-completions"), "sk-test");
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @Test
    void openRoutersAnswerHasItsImagesBesideTheTextAndTellsTheCost() {
        var response = client.post(ROUTE, messages(ROUTED, "2 pictures of a fox"));

        var answer = json(response);
        assertThat(answer.path("object").stringValue()).isEqualTo("chat.completion");
        assertThat(answer.path("provider").isString()).isTrue();
        assertThat(response.headers().firstValue("X-Generation-Id"))
                .contains(answer.path("id").stringValue());
        var message = answer.path("choices").path(0).path("message");
        assertThat(message.path("content").stringValue()).isEqualTo("Here is your picture.");
        assertThat(message.path("images").valueStream())
                .hasSize(2)
                .allMatch(image -> image.path("type").stringValue().equals("image_url"))
                .allMatch(image -> url(image).startsWith("data:image/png;base64,iVBOR"));
        assertThat(answer.path("usage").path("cost").isNumber()).isTrue();
        assertThat(answer.path("usage")
                        .path("completion_tokens_details")
                        .path("image_tokens")
                        .intValue())
                .isEqualTo(2580);
    }

    @Test
    void withoutTheModalityOpenRouterAnswersInWordsAlone() {
        var body = messages(ROUTED, "a fox");
        body.remove("modalities");

        var message = json(client.post(ROUTE, body)).path("choices").path(0).path("message");

        assertThat(message.path("images").size()).isZero();
        assertThat(message.path("content").stringValue()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "relay/images, data:image/png;base64",
        "relay/images-by-url, http://127.0.0.1",
        "relay/markdown, data:image/png;base64",
        "relay/markdown-by-url, http://127.0.0.1",
        "relay/content-parts, data:image/png;base64",
        "relay/content-parts-by-url, http://127.0.0.1"
    })
    void theModelDecidesWhereAnImageStands(String model, String start) {
        var message = json(client.post(ROUTE, messages(model, "a fox")))
                .path("choices")
                .path(0)
                .path("message");
        var chunks = chunks(
                client.post(ROUTE, messages(model, "a fox").put("stream", true)).body());

        assertThat(place(message, model)).startsWith(start);
        var said = chunks.stream()
                .map(chunk -> chunk.path("choices").path(0).path("delta"))
                .toList();
        var together = model.contains("markdown")
                ? TestClient.JSON
                        .createObjectNode()
                        .put(
                                "content",
                                said.stream()
                                        .map(delta -> delta.path("content").asString(""))
                                        .collect(joining()))
                : said.stream()
                        .filter(delta ->
                                delta.has("images") || delta.path("content").isArray())
                        .findFirst()
                        .orElseThrow();
        assertThat(place(together, model)).startsWith(start);
        if (start.startsWith("http")) {
            assertThat(fetch(place(message, model)).statusCode()).isEqualTo(200);
        }
    }

    /** The URL of the only image, wherever it is. */
    private static String place(JsonNode message, String model) {
        if (model.contains("markdown")) {
            var found = MARKDOWN.matcher(message.path("content").stringValue());
            assertThat(found.find()).as(message.path("content").stringValue()).isTrue();
            return found.group(1);
        }
        var list = model.contains("parts") ? message.path("content") : message.path("images");
        return list.valueStream()
                .filter(item -> item.has("image_url"))
                .map(ChatCompletionsTest::url)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aUrlInATextIsSpreadOverSeveralChunks() {
        var chunks = chunks(
                client.post(ROUTE, messages("relay/markdown-by-url", "a fox").put("stream", true))
                        .body());

        assertThat(chunks)
                .noneMatch(chunk -> MARKDOWN.matcher(chunk.path("choices")
                                .path(0)
                                .path("delta")
                                .path("content")
                                .asString(""))
                        .find());
    }

    @Test
    void aStreamOfOpenRoutersEndsWithAReasonTheUsageAndASentinel() {
        var body = client.post(ROUTE, messages(ROUTED, "a fox").put("stream", true))
                .body();

        var chunks = chunks(body);
        assertThat(data(body)).endsWith("[DONE]");
        assertThat(chunks).allMatch(chunk -> chunk.path("object").stringValue().equals("chat.completion.chunk"));
        assertThat(chunks.stream()
                        .filter(chunk ->
                                chunk.path("choices").path(0).path("delta").has("images")))
                .hasSize(1);
        var last = chunks.get(chunks.size() - 1);
        assertThat(last.path("usage").path("cost").isNumber()).isTrue();
        assertThat(last.path("choices").path(0).path("finish_reason").stringValue())
                .isEqualTo("stop");
    }

    @Test
    void aRelayTellsItsUsageOnlyWhenAskedAndBesideNoChoice() {
        var body = messages("relay/images", "a fox").put("stream", true);
        var silent = chunks(client.post(ROUTE, body).body());
        body.putObject("stream_options").put("include_usage", true);
        var telling = chunks(client.post(ROUTE, body).body());

        assertThat(silent).noneMatch(chunk -> chunk.has("usage"));
        var last = telling.get(telling.size() - 1);
        assertThat(last.path("choices").size()).isZero();
        assertThat(last.path("usage").path("total_tokens").intValue()).isPositive();
    }

    @Test
    void openRouterSaysThatItIsAlive() {
        try (var slow = ImageEmulator.create()
                .shrink(64)
                .latency(java.time.Duration.ofMillis(200))
                .keepAlive(java.time.Duration.ofMillis(20))
                .start()) {
            var answer = new TestClient(slow.baseUrl("chat-completions"), "sk-test")
                    .post(ROUTE, messages(ROUTED, "a fox").put("stream", true));

            assertThat(answer.body()).contains(": OPENROUTER PROCESSING\n\n");
        }
    }

    @Test
    void anErrorOnTheWayIsAChunkWithAReasonAtOpenRouterAndAnErrorAloneElsewhere() {
        emulator.enqueue(Fault.RATE_LIMIT_EVENT.after(2), Fault.ERROR_EVENT.after(2));

        var routed = chunks(client.post(ROUTE, messages(ROUTED, "a fox").put("stream", true))
                .body());
        var relayed =
                chunks(client.post(ROUTE, messages("relay/markdown", "a fox").put("stream", true))
                        .body());

        assertThat(routed).hasSize(3);
        assertThat(routed.get(2).path("error").path("code").intValue()).isEqualTo(429);
        assertThat(routed.get(2).path("choices").path(0).path("finish_reason").stringValue())
                .isEqualTo("error");
        assertThat(relayed.get(2).propertyNames()).containsExactly("error");
    }

    @ParameterizedTest
    @CsvSource({"google/gemini-3.1-flash-image, content_filter, ", "relay/images, stop, I can't help with that picture."
    })
    void aFlaggedImageIsFilteredOrRefused(String model, String reason, String refusal) {
        emulator.enqueue(Fault.IMAGE_FAILED, Fault.IMAGE_FAILED);

        var choice = json(client.post(ROUTE, messages(model, "a fox")))
                .path("choices")
                .path(0);
        var chunks = chunks(
                client.post(ROUTE, messages(model, "a fox").put("stream", true)).body());

        assertThat(choice.path("finish_reason").stringValue()).isEqualTo(reason);
        assertThat(choice.path("message").path("refusal").asString(null)).isEqualTo(refusal);
        assertThat(chunks.stream().map(chunk -> chunk.path("choices").path(0)))
                .anyMatch(end -> end.path("finish_reason").asString("").equals(reason)
                        && (refusal == null
                                || end.path("delta")
                                        .path("refusal")
                                        .asString("")
                                        .equals(refusal)));
    }

    @Test
    void aReferenceIsAPartOfAMessage() {
        var body = TestClient.JSON.createObjectNode().put("model", ROUTED);
        body.putArray("modalities").add("image");
        var content = body.putArray("messages").addObject().put("role", "user").putArray("content");
        content.addObject().put("type", "text").put("text", "night");
        content.addObject().put("type", "image_url").putObject("image_url").put("url", DOT);

        var with = json(client.post(ROUTE, body));

        assertThat(with.path("usage").path("prompt_tokens").intValue()).isGreaterThan(250);
    }

    static Stream<Arguments> brokenRules() {
        return Stream.of(
                rule("no model", body -> body.remove("model"), "model is required"),
                rule("no messages", body -> body.remove("messages"), "Input required"),
                rule("an unknown modality", body -> body.putArray("modalities").add("smell"), "must be one of"),
                rule(
                        "an odd ratio",
                        body -> body.putObject("image_config").put("aspect_ratio", "wide"),
                        "must be a ratio"),
                rule("an odd size", body -> body.putObject("image_config").put("image_size", "9K"), "must be one of"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenRules")
    void aBrokenRuleIsRefused(String what, Consumer<ObjectNode> change, String words) {
        var body = messages(ROUTED, "a fox");
        change.accept(body);

        var response = client.post(ROUTE, body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("error").path("code").intValue()).isEqualTo(400);
        assertThat(json(response).path("error").path("message").stringValue()).contains(words);
    }

    @Test
    void aRelaysErrorHasAWordForACode() {
        emulator.enqueue(Fault.RATE_LIMIT);

        var error =
                json(client.post(ROUTE, messages("relay/markdown", "a fox"))).path("error");

        assertThat(error.path("code").isString()).isTrue();
        assertThat(error.path("type").isString()).isTrue();
    }

    private static Arguments rule(String what, Consumer<ObjectNode> change, String words) {
        return Arguments.of(what, change, words);
    }

    private static String url(JsonNode image) {
        return image.path("image_url").path("url").stringValue();
    }

    private static List<JsonNode> chunks(String body) {
        return data(body).stream()
                .filter(line -> !line.equals("[DONE]"))
                .map(TestClient::parse)
                .toList();
    }
}
