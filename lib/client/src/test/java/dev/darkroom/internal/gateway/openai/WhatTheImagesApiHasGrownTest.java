package dev.darkroom.internal.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reply;
import dev.darkroom.gateway.OpenAi;
import dev.darkroom.image.Background;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.OutputFormat;
import dev.darkroom.image.RejectedException;
import dev.darkroom.internal.gateway.common.Bodies;
import dev.darkroom.internal.gateway.common.Payloads;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** GIF, SVG, markup and the other new words of the Images API: how they are sent, what excludes what, and what comes back. */
class WhatTheImagesApiHasGrownTest {

    private static final Dialect DIALECT = new OpenAiDialect();
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final String BASE64 = Base64.getEncoder().encodeToString(PNG);
    private static final byte[] JPEG = {-1, -40, -1, 9};
    private static final ImageReference FILE = ImageReference.bytes(PNG);
    private static final ImageReference LINK = ImageReference.url(URI.create("https://example.com/a.png"));
    private static final ImageRequest PLAIN = ImageRequest.of("gpt-image-2.5-flare", "a lighthouse");
    private static final ImageRequest GIF = PLAIN.outputFormat(OutputFormat.GIF);
    private static final ImageRequest SVG = PLAIN.outputFormat(OutputFormat.SVG);

    private static String form(ImageRequest request) {
        return new String(Bodies.wire(DIALECT.generate(request)), StandardCharsets.ISO_8859_1);
    }

    private static void assertRefused(ImageRequest request, String... faults) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> DIALECT.generate(request))
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(faults));
    }

    @Test
    void theNewWordsGoOutUnderTheirNamesAndAnSvgIsAnObject() {
        var request = SVG.with(OpenAi.COMPLEXITY, "high")
                .with(OpenAi.MODERATION, "low")
                .with(OpenAi.SAFETY_IDENTIFIER, "h-1")
                .with(OpenAi.SVG_MODEL, "author-1")
                .with(OpenAi.SVG_EFFORT, "none");
        assertThat(Bodies.json(DIALECT.generate(request)))
                .isEqualTo(JsonMapper.shared().readTree("""
                        {"model":"gpt-image-2.5-flare","prompt":"a lighthouse","output_format":"svg","complexity":"high",
                         "moderation":"low","safety_identifier":"h-1","svg":{"model":"author-1","reasoning":{"effort":"none"}}}
                        """));
    }

    @Test
    void theSafetyIdentifierTakesThePlaceOfTheUser() {
        var user = PLAIN.user("u-1");
        assertThat(Bodies.fields(DIALECT.generate(user)).has("user")).isTrue();
        var both = Bodies.fields(DIALECT.generate(user.with(OpenAi.SAFETY_IDENTIFIER, "h-1")));
        assertThat(both.has("user")).isFalse();
        assertThat(both.path("safety_identifier").asString()).isEqualTo("h-1");
        assertThat(form(user.references(FILE).with(OpenAi.SAFETY_IDENTIFIER, "h-1")))
                .contains("h-1")
                .doesNotContain("u-1");
        assertThat(Bodies.fields(DIALECT.generate(user.with(OpenAi.SAFETY_IDENTIFIER, "")))
                        .path("user")
                        .asString())
                .as("one that is empty counts as none")
                .isEqualTo("u-1");
    }

    @Test
    void inAFormTheMembersOfAnObjectStandInBrackets() {
        var request = SVG.references(FILE).with(OpenAi.SVG_MODEL, "author-1").with(OpenAi.SVG_EFFORT, "max");
        assertThat(form(request))
                .contains("name=\"svg[model]\"\r\n\r\nauthor-1\r\n")
                .contains("name=\"svg[reasoning][effort]\"\r\n\r\nmax\r\n");
        assertThat(form(PLAIN.references(FILE).extra("odd", Map.of("a", Map.of("b", 1), "c", true))))
                .contains("name=\"odd[a][b]\"\r\n\r\n1\r\n")
                .contains("name=\"odd[c]\"\r\n\r\ntrue\r\n");
        assertRefused(PLAIN.references(FILE).extra("odd", Map.of("a\"\r\n", 1)), "extras beside files must be");
    }

    @Test
    void oneFileIsAnImageSeveralAreAListAndMarkupIsAFileBesideThem() {
        assertThat(form(PLAIN.references(FILE))).contains("name=\"image\"; filename=\"image0.png\"");
        assertThat(form(PLAIN.references(FILE, FILE)))
                .contains("name=\"image[]\"; filename=\"image0.png\"", "name=\"image[]\"; filename=\"image1.png\"")
                .doesNotContain("name=\"image\"");
        assertThat(form(PLAIN.references(FILE).with(OpenAi.MARKUP, FILE)))
                .contains("name=\"markup\"; filename=\"markup.png\"\r\nContent-Type: image/png\r\n\r\n"
                        + new String(PNG, StandardCharsets.ISO_8859_1) + "\r\n");
    }

    @Test
    void withMarkupADataUrlIsSentAsTheFileThatItHolds() {
        var text = Base64.getEncoder().encodeToString(PNG);
        var data = ImageReference.dataUrl("data:IMAGE/PNG;base64," + text);
        assertThat(form(PLAIN.references(data).with(OpenAi.MARKUP, data)))
                .contains("name=\"image\"; filename=\"image0.png\"\r\nContent-Type: image/png\r\n\r\n"
                        + new String(PNG, StandardCharsets.ISO_8859_1) + "\r\n")
                .doesNotContain(text);
        assertRefused(
                PLAIN.references(ImageReference.dataUrl("data:image/png;base64,A"))
                        .with(OpenAi.MARKUP, FILE),
                "references[0] must be bytes, a file or a data URL");
    }

    @Test
    void markupNeedsAReferenceAPngAndFilesBesideIt() {
        assertRefused(PLAIN.with(OpenAi.MARKUP, FILE), "markup is not taken", "it lies over the first reference");
        assertRefused(
                PLAIN.references(FILE).mask(FILE).with(OpenAi.MARKUP, FILE),
                "markup is not taken",
                "it excludes a mask");
        assertRefused(
                PLAIN.references(LINK).with(OpenAi.MARKUP, FILE),
                "references[0] must be bytes, a file or a data URL: it is sent as a file, not as a URL");
        assertRefused(PLAIN.references(FILE).with(OpenAi.MARKUP, LINK), "markup must be bytes, a file or a data URL");
        assertRefused(
                PLAIN.references(FILE).with(OpenAi.MARKUP, ImageReference.bytes(JPEG)),
                "markup must be a PNG, not image/jpeg");
        assertRefused(
                PLAIN.references(FILE).with(OpenAi.MARKUP, ImageReference.stored("file-1")),
                "markup is an image stored at a gateway");
    }

    @Test
    void whatAGifExcludesIsSaidInOneMessage() {
        assertRefused(
                GIF.references(FILE).mask(FILE).stream(true)
                        .partialImages(2)
                        .outputCompression(50)
                        .background(Background.TRANSPARENT)
                        .with(OpenAi.FRAME_COUNT, 17)
                        .with(OpenAi.FRAME_DURATION_MS, 655_351)
                        .with(OpenAi.SVG_MODEL, "author-1"),
                "stream is not taken by openai for model gpt-image-2.5-flare: gif is not streamed",
                "partial_images is not taken by openai for model gpt-image-2.5-flare: gif has no previews",
                "output_compression is not taken",
                "mask is not taken by openai for model gpt-image-2.5-flare: gif takes no mask",
                "svg_model is not taken",
                "frame_count must be 2 to 16, not 17",
                "frame_duration_ms must be 1 to 655350, not 655351",
                "background transparent needs output_format png or webp, not gif");
    }

    @Test
    void whatAnSvgExcludesIsSaidInOneMessage() {
        assertRefused(
                SVG.n(2).stream(true)
                        .partialImages(1)
                        .outputCompression(100)
                        .with(OpenAi.FRAME_COUNT, 9)
                        .with(OpenAi.FRAME_DURATION_MS, 200),
                "svg is not streamed",
                "svg has no previews",
                "output_compression is not taken",
                "frame_count is not taken",
                "frame_duration_ms is not taken",
                "svg is made one at a time: n must be 1, not 2");
    }

    @Test
    void whatGifAndSvgDoNotExcludeIsSent() {
        assertThat(Bodies.json(DIALECT.generate(GIF.n(3).stream(false).with(OpenAi.FRAME_COUNT, 2))))
                .hasToString(
                        "{\"model\":\"gpt-image-2.5-flare\",\"prompt\":\"a lighthouse\",\"n\":3,\"output_format\":\"gif\","
                                + "\"stream\":false,\"frame_count\":2}");
        assertThat(form(SVG.n(1).references(FILE).mask(FILE))).contains("name=\"mask\"");
    }

    @Test
    void aClientThatDropsWhatIsNotTakenKeepsEveryImageThatThePromptSpeaksOf() {
        var request =
                GIF.references(FILE).mask(FILE).stream(true).partialImages(1).outputCompression(1);
        assertThat(DIALECT.unsupported(request))
                .containsOnlyKeys(
                        ImageOption.STREAM,
                        ImageOption.PARTIAL_IMAGES,
                        ImageOption.OUTPUT_COMPRESSION,
                        ImageOption.MASK);
        assertThat(DIALECT.unsupported(GIF.stream(false).partialImages(0))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-image-2", "gpt-image-2-2026-04-21", "openai/gpt-image-2"})
    void aModelThatAlwaysKeepsToItsReferencesIsNotAskedTo(String model) {
        var request = PLAIN.references(FILE).with(OpenAi.INPUT_FIDELITY, "high");
        assertThat(DIALECT.unsupported(request.model(model))).containsOnlyKeys(OpenAi.INPUT_FIDELITY);
        assertThat(DIALECT.unsupported(request)).isEmpty();
        assertThat(DIALECT.unsupported(request.without(ImageOption.REFERENCES)))
                .containsOnlyKeys(OpenAi.INPUT_FIDELITY);
    }

    @Test
    void whatWasSentAsAnExtraBeforeItHadAnOptionStillIsButNotTwice() {
        var request = PLAIN.extra("complexity", "low").extra("svg", Map.of("model", "author-1"));
        assertThat(Bodies.json(DIALECT.generate(request)).at("/svg/model").asString())
                .isEqualTo("author-1");
        assertRefused(request.with(OpenAi.COMPLEXITY, "high"), "extras [complexity] are fields of the request itself");
        assertRefused(
                SVG.extra("svg", Map.of()).with(OpenAi.SVG_EFFORT, "low"),
                "extras [svg] are fields of the request itself");
    }

    private static ImageResult read(String json) {
        var reply = new Reply(200, Map.of(), Instant.EPOCH);
        var events = DIALECT.reading(PLAIN, reply).read(Payloads.document(json));
        return ((ImageEvent.Completed) events.get(events.size() - 1)).result();
    }

    @Test
    void whatAnAnswerSaysOfTheWholeCanBeAskedForKnownOrNot() {
        var result = read("""
                {"created":1761112880,"background":"opaque","output_format":"svg","quality":"max","size":"1536x864",
                 "safety_identifier":"h-1","invented":{"tomorrow":[1,true,null]},"nothing":null,
                 "data":[{"b64_json":"BASE64","revised_prompt":"a white lighthouse"}],
                 "usage":{"input_tokens":7,"output_tokens":4160,"total_tokens":4167},
                 "svg_usage":{"input_tokens":900,"output_tokens":2100,"reasoning_tokens":800,"total_tokens":3000,
                  "model":"author-1"}}
                """.replace("BASE64", BASE64));
        assertThat(result.first().revisedPrompt()).isEqualTo("a white lighthouse");
        assertThat(result.usage().outputTokens()).as("svg is billed beside it").isEqualTo(4160);
        assertThat(result.svgUsage().totalTokens()).isEqualTo(3000);
        assertThat(result.svgUsage().fields()).contains(entry("reasoning_tokens", 800L), entry("model", "author-1"));
        assertThat(result.fields())
                .containsOnlyKeys("background", "output_format", "quality", "size", "safety_identifier", "invented")
                .containsEntry("quality", "max")
                .containsEntry("invented", Map.of("tomorrow", Arrays.asList(1L, true)));
        assertThat(result.toString()).contains("safety_identifier").doesNotContain("h-1");
        assertThat(result.withWarnings(List.of("w")).fields()).isEqualTo(result.fields());
    }

    @Test
    void whatIsSaidOfTheWholeIsBounded() {
        var answer = "{\"data\":[{\"b64_json\":\"" + BASE64 + "\"}],\"more\":[" + "\"abcdefgh\",".repeat(2_000) + "1]}";
        assertThat(read(answer).fields()).isEmpty();
    }

    @Test
    void aStreamSaysItInItsLastEvent() {
        var reading = DIALECT.reading(PLAIN, new Reply(200, Map.of(), Instant.EPOCH));
        var events = reading.read(Payloads.stream("data: {\"type\":\"image_edit.completed\",\"b64_json\":\""
                        + BASE64 + "\",\"created_at\":1761112880,\"size\":\"1024x1024\",\"quality\":\"xhigh\","
                        + "\"safety_identifier\":null}\n\n")
                .get(0));
        assertThat(((ImageEvent.Completed) events.get(1)).result().fields())
                .isEqualTo(Map.of("size", "1024x1024", "quality", "xhigh"));
    }
}
