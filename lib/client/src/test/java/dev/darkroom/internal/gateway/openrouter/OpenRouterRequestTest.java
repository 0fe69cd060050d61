package dev.darkroom.internal.gateway.openrouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.gateway.Ark;
import dev.darkroom.gateway.OpenRouter;
import dev.darkroom.gateway.ProviderRouting;
import dev.darkroom.image.AspectRatio;
import dev.darkroom.image.Background;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutputFormat;
import dev.darkroom.image.Quality;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.Resolution;
import dev.darkroom.image.ResponseFormat;
import dev.darkroom.image.Size;
import dev.darkroom.internal.gateway.common.Bodies;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenRouterRequestTest {

    private static final ImageRequest PLAIN = ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse");
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 42};
    private static final String PNG_URL = "data:image/png;base64,iVBORw0KGgoq";

    private final Dialect dialect = new OpenRouterDialect();

    private JsonNode json(ImageRequest request) {
        return JsonMapper.shared().readTree(Bodies.wire(dialect.generate(request)));
    }

    @Test
    void aPlainRequestIsModelAndPromptAndNothingElse() {
        var call = dialect.generate(PLAIN);
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.path()).isEqualTo("/images");
        assertThat(call.headers()).containsEntry("Accept", "application/json");
        assertThat(new String(Bodies.wire(call), StandardCharsets.UTF_8))
                .isEqualTo("{\"model\":\"openai/gpt-image-1-mini\",\"prompt\":\"a lighthouse\"}");
    }

    @Test
    void everyFieldGoesOutUnderTheNameOfTheApi() {
        var request = PLAIN
                .n(3)
                .size(Size.of("2K"))
                .aspectRatio(AspectRatio.of("2.35:1"))
                .resolution(Resolution.K2)
                .quality(Quality.XHIGH)
                .outputFormat(OutputFormat.WEBP)
                .outputCompression(0)
                .background(Background.TRANSPARENT)
                .seed(-1)
                .stream(true)
                .user("u")
                .with(OpenRouter.SESSION_ID, "s")
                .with(OpenRouter.TRACE, Map.of("trace_id", "t", "mine", 1))
                .extra("moderation", "low")
                .extra("nothing", null)
                .extra("nested", Map.of("list", List.of(1, "a")))
                .references(ImageReference.url(URI.create("https://example.com/a.png?x=1")));
        assertThat(dialect.generate(request).headers()).containsEntry("Accept", "application/json, text/event-stream");
        assertThat(json(request)).isEqualTo(JsonMapper.shared().readTree("""
                        {"model":"openai/gpt-image-1-mini","prompt":"a lighthouse","n":3,"size":"2K",
                         "aspect_ratio":"2.35:1","resolution":"2K","quality":"xhigh","output_format":"webp",
                         "output_compression":0,"background":"transparent","seed":-1,"stream":true,"user":"u",
                         "session_id":"s","trace":{"trace_id":"t","mine":1},"moderation":"low","nothing":null,
                         "nested":{"list":[1,"a"]},
                         "input_references":[
                           {"type":"image_url","image_url":{"url":"https://example.com/a.png?x=1"}}]}
                        """));
    }

    @Test
    void routingWishesAreTheProviderObject() {
        var routing = ProviderRouting.any()
                .only("openai", "azure")
                .order("azure")
                .ignore("fal")
                .allowFallbacks(false)
                .sort("price", "none")
                .options("black-forest-labs", Map.of("steps", 4));
        assertThat(json(PLAIN.with(OpenRouter.ROUTING, routing)).path("provider"))
                .isEqualTo(JsonMapper.shared().readTree("""
                        {"only":["openai","azure"],"order":["azure"],"ignore":["fal"],"allow_fallbacks":false,
                         "sort":{"by":"price","partition":"none"},"options":{"black-forest-labs":{"steps":4}}}
                        """));
        assertThat(json(PLAIN.with(OpenRouter.ROUTING, ProviderRouting.any().sort("latency")))
                        .path("provider")
                        .toString())
                .isEqualTo("{\"sort\":\"latency\"}");
    }

    @Test
    void streamFalseIsSaidIfItWasAskedFor() {
        assertThat(json(PLAIN.stream(false)).path("stream").isBoolean()).isTrue();
        assertThat(json(PLAIN).has("stream")).isFalse();
    }

    @Test
    void everyKindOfReferenceBecomesAnImageUrl(@TempDir Path folder) throws IOException {
        var file = Files.write(folder.resolve("a.png"), PNG);
        var references = json(PLAIN.references(
                        ImageReference.file(file),
                        ImageReference.bytes(PNG),
                        ImageReference.dataUrl(PNG_URL),
                        ImageReference.url(URI.create("https://example.com/ä.png"))))
                .path("input_references");
        assertThat(references)
                .extracting(reference -> reference.path("image_url").path("url").stringValue())
                .containsExactly(PNG_URL, PNG_URL, PNG_URL, "https://example.com/%C3%A4.png");
        assertThat(references)
                .allSatisfy(reference ->
                        assertThat(reference.path("type").stringValue()).isEqualTo("image_url"));
    }

    @Test
    void anImageIsAPartOfItsOwnAndNeverText() {
        var parts = dialect.generate(PLAIN.references(ImageReference.bytes(PNG), ImageReference.bytes(PNG)))
                .body();
        assertThat(parts)
                .extracting(part -> part.getClass().getSimpleName())
                .containsExactly("Literal", "Base64Bytes", "Literal", "Base64Bytes", "Literal");
    }

    @Test
    void whatIsNotAnImageIsRefusedByItsPlaceAndName(@TempDir Path folder) throws IOException {
        var text = Files.writeString(folder.resolve("notes.txt"), "not an image");
        assertRefused(
                PLAIN.references(
                        ImageReference.file(folder.resolve("missing.png")),
                        ImageReference.file(folder),
                        ImageReference.file(text),
                        ImageReference.bytes(new byte[] {1, 2, 3})),
                "references[0] (missing.png) does not exist",
                "references[1] (",
                "is not a readable file",
                "references[2] (notes.txt) is no image",
                "references[3] is no image: its 3 bytes");
    }

    static Stream<Arguments> wrongRequests() {
        return Stream.of(
                Arguments.of(
                        ImageRequest.of(" ", "p"),
                        "model must not be blank: it is author/slug; set it by ImageRequest.model(..), in Spring Boot for all requests by darkroom.model"),
                Arguments.of(ImageRequest.of("a/b", " \n"), "prompt must not be blank"),
                Arguments.of(PLAIN.n(0), "n must be 1 to 10, not 0"),
                Arguments.of(PLAIN.n(11), "n must be 1 to 10, not 11"),
                Arguments.of(PLAIN.outputCompression(-1), "output_compression must be 0 to 100, not -1"),
                Arguments.of(PLAIN.outputCompression(101), "output_compression must be 0 to 100, not 101"),
                Arguments.of(
                        PLAIN.background(Background.TRANSPARENT).outputFormat(OutputFormat.JPEG),
                        "background transparent needs output_format png or webp, not jpeg"),
                Arguments.of(
                        PLAIN.size(Size.pixels(1024, 1024)).aspectRatio(AspectRatio.LANDSCAPE_16_9),
                        "size 1024x1024 contradicts aspect_ratio 16:9: leave one of them out"),
                Arguments.of(
                        PLAIN.size(Size.pixels(1024, 1024)).resolution(Resolution.K4),
                        "size 1024x1024 contradicts resolution 4K: leave one of them out"),
                Arguments.of(
                        PLAIN.references(
                                Collections.nCopies(17, ImageReference.url(URI.create("https://example.com/a.png")))),
                        "references must be at most 16, not 17"),
                Arguments.of(
                        PLAIN.with(OpenRouter.SESSION_ID, "s".repeat(257)),
                        "session_id must have at most 256 characters, not 257"),
                Arguments.of(
                        PLAIN.extra("size", "1x1"),
                        "extras [size] are fields of the request itself: set them as such"));
    }

    @ParameterizedTest
    @MethodSource("wrongRequests")
    void whatCanBeKnownToBeWrongIsRefusedByFieldAndValueAndWithWhatWouldBeRight(ImageRequest request, String message) {
        assertRefused(request, message);
    }

    @Test
    void anOptionWithoutAFieldIsRefusedByItsNameTheGatewayAndTheModel() {
        var request = PLAIN.mask(ImageReference.bytes(PNG))
                .partialImages(1)
                .with(OpenRouter.RESPONSE_FORMAT, ResponseFormat.URL)
                .with(Ark.WATERMARK, false)
                .with(Ark.SEQUENTIAL_IMAGES, 2)
                .with(Ark.OPTIMIZE_PROMPT, "fast");
        var unsupported = dialect.unsupported(request);
        assertThat(unsupported.keySet()).isEqualTo(request.options());
        unsupported.forEach((option, why) -> assertRefused(
                request, option + " is not taken by openrouter for model openai/gpt-image-1-mini: " + why));
        assertThat(dialect.unsupported(PLAIN.with(OpenRouter.RESPONSE_FORMAT, ResponseFormat.BASE64).stream(true)))
                .isEmpty();
        assertThat(json(PLAIN.with(OpenRouter.RESPONSE_FORMAT, ResponseFormat.BASE64))
                        .has("response_format"))
                .isFalse();
    }

    @Test
    void anImageStoredElsewhereIsRefused() {
        assertRefused(
                PLAIN.references(ImageReference.stored("file-1")), "references[0] is an image stored at a gateway");
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        assertRefused(PLAIN.prompt("").n(12).outputCompression(200), "prompt", "n must be", "output_compression");
    }

    @Test
    void whatIsTheServicesBusinessIsLeftToIt() {
        var request = PLAIN.quality(Quality.of("ultra"))
                .aspectRatio(AspectRatio.of("7:5"))
                .resolution(Resolution.of("768"))
                .outputFormat(OutputFormat.of("avif"))
                .size(Size.of("auto"));
        assertThat(json(request).path("quality").stringValue()).isEqualTo("ultra");
    }

    @ParameterizedTest
    @CsvSource({
        "1024x1024, 1:1, 1K",
        "1344x768, 16:9, 1K",
        "1536x1024, 3:2, 1K",
        "2048x1152, 16:9, 2K",
        "3840x2160, 16:9, 4K",
        "1024x1024, auto, 1K",
        "2K, 16:9, 2K",
        "704x1408, 1:2, 1K"
    })
    void aSizeThatSomeReadingReconcilesIsNoContradiction(String size, String ratio, String resolution) {
        var request =
                PLAIN.size(Size.of(size)).aspectRatio(AspectRatio.of(ratio)).resolution(Resolution.of(resolution));
        assertThat(json(request).path("size").stringValue()).isEqualTo(size);
    }

    @Test
    void noRefusalShowsThePrompt() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() ->
                        dialect.generate(PLAIN.prompt("a very private wish").n(99)))
                .satisfies(e -> assertThat(e.toString()).doesNotContain("private"));
    }

    private void assertRefused(ImageRequest request, String... messages) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> dialect.generate(request))
                .satisfies(e -> {
                    assertThat(e.reason()).isEqualTo(RejectedException.Reason.REQUEST);
                    assertThat(e.status()).isNull();
                    assertThat(e.getMessage())
                            .startsWith("not sent to openrouter: ")
                            .contains(messages);
                });
    }
}
