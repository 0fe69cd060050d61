package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.darkroom.gateway.Ark;
import dev.darkroom.gateway.OpenRouter;
import dev.darkroom.gateway.ProviderRouting;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImageRequestTest {

    private static final ImageRequest PLAIN = ImageRequest.of("author/model", "a secret garden");

    private static ImageRequest full() {
        return PLAIN
                .n(2)
                .size(Size.pixels(1024, 768))
                .aspectRatio(AspectRatio.LANDSCAPE_4_3)
                .resolution(Resolution.K1)
                .quality(Quality.HIGH)
                .outputFormat(OutputFormat.WEBP)
                .outputCompression(80)
                .background(Background.TRANSPARENT)
                .seed(7)
                .references(ImageReference.url(URI.create("https://example.com/a.png")))
                .mask(ImageReference.stored("file-1"))
                .stream(true)
                .partialImages(2)
                .with(Ark.RESPONSE_FORMAT, ResponseFormat.URL)
                .with(Ark.WATERMARK, false)
                .with(Ark.SEQUENTIAL_IMAGES, 4)
                .with(Ark.OPTIMIZE_PROMPT, "standard")
                .with(OpenRouter.ROUTING, ProviderRouting.any().only("openai"))
                .user("u-1")
                .with(OpenRouter.SESSION_ID, "s-1")
                .with(OpenRouter.TRACE, Map.of("trace_id", "t-1"))
                .extra("moderation", "low")
                .header("X-Extra", "1")
                .idempotencyKey("k-1")
                .deadline(Duration.ofSeconds(5));
    }

    @Test
    void everyWitherLeavesItsOriginalAsItWas() {
        full();
        assertThat(PLAIN).isEqualTo(ImageRequest.of("author/model", "a secret garden"));
        assertThat(PLAIN.options()).isEmpty();
    }

    @Test
    void everyGetterGivesWhatTheWitherOfItsNameWasGiven() {
        var request = full();
        assertThat(request.n()).hasValue(2);
        assertThat(request.size()).hasToString("1024x768");
        assertThat(request.aspectRatio()).hasToString("4:3");
        assertThat(request.resolution()).hasToString("1K");
        assertThat(request.quality()).hasToString("high");
        assertThat(request.outputFormat()).hasToString("webp");
        assertThat(request.outputCompression()).hasValue(80);
        assertThat(request.background()).hasToString("transparent");
        assertThat(request.seed()).hasValue(7);
        assertThat(request.references()).hasSize(1);
        assertThat(request.mask()).isEqualTo(ImageReference.stored("file-1"));
        assertThat(request.stream()).isTrue();
        assertThat(request.partialImages()).hasValue(2);
        assertThat(request.get(Ark.RESPONSE_FORMAT)).hasValue(ResponseFormat.URL);
        assertThat(request.get(Ark.WATERMARK)).hasValue(false);
        assertThat(request.get(Ark.SEQUENTIAL_IMAGES)).hasValue(4);
        assertThat(request.get(Ark.OPTIMIZE_PROMPT)).hasValue("standard");
        assertThat(request.get(OpenRouter.ROUTING))
                .hasValue(ProviderRouting.any().only("openai"));
        assertThat(request.user()).isEqualTo("u-1");
        assertThat(request.get(OpenRouter.SESSION_ID)).hasValue("s-1");
        assertThat(request.get(OpenRouter.TRACE).orElseThrow()).isEqualTo(Map.of("trace_id", "t-1"));
        assertThat(request.extras()).isEqualTo(Map.of("moderation", "low"));
        assertThat(request.headers()).isEqualTo(Map.of("X-Extra", "1", "Idempotency-Key", "k-1"));
        assertThat(request.deadline()).isEqualTo(Duration.ofSeconds(5));
        assertThat(request.options()).hasSize(21).containsAll(ImageOption.common());
    }

    @Test
    void whatIsNotSetIsNullOrEmptyAndNotAnOption() {
        assertThat(PLAIN.n()).isEmpty();
        assertThat(PLAIN.seed()).isEmpty();
        assertThat(PLAIN.outputCompression()).isEmpty();
        assertThat(PLAIN.partialImages()).isEmpty();
        assertThat(PLAIN.size()).isNull();
        assertThat(PLAIN.references()).isEmpty();
        assertThat(PLAIN.get(OpenRouter.TRACE)).isEmpty();
        assertThat(PLAIN.stream()).isFalse();
        assertThat(PLAIN.stream(false).options()).containsExactly(ImageOption.STREAM);
    }

    static Set<ImageOption<?>> options() {
        return full().options();
    }

    @ParameterizedTest
    @MethodSource("options")
    void withoutAnOptionItIsAsIfItHadNeverBeenSet(ImageOption<?> option) {
        var rest = full().without(option);
        assertThat(rest.options()).hasSize(full().options().size() - 1).doesNotContain(option);
        assertThat(rest.extras()).isEqualTo(full().extras());
        assertThat(rest.without(option)).isEqualTo(rest);
        assertThat(PLAIN.without(option)).isEqualTo(PLAIN);
    }

    @Test
    void aStoredImageIsNamedByWhatCanBeAnId() {
        assertThat(((ImageReference.Stored) ImageReference.stored("asset-20261120~1")).id())
                .isEqualTo("asset-20261120~1");
        for (String bad : List.of("", " ", "a b", "a\nb", "\u00e4")) {
            assertThatIllegalArgumentException().as(bad).isThrownBy(() -> ImageReference.stored(bad));
        }
    }

    @Test
    void isAValue() {
        assertThat(full()).isEqualTo(full()).hasSameHashCodeAs(full()).isNotEqualTo(full().seed(8));
    }

    @Test
    void neitherPromptNorValuesShowInItsText() {
        assertThat(full().toString())
                .contains("author/model", "15 chars", "seed")
                .doesNotContain("secret", "u-1", "t-1", "example.com");
    }

    @Test
    void nobodyCanChangeItFromOutside() {
        var nested = new ArrayList<>(List.of("a"));
        var request = PLAIN.extra("x", Map.of("list", nested))
                .with(OpenRouter.TRACE, Map.of("tags", nested))
                .with(OpenRouter.ROUTING, ProviderRouting.any().options("p", Map.of("list", nested)));
        var before = request.hashCode();
        nested.add("b");
        assertThat(request.hashCode()).isEqualTo(before);
        assertThat(request.extras().toString()).doesNotContain("b]");
    }

    @Test
    void aDeadlineThatIsOverIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> PLAIN.deadline(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> PLAIN.deadline(Duration.ofSeconds(-1)));
    }

    @Test
    void aDataUrlHoldsBase64AndNothingElse() {
        assertThat(((ImageReference.DataUrl) ImageReference.dataUrl("data:image/png;base64,QU\r\n JD")).value())
                .isEqualTo("data:image/png;base64,QUJD");
        for (String bad : List.of(
                "data:image/png;base64,AAAA\"}}],\"n\":10,\"x\":\"",
                "data:image/png;base64,\u20ac",
                "data:image/png\";base64,QUJD",
                "data:image/png;base64,")) {
            assertThatIllegalArgumentException().as(bad).isThrownBy(() -> ImageReference.dataUrl(bad));
        }
    }

    @Test
    void refusesNullByNameAndBlankValuesInOpenEnumerations() {
        assertThatNullPointerException().isThrownBy(() -> PLAIN.size(null)).withMessage("size");
        assertThatIllegalArgumentException().isThrownBy(() -> Quality.of(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> Size.pixels(0, 1));
    }

    @Test
    void aSizeIsPixelsOnlyIfItReadsLikeThem() {
        assertThat(Size.of("1536x1024").width()).isEqualTo(1536);
        assertThat(Size.of("1536x1024").height()).isEqualTo(1024);
        assertThat(List.of("2K", "auto", "1024X1024", "0x5", "1024x"))
                .allSatisfy(value -> assertThat(Size.of(value).isPixels()).isFalse());
    }

    @Test
    void aReferenceUrlIsAbsoluteHttpAndADataUrlAnImageInBase64() {
        assertThatIllegalArgumentException().isThrownBy(() -> ImageReference.url(URI.create("file:///etc/passwd")));
        assertThatIllegalArgumentException().isThrownBy(() -> ImageReference.url(URI.create("/a.png")));
        assertThatIllegalArgumentException().isThrownBy(() -> ImageReference.dataUrl("data:text/plain;base64,QQ=="));
        assertThatIllegalArgumentException().isThrownBy(() -> ImageReference.dataUrl("data:image/png,raw"));
        assertThat(ImageReference.dataUrl("data:image/png;base64,QUJD")).hasToString("DataUrl[26 chars]");
    }
}
