package dev.darkroom.internal.gateway.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.SharedMaterial;
import dev.darkroom.dialect.Reply;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import dev.darkroom.internal.gateway.common.Payloads;
import dev.darkroom.testsupport.NeedsMaterial;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded answers of three services, read from the folder of the property {@code wire.fixtures}. */
@NeedsMaterial
class ResponsesFixturesTest {

    private static final Reply OK = new Reply(200, Map.of(), Instant.parse("2026-11-20T10:00:00Z"));

    /** Whoever recorded it cut the images. */
    private static final Pattern CUT = Pattern.compile("\"[A-Za-z0-9+/=]+\\.\\.\\.[A-Za-z0-9+/=]+\"");

    private static String text(String name) {
        var bytes = SharedMaterial.bytes("wire.fixtures", "openai-responses-recorded/" + name);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static List<ImageEvent> events(String name) {
        var reading = new ResponsesDialect().reading(ImageRequest.of("m", "p").stream(true), OK);
        var stream = CUT.matcher(text(name))
                .replaceAll("\"iVBORw0KGgoBAgM=\"")
                .lines()
                .map(line -> "data: " + line + "\n\n")
                .collect(Collectors.joining());
        var events = new ArrayList<ImageEvent>();
        Payloads.stream(stream).forEach(payload -> events.addAll(reading.read(payload)));
        assertThat(reading.isComplete()).isTrue();
        return events;
    }

    private static ImageResult result(List<ImageEvent> events) {
        return ((ImageEvent.Completed) events.get(events.size() - 1)).result();
    }

    @ParameterizedTest
    @CsvSource({
        "vercel-openai-image-generation-tool.1.chunks.txt, 1, resp_",
        "vercel-azure-image-generation-tool.1.chunks.txt, 1, resp_",
        "vercel-xai-image-generation-tool.1.chunks.txt, 0, 00000000-"
    })
    void aRecordedStreamIsItsPreviewsItsTextItsImageAndItsEnd(String name, int previews, String id) {
        var events = events(name);
        assertThat(events).filteredOn(ImageEvent.Partial.class::isInstance).hasSize(previews);
        assertThat(events).filteredOn(ImageEvent.ImageReady.class::isInstance).hasSize(1);
        assertThat(result(events).images()).hasSize(1);
        assertThat(result(events).failures()).isEmpty();
        assertThat(result(events).generationId()).startsWith(id);
        assertThat(result(events).usage().totalTokens()).isPositive();
        assertThat(result(events).first().revisedPrompt()).isNotBlank();
    }

    @Test
    void whatWasSaidBesideThePictureIsNotLost() {
        var events = events("vercel-azure-image-generation-tool.1.chunks.txt");
        var text = events.stream()
                .filter(ImageEvent.TextChunk.class::isInstance)
                .map(event -> ((ImageEvent.TextChunk) event).text())
                .collect(Collectors.joining());
        assertThat(text).startsWith("Here is an anime-like image").endsWith("just let me know!");
        assertThat(result(events).text()).isEqualTo(text);
    }

    /** The recording is YAML, of which the parsed body is what matters: an image of a known kind among the items. */
    @Test
    void theRecordedDocumentHoldsAJpeg() {
        var recording = text("pydantic-ai-image_generation_jpeg.yaml");
        var image = Pattern.compile("\\n +result: (/9j/[A-Za-z0-9+/=]+)").matcher(recording);
        assertThat(image.find()).isTrue();
        var document =
                "{\"id\":\"resp_08\",\"object\":\"response\",\"created_at\":1759354093,\"error\":null,\"status\":"
                        + "\"completed\",\"output\":[{\"type\":\"reasoning\",\"summary\":[]},{\"id\":\"ig_08\",\"status\":"
                        + "\"completed\",\"type\":\"image_generation_call\",\"output_format\":\"jpeg\",\"result\":\""
                        + image.group(1)
                        + "\"}],\"usage\":{\"input_tokens\":1889,\"output_tokens\":1434,\"total_tokens\":3323}}";
        var events =
                new ResponsesDialect().reading(ImageRequest.of("m", "p"), OK).read(Payloads.document(document));
        assertThat(events).hasSize(1);
        assertThat(result(events).first().mediaType()).isEqualTo("image/jpeg");
    }
}
