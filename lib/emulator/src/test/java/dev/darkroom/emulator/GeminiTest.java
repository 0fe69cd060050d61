package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.contents;
import static dev.darkroom.emulator.TestClient.data;
import static dev.darkroom.emulator.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import java.net.URI;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class GeminiTest {

    private static final String FLASH = "/models/gemini-3.1-flash-image";
    private static final String PRO = "/models/gemini-3-pro-image";
    private static final String DOT = "R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=";

    private static RunningEmulator emulator;
    private static TestClient client;

    @BeforeAll
    static void start() {
        emulator = ImageEmulator.create().shrink(64).partials(2).start();
        client = new TestClient(emulator.baseUrl("gemini"), "sk-test").withKeyIn("x-goog-api-key");
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @Test
    void aDocumentHasWordsAndAnImageOfOneCandidate() {
        var answer = json(client.post(FLASH + ":generateContent", contents("a fox")));

        assertThat(answer.propertyNames()).containsExactly("candidates", "usageMetadata", "modelVersion", "responseId");
        var candidate = answer.path("candidates").path(0);
        assertThat(candidate.path("finishReason").stringValue()).isEqualTo("STOP");
        assertThat(candidate.path("content").path("role").stringValue()).isEqualTo("model");
        assertThat(kinds(parts(answer))).containsExactly("text", "image");
        assertThat(answer.path("usageMetadata").path("totalTokenCount").intValue())
                .isPositive();
    }

    @Test
    void anImageAloneIsAskedForByItsModality() {
        var answer = json(client.post(
                FLASH + ":generateContent",
                configured(
                        "a fox", config -> config.putArray("responseModalities").add("IMAGE"))));

        assertThat(kinds(parts(answer))).containsExactly("image");
    }

    @Test
    void wordsAloneCostNoImage() {
        var body = configured(
                "a fox", config -> config.putArray("responseModalities").add("TEXT"));

        var answer = json(client.post(FLASH + ":generateContent", body));

        assertThat(kinds(parts(answer))).containsExactly("text");
    }

    @Test
    void thoughtsShowDraftsOfWhichTheLastIsTheImageItself() {
        var answer = json(client.post(FLASH + ":generateContent", thinking(true)));

        var parts = parts(answer);
        assertThat(kinds(parts)).containsExactly("thought", "draft", "draft", "text", "image");
        assertThat(file(parts.get(2))).isEqualTo(file(parts.get(4)));
        assertThat(file(parts.get(1))).isNotEqualTo(file(parts.get(2)));
        assertThat(parts.get(4).path("thoughtSignature").isString()).isTrue();
    }

    @Test
    void oneModelShowsItsThoughtsUnasked() {
        assertThat(kinds(parts(json(client.post(PRO + ":generateContent", contents("a fox"))))))
                .contains("draft");
        assertThat(kinds(parts(json(client.post(PRO + ":generateContent", thinking(false))))))
                .doesNotContain("draft");
    }

    @Test
    void aStreamEndsWithAReasonAndNoSentinel() {
        var response = client.post(FLASH + ":streamGenerateContent?alt=sse", thinking(true));

        var events = data(response.body()).stream().map(TestClient::parse).toList();
        assertThat(events.stream().flatMap(event -> kinds(parts(event)).stream()))
                .containsExactly("thought", "draft", "draft", "text", "image", "text");
        assertThat(events).allMatch(event -> event.path("usageMetadata").has("promptTokenCount"));
        assertThat(events.stream().filter(event -> finish(event) != null)).hasSize(1);
        assertThat(finish(events.get(events.size() - 1))).isEqualTo("STOP");
        assertThat(response.body()).doesNotContain("[DONE]", "event:");
    }

    @Test
    void withoutEventsAStreamIsAJsonArray() {
        var response = client.post(FLASH + ":streamGenerateContent", thinking(true));

        assertThat(response.headers().firstValue("Content-Type")).contains("application/json; charset=UTF-8");
        var items = TestClient.parse(response.body()).valueStream().toList();
        assertThat(items.stream().flatMap(item -> kinds(parts(item)).stream()))
                .containsExactly("thought", "draft", "draft", "text", "image", "text");
    }

    @Test
    void anErrorWithinAnArrayIsItsLastItem() {
        emulator.enqueue(Fault.ERROR_EVENT.after(1));

        var items = TestClient.parse(
                client.post(FLASH + ":streamGenerateContent", contents("a fox")).body());

        assertThat(items.size()).isEqualTo(2);
        assertThat(items.path(1).path("error").path("status").stringValue()).isEqualTo("INTERNAL");
    }

    @Test
    void severalImagesAreAskedForInWords() {
        var answer = json(client.post(FLASH + ":generateContent", contents("3 pictures of a fox")));

        assertThat(kinds(parts(answer)).stream().filter("image"::equals)).hasSize(3);
    }

    @Test
    void aFlaggedPromptIsAnAnswerWithoutACandidate() {
        var body = contents("gore");

        var document = json(client.post(FLASH + ":generateContent", body));
        var stream =
                data(client.post(FLASH + ":streamGenerateContent?alt=sse", body).body());

        assertThat(document.has("candidates")).isFalse();
        assertThat(document.path("promptFeedback").path("blockReason").stringValue())
                .isEqualTo("PROHIBITED_CONTENT");
        assertThat(stream).hasSize(1);
        assertThat(TestClient.parse(stream.get(0)).has("promptFeedback")).isTrue();
    }

    @Test
    void aFlaggedImageIsACandidateWithoutContent() {
        emulator.enqueue(Fault.IMAGE_FAILED, Fault.NO_IMAGES);

        var flagged = json(client.post(FLASH + ":generateContent", contents("a fox")));
        var none = json(client.post(FLASH + ":generateContent", contents("a fox")));

        assertThat(finish(flagged)).isEqualTo("IMAGE_SAFETY");
        assertThat(flagged.path("candidates").path(0).path("finishMessage").isString())
                .isTrue();
        assertThat(finish(none)).isEqualTo("NO_IMAGE");
    }

    @Test
    void aRateLimitTellsItsQuotaAndWhenToComeBackInItsDetails() {
        emulator.enqueue(Fault.RATE_LIMIT.retryAfter(java.time.Duration.ofMillis(1500)));

        var response = client.post(FLASH + ":generateContent", contents("a fox"));

        assertThat(response.statusCode()).isEqualTo(429);
        var error = json(response).path("error");
        assertThat(error.path("status").stringValue()).isEqualTo("RESOURCE_EXHAUSTED");
        assertThat(detail(error, "RetryInfo").path("retryDelay").stringValue()).isEqualTo("1.500s");
        assertThat(detail(error, "QuotaFailure")
                        .path("violations")
                        .path(0)
                        .path("quotaId")
                        .stringValue())
                .contains("PerMinute");
    }

    @Test
    void aSpentDayIsNoReasonToComeBack() {
        emulator.enqueue(Fault.SPENT_QUOTA);

        var error =
                json(client.post(FLASH + ":generateContent", contents("a fox"))).path("error");

        assertThat(detail(error, "QuotaFailure")
                        .path("violations")
                        .path(0)
                        .path("quotaId")
                        .stringValue())
                .contains("PerDay");
        assertThat(detail(error, "RetryInfo").isMissingNode()).isTrue();
    }

    @Test
    void aKeyIsTakenFromAHeaderOrTheQueryAndNoTokenInstead() {
        var base = emulator.baseUrl("gemini");
        var body = contents("a fox");

        assertThat(new TestClient(base, "")
                        .post(FLASH + ":generateContent?key=sk-test", body)
                        .statusCode())
                .isEqualTo(200);
        assertThat(new TestClient(base, "sk-test")
                        .post(FLASH + ":generateContent", body)
                        .statusCode())
                .isEqualTo(401);
        assertThat(new TestClient(base, "")
                        .post(FLASH + ":generateContent", body)
                        .statusCode())
                .isEqualTo(403);
        assertThat(client.withKey("nonsense")
                        .post(FLASH + ":generateContent", body)
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aProjectOfVertexWantsATokenAndNoKey() {
        var base = URI.create(emulator.baseUrl("gemini") + "/../v1/projects/p/locations/global/publishers/google")
                .normalize();
        var body = contents("a fox");

        assertThat(new TestClient(base, "sk-token")
                        .post(FLASH + ":generateContent", body)
                        .statusCode())
                .isEqualTo(200);
        assertThat(new TestClient(base, "sk-token")
                        .withKeyIn("x-goog-api-key")
                        .post(FLASH + ":generateContent", body)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void noKeyIsKeptInTheJournal() {
        emulator.journal().clear();
        new TestClient(emulator.baseUrl("gemini"), "")
                .post(FLASH + ":generateContent?key=sk-secret", contents("a fox"));
        client.withKey("sk-secret").post(FLASH + ":generateContent", contents("a fox"));

        var entries = emulator.journal().entries();
        assertThat(entries).hasSize(2).allMatch(entry -> !entry.toString().contains("sk-secret"));
        assertThat(entries.get(0).key()).isNotNull().isEqualTo(entries.get(1).key());
    }

    @Test
    void aReferenceIsInlineDataInEitherSpelling() {
        for (var name : List.of("inlineData mimeType", "inline_data mime_type")) {
            var words = name.split(" ");
            var body = contents("night");
            var data = ((tools.jackson.databind.node.ArrayNode)
                            body.path("contents").path(0).path("parts"))
                    .addObject()
                    .putObject(words[0]);
            data.put(words[1], "image/gif").put("data", DOT);

            assertThat(client.post(FLASH + ":generateContent", body).statusCode())
                    .as(name)
                    .isEqualTo(200);
        }
    }

    static Stream<Arguments> brokenRules() {
        return Stream.of(
                rule("an unknown field", body -> body.put("prompt", "a fox"), "Unknown name \"prompt\""),
                rule("no contents", body -> body.remove("contents"), "contents is not specified"),
                rule(
                        "an unknown field of the image",
                        body -> image(body).put("size", "1K"),
                        "Unknown name \"size\" at 'generation_config.image_config'"),
                rule("Vertex' own field", body -> image(body).putObject("imageOutputOptions"), "Cannot find field"),
                rule("an odd ratio", body -> image(body).put("aspectRatio", "5:3"), "aspect_ratio must be one of"),
                rule("an unknown size", body -> image(body).put("imageSize", "8K"), "image_size must be one of"),
                rule(
                        "two candidates",
                        body -> body.putObject("generationConfig").put("candidateCount", 2),
                        "Multiple candidates"),
                rule(
                        "an unknown modality",
                        body -> body.putObject("generationConfig")
                                .putArray("responseModalities")
                                .add("SMELL"),
                        "SMELL"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenRules")
    void aBrokenRuleIsRefused(String what, Consumer<ObjectNode> change, String words) {
        var body = contents("a fox");
        change.accept(body);

        var response = client.post(FLASH + ":generateContent", body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(json(response).path("error").path("status").stringValue()).isEqualTo("INVALID_ARGUMENT");
        assertThat(json(response).path("error").path("message").stringValue()).contains(words);
    }

    private static Arguments rule(String what, Consumer<ObjectNode> change, String words) {
        return Arguments.of(what, change, words);
    }

    private static ObjectNode image(ObjectNode body) {
        return body.putObject("generationConfig").putObject("imageConfig");
    }

    private static ObjectNode configured(String prompt, Consumer<ObjectNode> config) {
        var body = contents(prompt);
        config.accept(body.putObject("generationConfig"));
        return body;
    }

    private static ObjectNode thinking(boolean shown) {
        return configured("a fox", config -> config.putObject("thinkingConfig").put("includeThoughts", shown));
    }

    private static List<JsonNode> parts(JsonNode answer) {
        return answer.path("candidates")
                .path(0)
                .path("content")
                .path("parts")
                .valueStream()
                .toList();
    }

    private static List<String> kinds(List<JsonNode> parts) {
        return parts.stream()
                .map(part -> {
                    boolean thought = part.path("thought").asBoolean(false);
                    return part.has("inlineData") ? (thought ? "draft" : "image") : thought ? "thought" : "text";
                })
                .toList();
    }

    private static byte[] file(JsonNode part) {
        return Base64.getDecoder().decode(part.path("inlineData").path("data").stringValue());
    }

    private static String finish(JsonNode answer) {
        return answer.path("candidates").path(0).path("finishReason").asString(null);
    }

    private static JsonNode detail(JsonNode error, String type) {
        return error.path("details")
                .valueStream()
                .filter(detail -> detail.path("@type").asString("").endsWith(type))
                .findFirst()
                .orElse(tools.jackson.databind.node.MissingNode.getInstance());
    }
}
