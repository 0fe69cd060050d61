package dev.darkroom.internal.gateway.ark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.gateway.Ark;
import dev.darkroom.image.AspectRatio;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutputFormat;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.Resolution;
import dev.darkroom.image.ResponseFormat;
import dev.darkroom.image.Size;
import dev.darkroom.internal.gateway.common.Bodies;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ArkRequestTest {

    private static final ImageRequest PLAIN = ImageRequest.of("doubao-seedream-4-5-251128", "a lighthouse");
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 42};
    private static final String PNG_URL = "data:image/png;base64,iVBORw0KGgoq";
    private static final ImageReference LINK = ImageReference.url(URI.create("https://example.com/a.png"));

    private final Dialect dialect = new ArkDialect();

    private JsonNode json(ImageRequest request) {
        return Bodies.json(dialect.generate(request));
    }

    @Test
    void everyFieldGoesOutUnderTheNameOfTheApi() {
        var request = PLAIN
                .n(1)
                .size(Size.pixels(2048, 2048))
                .seed(7)
                .outputFormat(OutputFormat.PNG)
                .with(Ark.RESPONSE_FORMAT, ResponseFormat.BASE64)
                .with(Ark.WATERMARK, false)
                .stream(true)
                .with(Ark.SEQUENTIAL_IMAGES, 4)
                .with(Ark.OPTIMIZE_PROMPT, "fast")
                .references(LINK, ImageReference.bytes(PNG))
                .with(Ark.OPTIMIZE_PROMPT_THINKING, "disabled")
                .with(Ark.GUIDANCE_SCALE, 2.5)
                .with(Ark.TOOLS, List.of("web_search"));
        var call = dialect.generate(request);
        assertThat(call.path()).isEqualTo("/images/generations");
        assertThat(call.headers()).containsEntry("Accept", "application/json, text/event-stream");
        assertThat(Bodies.json(call)).isEqualTo(JsonMapper.shared().readTree("""
                        {"model":"doubao-seedream-4-5-251128","prompt":"a lighthouse","size":"2048x2048","seed":7,
                         "output_format":"png","response_format":"b64_json","watermark":false,"stream":true,
                         "sequential_image_generation":"auto",
                         "sequential_image_generation_options":{"max_images":4},
                         "optimize_prompt_options":{"mode":"fast","thinking":"disabled"},"guidance_scale":2.5,
                         "tools":[{"type":"web_search"}],
                         "image":["https://example.com/a.png","URL"]}
                        """.replace("URL", PNG_URL)));
    }

    @Test
    void oneReferenceIsATextAndNoList() {
        assertThat(json(PLAIN.references(ImageReference.bytes(PNG)))
                        .path("image")
                        .stringValue())
                .isEqualTo(PNG_URL);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,         16:9, -,  2560x1440",
                "-,         16:9, 2K, 2560x1440",
                "-,         3:2,  2K, 2496x1664",
                "-,         1:1,  4K, 4096x4096",
                "-,         21:9, 1K, 1568x672",
                "-,         -,    4K, 4K",
                "-,         auto, 4K, 4K",
                "2K,        -,    -,  2K",
                "2K,        4:3,  -,  2304x1728",
                "3072x3072, -,    -,  3072x3072",
                "2560x1440, 16:9, 2K, 2560x1440"
            })
    void aShapeBecomesPixelsAndATierAloneLeavesTheShapeToTheModel(
            String size, String ratio, String resolution, String expected) {
        var request = PLAIN;
        request = size == null ? request : request.size(Size.of(size));
        request = ratio == null ? request : request.aspectRatio(AspectRatio.of(ratio));
        request = resolution == null ? request : request.resolution(Resolution.of(resolution));
        assertThat(json(request).path("size").stringValue()).isEqualTo(expected);
        assertThat(json(request).has("aspect_ratio")).isFalse();
        assertThat(json(request).has("resolution")).isFalse();
    }

    @Test
    void whatWasSentAsAnExtraBeforeItHadAnOptionStillIs() {
        assertThat(json(PLAIN.extra("guidance_scale", 2.5)
                        .extra("tools", List.of(Map.of("type", "web_search", "limit", 1)))))
                .isEqualTo(JsonMapper.shared().readTree("""
                        {"model":"doubao-seedream-4-5-251128","prompt":"a lighthouse","guidance_scale":2.5,
                         "tools":[{"type":"web_search","limit":1}]}
                        """));
    }

    static Stream<Arguments> wrongRequests() {
        return Stream.of(
                Arguments.of(PLAIN.with(Ark.GUIDANCE_SCALE, 10.5), "guidance_scale must be 1 to 10, not 10.5"),
                Arguments.of(PLAIN.with(Ark.GUIDANCE_SCALE, Double.NaN), "guidance_scale must be 1 to 10, not NaN"),
                Arguments.of(
                        PLAIN.with(Ark.GUIDANCE_SCALE, 2.5).extra("guidance_scale", 3),
                        "extras [guidance_scale] are fields of the request itself"),
                Arguments.of(PLAIN.with(Ark.SEQUENTIAL_IMAGES, 16), "sequential_images must be 1 to 15, not 16"),
                Arguments.of(PLAIN.references(Collections.nCopies(15, LINK)), "references must be at most 14, not 15"),
                Arguments.of(
                        PLAIN.references(LINK, LINK).with(Ark.SEQUENTIAL_IMAGES, 14),
                        "references and sequential_images must be at most 15 together, not 16"),
                Arguments.of(PLAIN.references(ImageReference.stored("x")), "this one stores none"),
                Arguments.of(
                        PLAIN.aspectRatio(AspectRatio.of("20:1")),
                        "aspect_ratio 20:1 at 2K is no size it takes: sides"),
                Arguments.of(PLAIN.n(2), "n is not taken by ark for model doubao-seedream-4-5-251128: it makes one"),
                Arguments.of(PLAIN.stream(true).partialImages(1), "partial_images is not taken by ark"),
                Arguments.of(PLAIN.extra("image", "x"), "extras [image] are fields of the request itself"));
    }

    @ParameterizedTest
    @MethodSource("wrongRequests")
    void whatCanBeKnownToBeWrongIsRefused(ImageRequest request, String message) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> dialect.generate(request))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"doubao-seedream-5-0-pro-260301", "seedream-5.0-pro"})
    void aModelThatCannotStreamIsNotAskedTo(String model) {
        var pro = PLAIN.model(model);
        assertThat(json(pro.stream(true)).has("stream")).isFalse();
        assertThat(json(pro.stream(false)).has("stream")).isFalse();
        assertThat(dialect.unsupported(pro.with(Ark.SEQUENTIAL_IMAGES, 2))).containsOnlyKeys(Ark.SEQUENTIAL_IMAGES);
    }
}
