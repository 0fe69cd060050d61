package dev.darkroom.internal.gateway.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.darkroom.SharedMaterial;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Payload;
import dev.darkroom.dialect.Reply;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RejectedException;
import dev.darkroom.internal.gateway.ark.ArkDialect;
import dev.darkroom.internal.gateway.myrouter.MyRouterDialect;
import dev.darkroom.internal.gateway.openai.OpenAiDialect;
import dev.darkroom.internal.gateway.openrouter.OpenRouterDialect;
import dev.darkroom.internal.gateway.token360.Token360Dialect;
import dev.darkroom.internal.wire.WireException;
import dev.darkroom.testsupport.NeedsMaterial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The roll of all fixtures: each decodes as its facts say, or stands here with the reason why no dialect reads it. A file which
 * is not on the roll fails the test, so that none is forgotten.
 */
@NeedsMaterial
class FixturesTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final String IMAGE = "\"iVBORw0KGgoBAgM=\"";

    /**
     * File, dialect, what it is (a stream, one event of one, a document, a recording of one, or the body of an answer with
     * that status), and what comes of it.
     */
    private static final String ROLL = """
            ORIGIN.md | - | - | says where the others are from
            novita-family/error-400.observed-llm.json | myrouter | 400 | REQUEST
            openai-observed/images-edit-stream.observed-shapes.sse.txt | openai | stream | Partial ImageReady Completed
            openai-observed/images-stream-error.observed.sse.txt | openai | stream | GenerationFailed
            openai-observed/images-stream.observed-shapes.sse.txt | openai | stream | Partial ImageReady Completed
            openai-recorded/dotnet-BasicGenerationWorks.json | openai | entry | Completed
            openai-recorded/dotnet-GenerateImageCanParseServiceError.json | openai | entry | CREDENTIALS
            openai-recorded/dotnet-GenerateImageEditWorks.trimmed-request.json | openai | entry | Completed
            openai-recorded/dotnet-GenerateImagesCanParseServiceError.json | openai | entry | CREDENTIALS
            openai-recorded/dotnet-GenerationOfMultipleImagesWorks.json | openai | entry | Completed
            openai-recorded/dotnet-GenerationWithOptionsWorks.json | openai | entry | Completed
            openai-recorded/vercel-gpt-image-response-format-error.json | openai | 400 | REQUEST
            openai-recorded/vercel-openai-image-edit.json | openai | document | Completed
            openai-recorded/vercel-openai-image.json | openai | document | Completed
            openai-responses-recorded/pydantic-ai-image_generation_jpeg.yaml | - | - | the Responses API
            openai-responses-recorded/vercel-azure-image-generation-tool.1.chunks.txt | - | - | the Responses API
            openai-responses-recorded/vercel-openai-image-generation-tool.1.chunks.txt | - | - | the Responses API
            openai-responses-recorded/vercel-xai-image-generation-tool.1.chunks.txt | - | - | the Responses API
            openrouter-documented/error-402-in-flight-budget.documented.json | openrouter | 402 | RateLimited
            openrouter-documented/error-availability-capacity.documented.json | openrouter | 429 | RateLimited
            openrouter-documented/images-stream-error.documented.sse.txt | openrouter | stream | GenerationFailed
            openrouter-documented/images-stream-error.openapi-example.json | openrouter | event | GenerationFailed
            openrouter-documented/images-stream-text-chunk.openapi-example.json | openrouter | event | TextChunk
            openrouter-documented/images-stream.documented.sse.txt | openrouter | stream | Partial ImageReady Completed
            openrouter-recorded/error-400-images-aspect-ratio.recorded.json | openrouter | 400 | REQUEST
            openrouter-recorded/error-400-images-n.recorded.json | openrouter | 400 | REQUEST
            openrouter-recorded/error-400-zod-validation.recorded.json | openrouter | 400 | REQUEST
            openrouter-recorded/error-401-invalid-key.observed.json | openrouter | 401 | CREDENTIALS
            openrouter-recorded/error-401-missing-key.observed.json | openrouter | 401 | CREDENTIALS
            openrouter-recorded/error-402-image-balance.observed.json | openrouter | 402 | CREDITS
            openrouter-recorded/error-429-upstream-2.recorded.json | openrouter | 429 | RateLimited
            openrouter-recorded/error-429-venice.observed.json | openrouter | 429 | RateLimited
            openrouter-recorded/generation-image.recorded.json | - | - | a generation looked up afterwards
            openrouter-recorded/headers-images.recorded.json | - | - | headers without bodies
            openrouter-recorded/images-edit.recorded.json | openrouter | recording | Completed
            openrouter-recorded/images-generate.recorded.json | openrouter | recording | Completed
            openrouter-recorded/images-model-endpoints.openai-gpt-image-2.json | openrouter | endpoints | 1
            openrouter-recorded/images-models.subset.json | openrouter | models | 9
            openrouter-recorded/images-stream.recorded.sse.txt | openrouter | stream | Partial ImageReady Completed
            seedream-documented/error-401.observed.json | ark | 401 | CREDENTIALS
            seedream-documented/partial_failed.doc.json | ark | event | ImageFailed
            seedream-documented/stream-error.doc.json | ark | event | REQUEST
            seedream-documented/stream.as-printed-in-docs.INVALID-SSE.txt | ark | stream | Wire
            seedream-documented/stream.normalised-from-docs.sse.txt | ark | stream | ImageReady ImageReady ImageReady Completed
            token360-documented/download-not-ready.doc.json | token360 | 400 | REQUEST
            token360-documented/download-url.doc.json | - | - | a stored image's URL: Token360StorageTest reads it
            token360-documented/error-401.doc.json | token360 | 401 | CREDENTIALS
            token360-documented/list-images.doc.json | - | - | the list of stored images: Token360StorageTest reads it
            """;

    private record Fixture(String file, String dialect, String kind, String meaning) {

        static Fixture of(String line) {
            var fields = line.split(" \\| ");
            return new Fixture(fields[0], fields[1], fields[2], fields[3]);
        }
    }

    private static List<Fixture> roll() {
        return ROLL.lines().map(Fixture::of).toList();
    }

    @Test
    void everyFileIsOnTheRoll() throws IOException {
        var folder = SharedMaterial.file("wire.fixtures", "ORIGIN.md").getParent();
        try (Stream<Path> files = Files.walk(folder)) {
            var names = files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .toList();
            assertThat(names).isNotEmpty();
            assertThat(roll().stream().map(Fixture::file).toList()).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyFixtureDecodesAsItsFactsSay() {
        SharedMaterial.file("wire.fixtures", "ORIGIN.md");
        return roll().stream()
                .filter(fixture -> !fixture.dialect().equals("-"))
                .map(fixture -> dynamicTest(
                        fixture.file(), () -> assertThat(meaning(fixture)).isEqualTo(fixture.meaning())));
    }

    private static Dialect dialect(String name) {
        return switch (name) {
            case "openrouter" -> new OpenRouterDialect();
            case "openai" -> new OpenAiDialect();
            case "ark" -> new ArkDialect();
            case "myrouter" -> new MyRouterDialect();
            case "token360" -> new Token360Dialect();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static String meaning(Fixture fixture) {
        var dialect = dialect(fixture.dialect());
        var bytes = SharedMaterial.bytes("wire.fixtures", fixture.file());
        var text = whole(new String(bytes, StandardCharsets.UTF_8));
        return switch (fixture.kind()) {
            case "stream" -> stream(dialect, text);
            case "event" -> events(dialect, Payloads.stream("data: " + text.strip() + "\n\n"));
            case "document" -> events(dialect, List.of(Payloads.document(text)));
            case "recording" ->
                events(
                        dialect,
                        List.of(Payloads.document(json(text).path("response").toString())));
            case "entry" -> entry(dialect, json(text).path("Entries").path(0));
            case "models" ->
                ""
                        + dialect.catalogue()
                                .orElseThrow()
                                .models(Payloads.document(text))
                                .size();
            case "endpoints" ->
                ""
                        + dialect.catalogue()
                                .orElseThrow()
                                .endpoints(Payloads.document(text))
                                .size();
            default -> failure(dialect, Integer.parseInt(fixture.kind()), bytes);
        };
    }

    /** Recorders cut images; what they put in their place is no base64. */
    private static String whole(String text) {
        return text.replaceAll("\"[A-Za-z0-9+/]*\\.\\.\\.(?:<truncated[^\"]*>)?\"", IMAGE)
                .replace("\"<base64>\"", IMAGE);
    }

    private static String stream(Dialect dialect, String text) {
        try {
            return events(dialect, Payloads.stream(text));
        } catch (WireException e) {
            return "Wire";
        }
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static String entry(Dialect dialect, JsonNode entry) {
        var body = entry.path("ResponseBody").toString();
        var status = entry.path("StatusCode").intValue();
        return status == 200
                ? events(dialect, List.of(Payloads.document(body)))
                : failure(dialect, status, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String failure(Dialect dialect, int status, byte[] body) {
        return word(dialect.failure(new Reply(status, Map.of(), NOW), body));
    }

    private static String events(Dialect dialect, List<Payload> payloads) {
        var reading = dialect.reading(ImageRequest.of("a/b", "p"), new Reply(200, Map.of(), NOW));
        var events = new ArrayList<ImageEvent>();
        try {
            payloads.forEach(payload -> events.addAll(reading.read(payload)));
        } catch (ImageException e) {
            return word(e);
        }
        return events.stream().map(event -> event.getClass().getSimpleName()).collect(Collectors.joining(" "));
    }

    private static String word(ImageException failure) {
        if (failure instanceof RejectedException rejected) {
            return rejected.reason().name();
        }
        return failure.getClass().getSimpleName().replace("Exception", "");
    }
}
