package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.imageRequest;
import static dev.darkroom.emulator.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.metadata.IIOMetadataNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.scheduler.VirtualTimeScheduler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the APIs have learned since they were first spoken here. */
class GrownApisTest {

    private static final String GENERATIONS = "/images/generations";
    private static final String EDITS = "/images/edits";
    private static final String STUDIO = "darkroom-studio";

    private RunningEmulator emulator;
    private TestClient openAi;

    @BeforeEach
    void start() {
        emulator = ImageEmulator.create().shrink(16).start();
        openAi = new TestClient(emulator.openAiBaseUrl(), "sk-test");
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    private static ObjectNode with(String format) {
        return imageRequest("gpt-image-2.6-flare").put("output_format", format);
    }

    private JsonNode made(ObjectNode body) {
        var answer = openAi.post(GENERATIONS, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private void assertRefused(ObjectNode body, String param) {
        var answer = openAi.post(GENERATIONS, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).path("error").path("param").stringValue()).isEqualTo(param);
    }

    @Test
    void aGifHasItsFramesEachAsLongAsAskedForAndMoves() throws Exception {
        var answer = made(with("gif").put("frame_count", 4).put("frame_duration_ms", 126));
        var reader = ImageIO.getImageReadersByFormatName("gif").next();
        reader.setInput(ImageIO.createImageInputStream(
                new ByteArrayInputStream(TestClient.decoded(answer.path("data").path(0)))));

        assertThat(answer.path("output_format").stringValue()).isEqualTo("gif");
        assertThat(reader.getNumImages(true)).isEqualTo(4);
        for (int i = 0; i < 4; i++) {
            var tree = (IIOMetadataNode) reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
            var control = (IIOMetadataNode)
                    tree.getElementsByTagName("GraphicControlExtension").item(0);
            assertThat(control.getAttribute("delayTime")).isEqualTo("13");
        }
        assertThat(column(reader.read(0))).isNotEqualTo(column(reader.read(2)));
    }

    private static int[] column(BufferedImage image) {
        return image.getRGB(0, 0, 1, image.getHeight(), null, 0, 1);
    }

    @Test
    void anSvgIsMarkupWhoseAuthorIsPaidForBeside() {
        var body = with("svg");
        body.putObject("svg").put("model", "gpt-6-sol").putObject("reasoning").put("effort", "low");
        var answer = made(body);

        var markup = new String(TestClient.decoded(answer.path("data").path(0)), StandardCharsets.UTF_8);
        assertThat(markup).startsWith("<svg").endsWith("</svg>\n");
        assertThat(answer.path("svg_usage").path("model").stringValue()).isEqualTo("gpt-6-sol");
        assertThat(answer.path("svg_usage").path("total_tokens").intValue()).isPositive();
        assertThat(answer.path("usage").path("output_tokens").intValue()).isPositive();
    }

    @Test
    void whatExcludesWhatIsRefusedByTheNameOfOneOfThem() {
        for (var format : List.of("gif", "svg")) {
            assertRefused(with(format).put("stream", true), "stream");
            assertRefused(with(format).put("stream", true).put("partial_images", 1), "partial_images");
            assertRefused(with(format).put("output_compression", 50), "output_compression");
            assertRefused(with(format).put("background", "transparent"), "background");
            assertRefused(with(format).put("model", "gpt-image-2"), "output_format");
        }
        assertRefused(with("svg").put("n", 2), "n");
        assertRefused(with("svg").put("output_compression", 100), "output_compression");
        assertRefused(with("png").put("frame_count", 4), "frame_count");
        assertRefused(with("png").put("frame_duration_ms", 100), "frame_duration_ms");
        assertRefused(with("gif").put("frame_count", 1), "frame_count");
        assertRefused(with("gif").put("frame_count", 17), "frame_count");
        var pixels = with("png");
        pixels.putObject("svg");
        assertRefused(pixels, "svg");
        var effort = with("svg");
        effort.putObject("svg").putObject("reasoning").put("effort", "enormous");
        assertRefused(effort, "svg.reasoning.effort");
        assertRefused(with("png").put("complexity", "huge"), "complexity");
        assertThat(emulator.journal().accepted()).isEmpty();
        assertThat(made(with("gif").put("output_compression", 100)).path("data").size())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"safety_identifier, ours, user, theirs, ours", "safety_identifier, '', user, theirs, theirs"})
    void whoItIsForIsSaidInTheAnswerAndInCompletedEvents(
            String name, String value, String other, String otherValue, String effective) {
        var body = with("png").put(name, value).put(other, otherValue);

        assertThat(made(body).path("safety_identifier").stringValue()).isEqualTo(effective);
        assertThat(openAi.post(GENERATIONS, body.put("stream", true)).body())
                .contains("\"safety_identifier\":\"" + effective + "\"");
        assertThat(made(with("png")).has("safety_identifier")).isFalse();
    }

    @Test
    void aPromptWhichWasRewrittenIsInTheAnswer() {
        var body = imageRequest(STUDIO).put("size", "256x256");

        assertThat(made(body).path("data").path(0).path("revised_prompt").stringValue())
                .startsWith(body.path("prompt").stringValue())
                .isNotEqualTo(body.path("prompt").stringValue());
        assertThat(made(with("png")).path("data").path(0).has("revised_prompt")).isFalse();
    }

    private byte[] picture(String background) {
        return TestClient.decoded(
                made(imageRequest(STUDIO).put("size", "512x512").put("background", background))
                        .path("data")
                        .path(0));
    }

    private static Multipart edit() {
        return new Multipart().field("model", "gpt-image-2.5-flare").field("prompt", "at night");
    }

    @Test
    void aFormSpellsTheFieldsOfAnObjectInBrackets() {
        var form = edit().field("output_format", "svg")
                .field("svg[model]", "gpt-5")
                .field("svg[reasoning][effort]", "low")
                .file("image", "a.png", "image/png", picture("opaque"));

        var answer = openAi.post(EDITS, form);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).path("svg_usage").path("model").stringValue()).isEqualTo("gpt-5");
    }

    @Test
    void oneImageGoesByItsNameAndSeveralInBrackets() {
        var picture = picture("opaque");
        var brackets =
                edit().file("image[]", "a.png", "image/png", picture).file("image[]", "b.png", "image/png", picture);
        var twice = edit().file("image", "a.png", "image/png", picture).file("image", "b.png", "image/png", picture);

        assertThat(openAi.post(EDITS, edit().file("image", "a.png", "image/png", picture))
                        .statusCode())
                .isEqualTo(200);
        assertThat(openAi.post(EDITS, brackets).statusCode()).isEqualTo(200);
        assertThat(json(openAi.post(EDITS, twice)).path("error").path("code").stringValue())
                .isEqualTo("duplicate_parameter");
    }

    @Test
    void markupLiesOverTheFirstImageAndExcludesAMask() {
        var picture = picture("opaque");
        var drawn = picture("transparent");

        assertMarkup(
                edit().file("image", "a.png", "image/png", picture).file("markup", "m.png", "image/png", drawn), 200);
        assertMarkup(
                edit().file("image", "a.png", "image/png", picture)
                        .file("markup", "m.png", "image/png", drawn)
                        .file("mask", "m.png", "image/png", drawn),
                400);
        assertMarkup(
                edit().file("image", "a.png", "image/png", picture).file("markup", "m.png", "image/png", picture), 400);
        assertMarkup(
                new Multipart()
                        .field("model", "gpt-image-1.5")
                        .field("prompt", "at night")
                        .file("image", "a.png", "image/png", picture)
                        .file("markup", "m.png", "image/png", drawn),
                400);
        assertMarkup(
                edit().field("output_format", "gif")
                        .file("image", "a.png", "image/png", picture)
                        .file("mask", "m.png", "image/png", drawn),
                400);
    }

    private void assertMarkup(Multipart form, int status) {
        var answer = openAi.post(EDITS, form);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        if (status == 400) {
            assertThat(json(answer).path("error").path("param").stringValue()).isIn("markup", "mask");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void arkTellsOfToolsAndHowOftenTheyWereUsed(boolean stream) {
        var ark = new TestClient(emulator.arkBaseUrl(), "sk-test");
        var body = imageRequest("seedream-5-0-260128").put("stream", stream).put("guidance_scale", 2.5);
        body.putObject("optimize_prompt_options").put("thinking", "enabled");
        body.putArray("tools").addObject().put("type", "web_search");
        var answer = ark.post(GENERATIONS, body).body();

        assertThat(answer).contains("\"tool_usage\":{\"web_search\":1}", "\"tools\":[{\"type\":\"web_search\"}]");
        ((ObjectNode) body.path("tools").path(0)).put("type", "telepathy");
        assertThat(ark.post(GENERATIONS, body).statusCode()).isEqualTo(400);
    }

    @Test
    void aGenerationOfOpenRouterIsKnownAWhileAfterItsEnd() {
        var time = VirtualTimeScheduler.create();
        try (var slow = ImageEmulator.create()
                .shrink(64)
                .time(time)
                .generationLookupDelay(Duration.ofMinutes(2))
                .start()) {
            var client = new TestClient(slow);
            var answer = client.post(
                    TestClient.small(TestClient.MINI).put("size", "1024x1024").put("session_id", "s-1"));
            var id = "/generation?id="
                    + answer.headers().firstValue("X-Generation-Id").orElseThrow();

            assertThat(client.get(id).statusCode()).isEqualTo(404);
            time.advanceTimeBy(Duration.ofMinutes(2));
            var found = json(client.get(id)).path("data");
            assertThat(found.path("total_cost").doubleValue()).isPositive();
            assertThat(found.path("cancelled").booleanValue()).isFalse();
            assertThat(found.path("session_id").stringValue()).isEqualTo("s-1");
            assertThat(slow.journal().lookups()).hasSize(2);
            slow.enqueueFollowUp(Fault.NOT_FOUND.once());
            assertThat(client.get(id).statusCode()).isEqualTo(404);
        } finally {
            time.dispose();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"image_generation", "openrouter:image_generation"})
    void openRouterKnowsTheImageToolAndKeepsNoResponse(String type) {
        var client = new TestClient(emulator.openRouterBaseUrl(), "sk-test");
        var body = ResponsesTest.body("openai/gpt-5").put("stream", true);
        ((ObjectNode) body.path("tools").path(0)).put("type", type);
        if (type.equals("image_generation")) {
            ((ObjectNode) body.path("tools").path(0)).put("partial_images", 1).put("model", "openai/gpt-image-1-mini");
        }
        var answer = client.post("/responses", body).body();

        assertThat(answer).contains("event: response.completed", "\"result\":\"");
        assertThat(answer.contains("partial_image_b64")).isEqualTo(type.equals("image_generation"));
        assertThat(client.post("/responses", body.put("previous_response_id", "resp_1"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.get("/responses/resp_1").statusCode()).isEqualTo(404);
    }
}
