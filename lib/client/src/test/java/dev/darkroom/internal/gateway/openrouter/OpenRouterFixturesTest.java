package dev.darkroom.internal.gateway.openrouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.SharedMaterial;
import dev.darkroom.dialect.Reply;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.internal.gateway.common.Payloads;
import dev.darkroom.testsupport.NeedsMaterial;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Recorded and documented answers of the real service, read from the folder of the property {@code wire.fixtures}. The
 * recorder cut the base64; the cut is filled up with as many characters as it took out, so that sizes are true.
 */
@NeedsMaterial
class OpenRouterFixturesTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private final OpenRouterDialect dialect = new OpenRouterDialect();

    private static String text(String name) {
        return new String(SharedMaterial.bytes("wire.fixtures", name), StandardCharsets.UTF_8);
    }

    /** {@code abc...<truncated, 1234 chars>} and {@code <base64>} become base64 of that length. */
    private static String filled(String text) {
        var matcher = Pattern.compile("\"([A-Za-z0-9+/]*)\\.\\.\\.<truncated, ([0-9]+)(?: base64)? chars>\"")
                .matcher(text);
        var filled = new StringBuilder();
        while (matcher.find()) {
            var length = Integer.parseInt(matcher.group(2));
            var start = matcher.group(1);
            matcher.appendReplacement(filled, "\"" + start + "A".repeat(length - start.length()) + "\"");
        }
        return matcher.appendTail(filled).toString().replace("<base64>", "iVBORw0KGgoBAgM=");
    }

    private List<ImageEvent> events(String name) {
        var reading = dialect.reading(ImageRequest.of("a/b", "p"), new Reply(200, Map.of(), NOW));
        var events = new ArrayList<ImageEvent>();
        Payloads.stream(filled(text(name))).forEach(payload -> events.addAll(reading.read(payload)));
        assertThat(reading.isComplete()).isTrue();
        return events;
    }

    private ImageResult result(String name) {
        JsonNode recording = SharedMaterial.json("wire.fixtures", name);
        var headers = new HashMap<String, String>();
        recording
                .path("headers")
                .path("headers")
                .properties()
                .forEach(h -> headers.put(h.getKey(), h.getValue().stringValue()));
        var reading = dialect.reading(ImageRequest.of("a/b", "p"), new Reply(200, headers, NOW));
        var events =
                reading.read(Payloads.document(filled(recording.path("response").toString())));
        return ((ImageEvent.Completed) events.get(0)).result();
    }

    private ImageException failure(int status, String name) {
        return dialect.failure(new Reply(status, Map.of(), NOW), SharedMaterial.bytes("wire.fixtures", name));
    }

    @Test
    void theRecordedStreamIsOnePreviewAndThenTheImage() {
        var events = events("openrouter-recorded/images-stream.recorded.sse.txt");
        assertThat(events).hasSize(3);
        var partial = (ImageEvent.Partial) events.get(0);
        assertThat(partial.image().size()).isEqualTo(1727836L / 4 * 3);
        assertThat(partial.image().mediaType()).isEqualTo("image/png");
        var result = ((ImageEvent.Completed) events.get(2)).result();
        assertThat(result.first().size()).isEqualTo(1309436L / 4 * 3);
        assertThat(result.created()).isEqualTo(Instant.ofEpochSecond(1790983963));
        assertThat(result.usage().cost()).isEqualByComparingTo(new BigDecimal("0.003006"));
        assertThat(result.usage().outputTokens()).isEqualTo(372);
    }

    @Test
    void theDocumentedStreamIsReadTheSameWay() {
        assertThat(events("openrouter-documented/images-stream.documented.sse.txt"))
                .hasSize(3);
    }

    @Test
    void recordedDocumentsAreOneImageEach() {
        for (String name : List.of("images-generate", "images-edit")) {
            var result = result("openrouter-recorded/" + name + ".recorded.json");
            assertThat(result.first().mediaType()).isEqualTo("image/jpeg");
            assertThat(result.created()).isNull();
            assertThat(result.generationId()).startsWith("gen-img-");
            assertThat(result.provider()).isEqualTo("Black Forest Labs");
            assertThat(result.usage().cost()).isPositive();
        }
    }

    @Test
    void recordedErrorsMeanWhatTheySay() {
        assertReason(400, "openrouter-recorded/error-400-images-n.recorded.json", RejectedException.Reason.REQUEST);
        assertReason(
                400,
                "openrouter-recorded/error-400-images-aspect-ratio.recorded.json",
                RejectedException.Reason.REQUEST);
        assertReason(
                400, "openrouter-recorded/error-400-zod-validation.recorded.json", RejectedException.Reason.REQUEST);
        assertReason(
                401, "openrouter-recorded/error-401-invalid-key.observed.json", RejectedException.Reason.CREDENTIALS);
        assertReason(
                401, "openrouter-recorded/error-401-missing-key.observed.json", RejectedException.Reason.CREDENTIALS);
        assertReason(
                402, "openrouter-recorded/error-402-image-balance.observed.json", RejectedException.Reason.CREDITS);
        assertRetryIn(1, 429, "openrouter-recorded/error-429-upstream-2.recorded.json");
        assertRetryIn(17, 429, "openrouter-recorded/error-429-venice.observed.json");
        assertRetryIn(40, 429, "openrouter-documented/error-availability-capacity.documented.json");
        assertThat(failure(402, "openrouter-documented/error-402-in-flight-budget.documented.json"))
                .isInstanceOf(RateLimitedException.class);
    }

    @Test
    void documentedErrorEventsAreFailedGenerations() {
        for (String event : List.of(
                text("openrouter-documented/images-stream-error.documented.sse.txt"),
                "data: "
                        + text("openrouter-documented/images-stream-error.openapi-example.json")
                                .strip() + "\n\n")) {
            var reading = dialect.reading(ImageRequest.of("a/b", "p"), new Reply(200, Map.of(), NOW));
            assertThatExceptionOfType(GenerationFailedException.class)
                    .isThrownBy(() -> Payloads.stream(event).forEach(reading::read));
        }
    }

    @Test
    void theDocumentedTextChunkIsOne() {
        var reading = dialect.reading(ImageRequest.of("a/b", "p"), new Reply(200, Map.of(), NOW));
        var payload = Payloads.stream("data: "
                        + text("openrouter-documented/images-stream-text-chunk.openapi-example.json")
                                .strip() + "\n\n")
                .get(0);
        assertThat(((ImageEvent.TextChunk) reading.read(payload).get(0)).text()).startsWith("<svg");
    }

    @Test
    void theRecordedCatalogueIsReadWhole() {
        var catalogue = dialect.catalogue().orElseThrow();
        var models = catalogue.models(Payloads.document(text("openrouter-recorded/images-models.subset.json")));
        assertThat(models).hasSize(9).allSatisfy(model -> assertThat(model.id()).contains("/"));
        var endpoints = catalogue.endpoints(
                Payloads.document(text("openrouter-recorded/images-model-endpoints.openai-gpt-image-2.json")));
        assertThat(endpoints.get(0).pricing()).hasSize(3);
    }

    private void assertReason(int status, String name, RejectedException.Reason reason) {
        assertThat(failure(status, name))
                .as(name)
                .isInstanceOfSatisfying(
                        RejectedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private void assertRetryIn(int seconds, int status, String name) {
        assertThat(failure(status, name))
                .as(name)
                .isInstanceOfSatisfying(
                        RateLimitedException.class, e -> assertThat(e.retryAt()).isEqualTo(NOW.plusSeconds(seconds)));
    }
}
