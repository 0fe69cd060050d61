package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.MINI;
import static dev.darkroom.emulator.TestClient.STUDIO;
import static dev.darkroom.emulator.TestClient.decoded;
import static dev.darkroom.emulator.TestClient.small;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.testsupport.NeedsMaterial;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;

class StreamTest {

    private static final String VECTOR = "recraft/recraft-v4.1-vector";

    private static RunningEmulator emulator;
    private static TestClient client;

    @BeforeAll
    static void start() {
        emulator = ImageEmulator.create().partials(3).start();
        client = new TestClient(emulator);
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @Test
    void headersAreThoseOfTheRecording() {
        var answer = RawTestClient.post(emulator, small(MINI).put("stream", true));

        assertThat(answer.head()).startsWith("HTTP/1.1 200 OK");
        assertThat(answer.headerLines())
                .contains("transfer-encoding: chunked", "Content-Type: text/event-stream", "Cache-Control: no-cache")
                .contains("X-Provider-Name: OpenAI")
                .anyMatch(line -> line.matches("X-Generation-Id: gen-img-\\d{10}-[A-Za-z0-9]{20}"));
        assertThat(answer.endsProperly()).isTrue();
    }

    @Test
    @NeedsMaterial
    void framingIsThatOfTheRecordingByteForByte() {
        Recorded.text("openrouter-recorded/images-stream.recorded.sse.txt").ifPresent(recorded -> {
            var latency = Duration.ofMillis(40);
            var settings = ImageEmulator.create().latency(latency).keepAlive(Duration.ofMillis(5));
            try (var slow = settings.start()) {
                var request = small(MINI).put("stream", true).put("quality", "low");
                var stream = new TestClient(slow).post(request).body();

                assertThat(framing(stream)).isEqualTo(framing(recorded));
                assertThat(stream).contains(": \n\n").doesNotContain("\r");
            }
        });
    }

    /** The stream with its values left out: keep-alives once, lines with their fields in order. */
    private static String framing(String stream) {
        return stream.replaceAll("(: \n\n)+", ": \n\n")
                .replaceAll("(?m)^(: \n\n)(data: \\{\"type\":\"image_generation.(partial|comp))", "$2")
                .replaceAll(": \n\n", "")
                .replaceAll("(\"(?:b64_json|media_type)\"):\"[^\"]*\"", "$1")
                .replaceAll(":-?\\d[\\d.e-]*", ":N");
    }

    @Test
    void aStreamIsPartialsThenCompletedThenDone() {
        var data = TestClient.data(client.post(small(MINI).put("stream", true)).body());

        assertThat(data.stream().map(StreamTest::type))
                .containsExactly(
                        "image_generation.partial_image",
                        "image_generation.partial_image",
                        "image_generation.partial_image",
                        "image_generation.completed",
                        "[DONE]");
    }

    @Test
    void previewsSharpenTowardsTheFinalImage() {
        for (var prompt : List.of("a lighthouse at dawn", "city at night", "forest", "snow mountains")) {
            var events = client.events(
                    small(MINI).put("stream", true).put("prompt", prompt).put("size", "160x96"));
            byte[] last = decoded(events.get(3));
            double before = Double.MAX_VALUE;
            for (int i = 0; i < 3; i++) {
                assertThat(events.get(i).path("partial_image_index").intValue()).isEqualTo(i);
                double distance = Pixels.distance(decoded(events.get(i)), last);
                assertThat(distance)
                        .as("%s, preview %s", prompt, i)
                        .isLessThan(before * 0.9)
                        .isPositive();
                before = distance;
            }
        }
    }

    @Test
    void theStreamedImageIsTheBufferedOne() {
        var events = client.events(small(MINI).put("stream", true).put("seed", 3));

        assertThat(decoded(events.get(3))).isEqualTo(client.image(small(MINI).put("seed", 3)));
    }

    @Test
    void eachPreviewCostsAHundredTokens() {
        var buffered = client.generate(small(MINI)).path("usage");
        var streamed = client.events(small(MINI).put("stream", true)).get(3).path("usage");

        assertThat(streamed.path("completion_tokens").intValue()
                        - buffered.path("completion_tokens").intValue())
                .isEqualTo(300);
    }

    @Test
    void severalImagesFollowEachOtherAndEachHasItsOwnUsage() {
        var events = client.events(small(MINI).put("stream", true).put("n", 2));

        assertThat(events.stream()
                        .map(event -> event.path("partial_image_index").asInt(-1)))
                .containsExactly(0, 1, 2, -1, 0, 1, 2, -1);
        var completed = events.stream().filter(event -> event.has("usage")).toList();
        assertThat(completed).hasSize(2);
        assertThat(decoded(completed.get(0))).isNotEqualTo(decoded(completed.get(1)));
        assertThat(completed.get(0).path("usage")).isEqualTo(completed.get(1).path("usage"));
    }

    @Test
    void noPreviewsIfNoneAreSet() {
        try (var plain = ImageEmulator.create().partials(0).start()) {
            assertThat(new TestClient(plain).events(small(MINI).put("stream", true)))
                    .hasSize(1);
        }
    }

    @Test
    void aVectorModelStreamsItsMarkupAsItWritesIt() throws Exception {
        var events = client.events(TestClient.imageRequest(VECTOR).put("stream", true));

        var last = events.get(events.size() - 1);
        assertThat(last.path("type").stringValue()).isEqualTo("image_generation.completed");
        assertThat(last.path("media_type").stringValue()).isEqualTo("image/svg+xml");
        var chunks = events.subList(0, events.size() - 1);
        assertThat(chunks).hasSizeGreaterThan(4).allMatch(StreamTest::isTextChunk);
        assertThat(chunks.get(0).path("phase").stringValue()).isEqualTo("reasoning");
        var written = new StringBuilder();
        chunks.stream()
                .skip(1)
                .forEach(chunk -> written.append(chunk.path("text").stringValue()));
        assertThat(written.toString()).isEqualTo(new String(decoded(last), StandardCharsets.UTF_8));
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(written.toString())));
        assertThat(document.getDocumentElement().getAttribute("width")).isEqualTo("1024");
    }

    @Test
    void aStreamThatIsNotAskedForIsNotSent() {
        assertThat(client.post(small(STUDIO)).headers().firstValue("Content-Type"))
                .contains("application/json");
    }

    @Test
    void aRefusalBeforeTheFirstByteIsNoStream() {
        var response = client.post(small(MINI).put("stream", true).put("n", 11));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void recordedAmountsComeOutOfTheRecordedRequest() {
        // 1024 x 1024 at low quality with one preview and 15 tokens of prompt: 0.003006 dollars
        try (var one = ImageEmulator.create().start()) {
            var request = TestClient.imageRequest(MINI)
                    .put("stream", true)
                    .put("quality", "low")
                    .put("prompt", "p".repeat(60));
            var events = new TestClient(one).events(request);
            var usage = events.get(1).path("usage");

            assertThat(usage.path("prompt_tokens").intValue()).isEqualTo(15);
            assertThat(usage.path("completion_tokens").intValue()).isEqualTo(372);
            assertThat(usage.path("cost").decimalValue()).isEqualByComparingTo(new BigDecimal("0.003006"));
            assertThat(decoded(events.get(0)).length)
                    .as("the preview is larger than the final image, as recorded")
                    .isGreaterThan(decoded(events.get(1)).length);
        }
    }

    private static String type(String data) {
        return data.equals("[DONE]")
                ? data
                : Objects.toString(TestClient.parse(data).path("type").stringValue());
    }

    private static boolean isTextChunk(JsonNode event) {
        return event.path("type").stringValue().equals("image_generation.text_chunk");
    }
}
