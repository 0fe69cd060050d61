package dev.darkroom.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Google's own client, {@code @google/genai} of npm, must be content with what the emulator says. Skipped without Node. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class GoogleClientTest {

    private static JsonNode results;

    @BeforeAll
    static void runTheClient() throws Exception {
        try (var emulator = ImageEmulator.create().shrink(16).partials(2).start()) {
            results = NodeClient.run("gemini-judge.mjs", emulator.baseUrl("gemini"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"generate", "edit", "vertex"})
    void anImageArrivesWithItsWordsAndItsCost(String call) {
        var answer = value(call);

        assertThat(texts(answer.path("parts"))).containsExactly("text", "image/jpeg");
        assertThat(answer.path("bytes").intValue()).isPositive();
        assertThat(answer.path("text").stringValue()).isNotBlank();
        assertThat(answer.path("finish").stringValue()).isEqualTo("STOP");
        assertThat(answer.path("tokens").intValue()).isPositive();
    }

    @Test
    void draftsAreThoughts() {
        assertThat(texts(value("thoughts").path("parts")))
                .containsExactly("thought text", "thought image/jpeg", "thought image/jpeg", "text", "image/jpeg");
    }

    @Test
    void aStreamArrivesPieceByPiece() {
        assertThat(streamed("stream"))
                .containsExactly(
                        "thought text", "thought image/jpeg", "thought image/jpeg", "text", "image/jpeg", "text");
        assertThat(streamed("vertexStream")).containsExactly("text", "image/jpeg", "text");
    }

    @Test
    void whatIsBlockedOrFilteredIsAnAnswerThatSaysSo() {
        assertThat(value("blocked").path("blocked").stringValue()).isEqualTo("PROHIBITED_CONTENT");
        assertThat(value("filtered").path("finish").stringValue()).isEqualTo("IMAGE_SAFETY");
    }

    @Test
    void modelsAreListedAndFound() {
        assertThat(texts(value("models"))).contains("models/gemini-3.1-flash-image");
        assertThat(value("model").path("thinking").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "noModel, 404, NOT_FOUND",
        "badKey, 400, API_KEY_INVALID",
        "badSize, 400, INVALID_ARGUMENT",
        "rateLimit, 429, RetryInfo",
        "overloaded, 503, UNAVAILABLE",
        "streamRefused, 429, RESOURCE_EXHAUSTED",
        "errorEvent, 500, INTERNAL"
    })
    void everyErrorIsItsTypedClass(String call, int status, String words) {
        var result = results.path(call);

        assertThat(result.path("error").asString("none")).as(call + result).isEqualTo("ApiError");
        assertThat(result.path("status").intValue()).isEqualTo(status);
        assertThat(result.path("message").stringValue()).contains(words);
    }

    private static JsonNode value(String call) {
        assertThat(results.path(call).path("ok").asBoolean(false))
                .as(call + results.path(call))
                .isTrue();
        return results.path(call).path("value");
    }

    private static List<String> streamed(String call) {
        return value(call)
                .valueStream()
                .flatMap(piece -> texts(piece.path("parts")).stream())
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::stringValue).toList();
    }
}
