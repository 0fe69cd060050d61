package dev.darkroom.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Vercel's AI SDK, {@code ai} of npm, with OpenRouter's own provider and with the one for whatever is alike, must be content
 * with what the emulator says. Skipped without Node.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ChatClientsTest {

    private static JsonNode results;

    @BeforeAll
    static void runTheClients() throws Exception {
        try (var emulator = ImageEmulator.create().shrink(16).start()) {
            results = NodeClient.run("chat-judge.mjs", emulator.baseUrl("chat-completions"));
        }
    }

    @ParameterizedTest
    @CsvSource({"generate, 2", "reference, 1"})
    void imagesArriveAsFilesWithTheirWordsAndTheirCost(String call, int images) {
        var answer = value(call);

        assertThat(answer.path("files").valueStream())
                .hasSize(images)
                .allMatch(file -> file.path("mediaType").stringValue().equals("image/png"))
                .allMatch(file -> file.path("bytes").intValue() > 100);
        assertThat(answer.path("text").stringValue()).isNotBlank();
        assertThat(answer.path("finishReason").stringValue()).isEqualTo("stop");
        assertThat(answer.path("cost").isNumber()).isTrue();
    }

    @Test
    void aStreamBringsWordsThenTheFileThenTheEnd() {
        assertThat(texts("stream")).startsWith("text").endsWith("file image/png true", "finish stop");
    }

    @Test
    void aFlaggedImageIsFiltered() {
        assertThat(value("filtered").path("files").size()).isZero();
        assertThat(value("filtered").path("finishReason").stringValue()).isEqualTo("content-filter");
    }

    @ParameterizedTest
    @CsvSource({"errorEvent, error 502", "limitEvent, error 429", "relayErrorEvent, error bad_response"})
    void anErrorOnTheWayIsHandedOn(String call, String error) {
        assertThat(texts(call)).endsWith(error, "finish error");
    }

    @ParameterizedTest
    @CsvSource({
        "badKey, 401, false",
        "noModel, 404, false",
        "moderation, 403, false",
        "rateLimit, 429, true",
        "relayRateLimit, 429, true",
        "serverError, 500, true",
        "errorInOk, 200, false"
    })
    void everyErrorIsACallThatFailed(String call, int status, boolean again) {
        var result = results.path(call);

        assertThat(result.path("error").asString("none")).as(call + result).isEqualTo("AI_APICallError");
        assertThat(result.path("statusCode").intValue()).isEqualTo(status);
        assertThat(result.path("isRetryable").booleanValue()).isEqualTo(again);
    }

    @Test
    void anImageWithinATextStaysThere() {
        assertThat(value("markdown").path("image").stringValue()).isEqualTo("data:image/png;base64,");
        assertThat(value("markdownStream").path("text").stringValue()).containsPattern("!\\[image]\\(http://[^)]+\\)");
        assertThat(value("markdownStream").path("tokens").intValue()).isPositive();
    }

    private static JsonNode value(String call) {
        assertThat(results.path(call).path("ok").asBoolean(false))
                .as(call + results.path(call))
                .isTrue();
        return results.path(call).path("value");
    }

    private static List<String> texts(String call) {
        return value(call).valueStream().map(JsonNode::stringValue).toList();
    }
}
