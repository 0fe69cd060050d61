package dev.darkroom.internal.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.dialect.BodyPart;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.gateway.OpenAi;
import dev.darkroom.image.AspectRatio;
import dev.darkroom.image.Background;
import dev.darkroom.image.ImageOption;
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

class OpenAiRequestTest {

    private static final ImageRequest PLAIN = ImageRequest.of("gpt-image-2", "a lighthouse");
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 42};
    private static final String PNG_URL = "data:image/png;base64,iVBORw0KGgoq";
    private static final ImageReference LINK = ImageReference.url(URI.create("https://example.com/a.png"));

    private final Dialect dialect = new OpenAiDialect();

    private JsonNode json(ImageRequest request) {
        return Bodies.json(dialect.generate(request));
    }

    private String text(ImageRequest request) {
        return new String(Bodies.wire(dialect.generate(request)), StandardCharsets.ISO_8859_1);
    }

    @Test
    void aPlainRequestIsModelAndPromptAndNothingElse() {
        var call = dialect.generate(PLAIN);
        assertThat(call.path()).isEqualTo("/images/generations");
        assertThat(call.headers())
                .containsOnly(Map.entry("Accept", "application/json"), Map.entry("Content-Type", "application/json"));
        assertThat(text(PLAIN)).isEqualTo("{\"model\":\"gpt-image-2\",\"prompt\":\"a lighthouse\"}");
    }

    @Test
    void everyFieldGoesOutUnderTheNameOfTheApi() {
        var request = PLAIN
                .n(2)
                .size(Size.pixels(1536, 864))
                .quality(Quality.XHIGH)
                .outputFormat(OutputFormat.WEBP)
                .outputCompression(42)
                .background(Background.TRANSPARENT)
                .stream(true)
                .partialImages(3)
                .with(OpenAi.RESPONSE_FORMAT, ResponseFormat.BASE64)
                .user("u")
                .extra("moderation", "low")
                .extra("nothing", null);
        assertThat(dialect.generate(request).headers()).containsEntry("Accept", "application/json, text/event-stream");
        assertThat(json(request)).isEqualTo(JsonMapper.shared().readTree("""
                        {"model":"gpt-image-2","prompt":"a lighthouse","n":2,"size":"1536x864","quality":"xhigh",
                         "output_format":"webp","output_compression":42,"background":"transparent","stream":true,
                         "partial_images":3,"user":"u","moderation":"low","nothing":null}
                        """));
    }

    @Test
    void referencesThatAreTextOnTheWireAreAnEditInJson(@TempDir Path folder) throws IOException {
        var file = Files.write(folder.resolve("secret-name.png"), PNG);
        var request = PLAIN.references(
                        LINK,
                        ImageReference.stored("file-1"),
                        ImageReference.dataUrl(PNG_URL),
                        ImageReference.file(file),
                        ImageReference.bytes(PNG))
                .mask(ImageReference.stored("file-2"));
        var call = dialect.generate(request);
        assertThat(call.path()).isEqualTo("/images/edits");
        assertThat(call.headers()).containsEntry("Content-Type", "application/json");
        assertThat(json(request)).isEqualTo(JsonMapper.shared().readTree("""
                        {"model":"gpt-image-2","prompt":"a lighthouse","images":[
                          {"image_url":"https://example.com/a.png"},{"file_id":"file-1"},{"image_url":"URL"},
                          {"image_url":"URL"},{"image_url":"URL"}],
                         "mask":{"file_id":"file-2"}}
                        """.replace("URL", PNG_URL)));
    }

    @Test
    void referencesThatAreBytesAreAnEditInPartsUnderNamesOfOurOwn(@TempDir Path folder) throws IOException {
        var file = Files.write(folder.resolve("secret-name.png"), PNG);
        var request = PLAIN
                .references(ImageReference.file(file), ImageReference.bytes(new byte[] {-1, -40, -1, 9}))
                .mask(ImageReference.bytes(PNG))
                .n(2)
                .stream(true)
                .extra("input_fidelity", "high")
                .extra("frame_count", 9);
        var call = dialect.generate(request);
        assertThat(call.path()).isEqualTo("/images/edits");
        assertThat(call.headers().get("Content-Type")).startsWith("multipart/form-data; boundary=");
        var boundary = call.headers().get("Content-Type").substring("multipart/form-data; boundary=".length());
        var raw = new String(PNG, StandardCharsets.ISO_8859_1);
        assertThat(new String(Bodies.wire(call), StandardCharsets.ISO_8859_1))
                .isEqualTo((field("model", "gpt-image-2")
                                + field("prompt", "a lighthouse")
                                + field("n", "2")
                                + field("stream", "true")
                                + field("input_fidelity", "high")
                                + field("frame_count", "9")
                                + image("image[]", "image0.png", "image/png", raw)
                                + image("image[]", "image1.jpeg", "image/jpeg", "\u00ff\u00d8\u00ff\t")
                                + image("mask", "mask.png", "image/png", raw)
                                + "--B--\r\n")
                        .replace("--B", "--" + boundary));
        assertThat(call.body()).as("no image passes through a text").anyMatch(BodyPart.RawFile.class::isInstance);
    }

    private static String field(String name, String value) {
        return "--B\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static String image(String name, String fileName, String type, String content) {
        return "--B\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + fileName
                + "\"\r\nContent-Type: " + type + "\r\n\r\n" + content + "\r\n";
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "gpt-image-2,        1:1,  -,  1024x1024",
                "gpt-image-2,        3:2,  -,  1536x1024",
                "gpt-image-2,        2:3,  1K, 1024x1536",
                "gpt-image-2,        16:9, -,  1280x720",
                "gpt-image-2,        16:9, 2K, 2560x1440",
                "gpt-image-2,        16:9, 4K, 3840x2160",
                "gpt-image-2,        9:16, 4K, 2160x3840",
                "gpt-image-2,        1:1,  2K, 2048x2048",
                "gpt-image-2,        auto, -,  auto",
                "gpt-image-1-mini,   3:2,  -,  1536x1024",
                "openai/gpt-image-1, 1:1,  1K, 1024x1024"
            })
    void aRatioBecomesPixels(String model, String ratio, String tier, String size) {
        var request = PLAIN.model(model).aspectRatio(AspectRatio.of(ratio));
        var asked = tier == null ? request : request.resolution(Resolution.of(tier));
        assertThat(json(asked).path("size").stringValue()).isEqualTo(size);
        assertThat(json(asked).has("aspect_ratio")).isFalse();
        assertThat(json(asked).has("resolution")).isFalse();
        if (tier != null) {
            assertThat(json(request.size(Size.of(tier))).path("size").stringValue())
                    .as("a tier for a size means the same")
                    .isEqualTo(size);
        }
    }

    static Stream<Arguments> wrongRequests() {
        var reference = PLAIN.references(ImageReference.bytes(PNG));
        return Stream.of(
                Arguments.of(PLAIN.n(11), "n must be 1 to 10, not 11"),
                Arguments.of(PLAIN.stream(true).partialImages(4), "partial_images must be 0 to 3, not 4"),
                Arguments.of(PLAIN.partialImages(1), "partial_images are sent only with stream(true)"),
                Arguments.of(PLAIN.outputCompression(101), "output_compression must be 0 to 100, not 101"),
                Arguments.of(PLAIN.mask(ImageReference.bytes(PNG)), "mask needs a reference to which it belongs"),
                Arguments.of(reference.mask(ImageReference.bytes(new byte[3])), "mask is no image: its 3 bytes"),
                Arguments.of(PLAIN.references(Collections.nCopies(17, LINK)), "references must be at most 16, not 17"),
                Arguments.of(
                        PLAIN.aspectRatio(AspectRatio.SQUARE).resolution(Resolution.K4),
                        "aspect_ratio 1:1 at 4K is no size that gpt-image-2 takes: sides are multiples of 16, at most"
                                + " 3840 and 3:1, 655360 to 8294400 pixels in all"),
                Arguments.of(
                        PLAIN.model("gpt-image-1-mini").aspectRatio(AspectRatio.LANDSCAPE_16_9),
                        "aspect_ratio 16:9 at 1K is no size that gpt-image-1-mini takes: 1:1, 3:2 and 2:3 at 1K are"),
                Arguments.of(
                        PLAIN.size(Size.of("2K")),
                        "size must be WIDTHxHEIGHT or auto, or a tier beside an aspect_ratio, not 2K"),
                Arguments.of(PLAIN.extra("size", "1x1"), "extras [size] are fields of the request itself"),
                Arguments.of(
                        reference.extra("x", List.of(1)), "extras beside files must be texts, numbers or booleans"),
                Arguments.of(
                        reference.extra("x\"\r\nX: y", 1), "extras beside files must be texts, numbers or booleans"),
                Arguments.of(
                        PLAIN.model(" "),
                        "model must not be blank: it is the id of an image model; set it by ImageRequest.model(..), in Spring Boot for all requests by darkroom.model"));
    }

    @ParameterizedTest
    @MethodSource("wrongRequests")
    void whatCanBeKnownToBeWrongIsRefused(ImageRequest request, String message) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> dialect.generate(request))
                .withMessageContaining(message)
                .withMessageStartingWith("not sent to openai: ");
    }

    @Test
    void aResolutionAloneIsNoSize() {
        assertThat(dialect.unsupported(PLAIN.resolution(Resolution.K2))).containsOnlyKeys(ImageOption.RESOLUTION);
        assertThat(dialect.unsupported(PLAIN.resolution(Resolution.K2).aspectRatio(AspectRatio.AUTO)))
                .containsOnlyKeys(ImageOption.RESOLUTION);
        assertThat(dialect.unsupported(PLAIN.resolution(Resolution.K2).size(Size.pixels(2048, 2048))))
                .isEmpty();
        assertThat(dialect.unsupported(PLAIN.with(OpenAi.RESPONSE_FORMAT, ResponseFormat.URL)))
                .containsOnlyKeys(OpenAi.RESPONSE_FORMAT);
    }
}
