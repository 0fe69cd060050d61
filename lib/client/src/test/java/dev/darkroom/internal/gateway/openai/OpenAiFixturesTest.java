package dev.darkroom.internal.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.SharedMaterial;
import dev.darkroom.dialect.Reply;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.RejectedException;
import dev.darkroom.internal.gateway.common.Payloads;
import dev.darkroom.testsupport.NeedsMaterial;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Recorded and observed answers of the real service, read from the folder of the property {@code wire.fixtures}. */
@NeedsMaterial
class OpenAiFixturesTest {

    private static final Reply OK = new Reply(200, Map.of(), Instant.parse("2026-11-20T10:00:00Z"));
    private final OpenAiDialect dialect = new OpenAiDialect();

    private static String text(String name) {
        return new String(SharedMaterial.bytes("wire.fixtures", name), StandardCharsets.UTF_8);
    }

    private static JsonNode recording(String name) {
        return SharedMaterial.json("wire.fixtures", "openai-recorded/" + name)
                .path("Entries")
                .path(0);
    }

    private ImageResult result(String document) {
        var reading = dialect.reading(ImageRequest.of("gpt-image-1", "p"), OK);
        var events = reading.read(Payloads.document(document));
        return ((ImageEvent.Completed) events.get(0)).result();
    }

    @ParameterizedTest
    @CsvSource({
        "dotnet-BasicGenerationWorks.json, 1",
        "dotnet-GenerationOfMultipleImagesWorks.json, 2",
        "dotnet-GenerationWithOptionsWorks.json, 2",
        "dotnet-GenerateImageEditWorks.trimmed-request.json, 1"
    })
    void recordedDocumentsHoldTheirImagesAndUsage(String name, int images) {
        var entry = recording(name);
        var result = result(entry.path("ResponseBody").toString());
        assertThat(result.images()).hasSize(images).allMatch(image -> image.isLoaded());
        assertThat(result.failures()).isEmpty();
        assertThat(result.created()).isNotNull();
        assertThat(result.usage().totalTokens()).isPositive();
        assertThat(result.usage().inputTokens()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"dotnet-GenerateImageCanParseServiceError.json", "dotnet-GenerateImagesCanParseServiceError.json"})
    void recordedRefusalsMeanAWrongKey(String name) {
        var entry = recording(name);
        var body = entry.path("ResponseBody").toString().getBytes(StandardCharsets.UTF_8);
        var status = entry.path("StatusCode").intValue();
        var failure = (RejectedException) dialect.failure(new Reply(status, Map.of(), OK.receivedAt()), body);
        assertThat(failure.reason()).isEqualTo(RejectedException.Reason.CREDENTIALS);
        assertThat(failure.details().code()).isEqualTo("invalid_api_key");
    }

    @Test
    void cutDocumentsAreReadAsFarAsTheyGo() {
        for (String name : List.of("vercel-openai-image.json", "vercel-openai-image-edit.json")) {
            assertThat(result(text("openai-recorded/" + name)).images())
                    .as(name)
                    .isNotEmpty()
                    .allSatisfy(image -> assertThat(image.mediaType()).isEqualTo("image/png"));
        }
        var failure = (RejectedException) dialect.failure(
                new Reply(400, Map.of(), OK.receivedAt()),
                SharedMaterial.bytes("wire.fixtures", "openai-recorded/vercel-gpt-image-response-format-error.json"));
        assertThat(failure.reason()).isEqualTo(RejectedException.Reason.REQUEST);
        assertThat(failure.details().code()).isEqualTo("unknown_parameter");
    }

    @Test
    void observedStreamsAreAPreviewAndAnImage() {
        for (String name : List.of("images-stream", "images-edit-stream")) {
            var stream = text("openai-observed/" + name + ".observed-shapes.sse.txt")
                    .replace("\"...\"", "\"iVBORw0KGgoBAgM=\"");
            var reading = dialect.reading(ImageRequest.of("gpt-image-1", "p"), OK);
            var events = new ArrayList<ImageEvent>();
            Payloads.stream(stream).forEach(payload -> events.addAll(reading.read(payload)));
            assertThat(events).hasSize(3);
            assertThat(events.get(0)).isInstanceOf(ImageEvent.Partial.class);
            var result = ((ImageEvent.Completed) events.get(2)).result();
            assertThat(result.usage().outputTokens()).isEqualTo(4460);
        }
    }

    @Test
    void theObservedErrorEventIsAFailedGeneration() {
        var reading = dialect.reading(ImageRequest.of("gpt-image-1", "p"), OK);
        Assertions.assertThatExceptionOfType(GenerationFailedException.class)
                .isThrownBy(() -> Payloads.stream(text("openai-observed/images-stream-error.observed.sse.txt"))
                        .forEach(reading::read))
                .satisfies(e -> assertThat(e.details().code()).isEqualTo("image_generation_failed"));
    }
}
