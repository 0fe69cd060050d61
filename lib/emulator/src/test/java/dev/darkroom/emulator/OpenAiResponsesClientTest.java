package dev.darkroom.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * OpenAI's own client, {@code openai} of npm, must be content with what the emulator says as the Responses API, and as Azure.
 * Skipped without Node.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class OpenAiResponsesClientTest {

    private static final String PARTIAL = "response.image_generation_call.partial_image";

    private static JsonNode results;

    @BeforeAll
    static void runTheClient() throws Exception {
        // whose picture is not ready before it is called off, however long the call takes
        var slow = ImageEmulator.create().latency(Duration.ofMinutes(10)).start();
        try (slow;
                var emulator = ImageEmulator.create().shrink(16).start()) {
            var azure = URI.create(emulator.baseUrl("azure").toString().replace("/openai/v1", ""));
            results = NodeClient.run(
                    "openai-responses-judge.mjs",
                    emulator.baseUrl("openai-responses"),
                    azure,
                    emulator.openRouterBaseUrl(),
                    slow.baseUrl("openai-responses"));
        }
    }

    @Test
    void aDocumentHasItsPictureAndItsWords() {
        assertWhole(value("document"));
        assertThat(value("document").path("tokens").intValue()).isPositive();
    }

    @Test
    void aStreamHasPreviewsAndTheirPictureNumberedThroughout() {
        var events = events(value("streamed"));

        assertThat(types(events)).filteredOn(PARTIAL::equals).hasSize(2);
        assertThat(types(events)).startsWith("response.created").endsWith("response.completed");
        assertNumbered(events);
        assertThat(events)
                .filteredOn(event -> event.path("type").stringValue().equals("response.output_item.done"))
                .filteredOn(event -> event.path("item").stringValue().equals("image_generation_call"))
                .singleElement()
                .satisfies(event -> assertThat(event.path("picture").intValue()).isPositive());
    }

    @Test
    void itsHelperForStreamsPutsTheWholeTogether() {
        assertWhole(value("helper").path("final"));
    }

    @Test
    void whatWorksInTheBackgroundIsFoundWhenItIsDone() {
        assertThat(value("background").path("status").stringValue()).isEqualTo("queued");
        assertWhole(value("background").path("done"));
    }

    @Test
    void aDroppedStreamIsReadOnBehindTheLastNumberWithoutAGapOrARepetition() {
        var before = events(value("dropped").path("before"));
        var after = events(value("dropped").path("after"));
        var all = Stream.concat(before.stream(), after.stream()).toList();

        assertThat(types(before)).contains("response.queued").endsWith(PARTIAL);
        assertThat(types(after)).startsWith(PARTIAL).endsWith("response.completed");
        assertNumbered(all);
    }

    @Test
    void aCancellationIsKnownAndOneThatIsTooLateChangesNothing() {
        assertThat(value("cancelled").path("status").stringValue()).isEqualTo("cancelled");
        assertThat(value("cancelled").path("later").stringValue()).isEqualTo("cancelled");
        assertThat(value("cancelledTooLate").stringValue()).isEqualTo("completed");
    }

    @Test
    void aConversationGoesOn() {
        assertThat(value("goesOn").path("previous").booleanValue()).isTrue();
        assertThat(value("goesOn").path("action").stringValue()).isEqualTo("edit");
    }

    @Test
    void anItemAndAWholeFailEachInItsOwnWay() {
        assertThat(value("itemFailed").path("status").stringValue()).isEqualTo("completed");
        assertThat(value("itemFailed").path("pictures").path(0).path("code").stringValue())
                .isEqualTo("moderation_blocked");
        assertThat(value("allFailed").path("status").stringValue()).isEqualTo("failed");
        assertThat(value("allFailed").path("error").stringValue()).isEqualTo("server_error");
        assertThat(value("incomplete").path("incomplete").stringValue()).isEqualTo("content_filter");
    }

    @ParameterizedTest
    @CsvSource({
        "errorEvent, APIError, , server_error",
        "limitEvent, APIError, , rate_limit_exceeded",
        "noModel, NotFoundError, 404, model_not_found",
        "badTool, BadRequestError, 400, invalid_value",
        "moderation, BadRequestError, 400, moderation_blocked",
        "rateLimit, RateLimitError, 429, rate_limit_exceeded",
        "notThere, NotFoundError, 404, ",
        "deleted, NotFoundError, 404, ",
        "synchronous, BadRequestError, 400, ",
        "azureWebp, BadRequestError, 400, invalid_value",
        "azureFilter, BadRequestError, 400, contentFilter",
        "azureBadKey, AuthenticationError, 401, 401",
        "azureNoDeployment, NotFoundError, 404, DeploymentNotFound",
        "azureLimit, RateLimitError, 429, 429",
        "azureWall, APIError, 408, Timeout"
    })
    void everyErrorIsItsTypedClass(String call, String type, Integer status, String code) {
        var result = results.path(call);

        assertThat(result.path("error").asString("none")).as(call + result).isEqualTo(type);
        assertThat(result.path("status").isNumber() ? result.path("status").intValue() : null)
                .isEqualTo(status);
        assertThat(result.path("code").asString(null)).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"azureDeployed", "azureEdit", "azureToken", "azureV1", "azureRetried"})
    void azuresPicturesArriveHoweverTheyAreAskedFor(String call) {
        assertThat(value(call).path("data").path(0).path("b64_json").intValue()).isPositive();
    }

    @Test
    void azureStreamsImagesAndResponses() {
        assertThat(types(events(value("azureStreamed"))))
                .containsExactly(
                        "image_generation.partial_image",
                        "image_generation.partial_image",
                        "image_generation.completed");
        assertThat(types(events(value("azureResponses")))).endsWith("response.completed");
        assertThat(value("azureRetrieved").booleanValue()).isTrue();
    }

    @Test
    void openRouterStreamsResponses() {
        assertThat(types(events(value("router")))).contains(PARTIAL).endsWith("response.completed");
    }

    private static void assertWhole(JsonNode response) {
        assertThat(response.path("status").stringValue()).isEqualTo("completed");
        assertThat(response.path("text").stringValue()).isNotEmpty();
        assertThat(response.path("pictures").path(0).path("status").stringValue())
                .isEqualTo("completed");
        assertThat(response.path("pictures").path(0).path("picture").intValue()).isPositive();
    }

    private static void assertNumbered(List<JsonNode> events) {
        assertThat(events)
                .extracting(event -> event.path("number").intValue())
                .containsExactlyElementsOf(
                        IntStream.range(0, events.size()).boxed().toList());
    }

    private static JsonNode value(String call) {
        assertThat(results.path(call).path("ok").asBoolean(false))
                .as(call + results.path(call))
                .isTrue();
        return results.path(call).path("value");
    }

    private static List<JsonNode> events(JsonNode events) {
        return events.valueStream().toList();
    }

    private static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.path("type").stringValue()).toList();
    }
}
