package dev.darkroom.internal.gateway.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.SharedMaterial;
import dev.darkroom.testsupport.NeedsMaterial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Strict where users' code is lenient: a field in a recorded or documented answer which no dialect has an opinion on fails
 * here, so that somebody looks at it. The fixtures lie in the folder of the property {@code wire.fixtures}.
 */
@NeedsMaterial
class FixtureFieldsTest {

    /** Read by a dialect. */
    private static final Set<String> READ = Set.of(
            "b64_json",
            "code",
            "created",
            "created_at",
            "data",
            "error",
            "error_type",
            "first_id",
            "has_more",
            "http_status",
            "id",
            "availability",
            "image_index",
            "last_id",
            "media_type",
            "message",
            "metadata",
            "name",
            "partial_image_index",
            "phase",
            "prompt",
            "revised_prompt",
            "status",
            "text",
            "type",
            "url",
            "usage");

    /** Known, and of no use: they repeat the request, or name the account. */
    private static final Set<String> PASSED_OVER = Set.of(
            "background",
            "expires_in",
            "image_id",
            "model",
            "object",
            "output_format",
            "param",
            "quality",
            "size",
            "success",
            "user_id");

    /** No answer to a request for images. */
    private static final Set<String> OTHERS = Set.of(
            "generation-image.recorded.json",
            "headers-images.recorded.json",
            "images-models.subset.json",
            "images-model-endpoints.openai-gpt-image-2.json",
            "stream.as-printed-in-docs.INVALID-SSE.txt");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openrouter-recorded",
                "openrouter-documented",
                "openai-recorded",
                "openai-observed",
                "seedream-documented",
                "token360-documented"
            })
    void everyFieldOfEveryAnswerIsKnown(String folder) throws IOException {
        try (var files = Files.list(SharedMaterial.file("wire.fixtures", folder))) {
            var read = files.filter(file -> !OTHERS.contains(file.getFileName().toString()))
                    .toList();
            assertThat(read).isNotEmpty();
            for (Path file : read) {
                var names = new TreeSet<String>();
                answers(file).forEach(answer -> collect(answer, names));
                assertThat(names).as(file.getFileName().toString()).isNotEmpty();
                names.removeAll(READ);
                names.removeAll(PASSED_OVER);
                assertThat(names).as(file.getFileName().toString()).isEmpty();
            }
        }
    }

    private static List<JsonNode> answers(Path file) {
        var text = text(file);
        if (file.toString().endsWith(".sse.txt")) {
            return Payloads.stream(text).stream()
                    .filter(payload -> !payload.isDone())
                    .map(payload -> payload.json())
                    .toList();
        }
        var root = JsonMapper.shared().readTree(text);
        var answers = new ArrayList<JsonNode>();
        root.path("Entries").forEach(entry -> {
            if (entry.path("RequestUri").asString().contains("/images/")) {
                answers.add(entry.path("ResponseBody"));
            }
        });
        if (answers.isEmpty()) {
            answers.add(root.has("response") ? root.path("response") : root);
        }
        return answers;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of usage, metadata and the like all is kept or none is needed, so their insides may be as they like. */
    private static void collect(JsonNode node, Set<String> names) {
        node.properties().forEach(member -> {
            names.add(member.getKey());
            if (Set.of("error", "data").contains(member.getKey())) {
                var inner = member.getValue();
                (inner.isArray() ? inner.valueStream() : Stream.of(inner)).forEach(each -> collect(each, names));
            }
        });
    }
}
