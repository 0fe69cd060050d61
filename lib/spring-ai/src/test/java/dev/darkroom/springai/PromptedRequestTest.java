package dev.darkroom.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.darkroom.gateway.OpenAi;
import dev.darkroom.gateway.OpenRouter;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.Quality;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.ResponseFormat;
import dev.darkroom.image.Size;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.content.Media;
import org.springframework.ai.image.ImageMessage;
import org.springframework.ai.image.ImageOptions;
import org.springframework.ai.image.ImageOptionsBuilder;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeType;

/** What becomes of a prompt. */
class PromptedRequestTest {

    private static final DarkroomImageOptions NONE = DarkroomImageOptions.of(UnaryOperator.identity());
    private static final String PNG = "iVBORw0KGgoBAgM=";

    private static PromptedRequest prompted(ImagePrompt prompt) {
        return PromptedRequest.of(prompt, NONE);
    }

    private static PromptedRequest portable(UnaryOperator<ImageOptionsBuilder> options) {
        return prompted(new ImagePrompt(
                "dawn", options.apply(ImageOptionsBuilder.builder()).build()));
    }

    private static ImageMessage message(String text, Media... media) {
        return new ImageMessage(text, null, List.of(media), Map.of("a", "b"));
    }

    private static List<ImageReference> references(Media... media) {
        return prompted(new ImagePrompt(List.of(message("dawn", media))))
                .request()
                .references();
    }

    private static String refusal(Runnable prompting) {
        var refused = catchThrowableOfType(RejectedException.class, prompting::run);
        assertThat(refused.reason()).isEqualTo(RejectedException.Reason.REQUEST);
        return refused.getMessage();
    }

    @Test
    void portableOptionsAreThoseOfARequest() {
        assertThat(portable(o -> o.model("m").n(2).width(1024).height(768).responseFormat("b64_json"))
                        .request())
                .isEqualTo(ImageRequest.of("m", "dawn").n(2).size(Size.pixels(1024, 768)));
        assertThat(prompted(new ImagePrompt("dawn")).request()).isEqualTo(ImageRequest.of("", "dawn"));
        assertThat(prompted(new ImagePrompt(List.of(message("dawn")))).request())
                .as("without options")
                .isEqualTo(ImageRequest.of("", "dawn"));
    }

    @Test
    void aPromptsOptionsStandAboveTheModels() {
        var defaults = DarkroomImageOptions.of(
                r -> r.model("m").n(2).quality(Quality.LOW).deadline(Duration.ofMinutes(2)));
        var portable = ImageOptionsBuilder.builder().n(3).build();
        var ours = DarkroomImageOptions.of(r -> r.quality(Quality.HIGH).with(OpenRouter.SESSION_ID, "s-1"));

        assertThat(PromptedRequest.of(new ImagePrompt("dawn", portable), defaults)
                        .request())
                .isEqualTo(
                        ImageRequest.of("m", "dawn").n(3).quality(Quality.LOW).deadline(Duration.ofMinutes(2)));
        assertThat(PromptedRequest.of(new ImagePrompt("dawn", ours), defaults).request())
                .isEqualTo(ImageRequest.of("m", "dawn")
                        .n(2)
                        .quality(Quality.HIGH)
                        .deadline(Duration.ofMinutes(2))
                        .with(OpenRouter.SESSION_ID, "s-1"));
    }

    @Test
    void aStyleIsAWarning() {
        assertThat(portable(o -> o.style("vivid")).warnings())
                .singleElement()
                .asString()
                .contains("style was not sent");
        assertThat(portable(o -> o.style(" ")).warnings()).isEmpty();
        assertThat(portable(o -> o).warnings()).isEmpty();
    }

    @Test
    void halfASizeIsRefused() {
        assertThat(refusal(() -> portable(o -> o.width(1024)))).contains("only a width");
        assertThat(refusal(() -> portable(o -> o.height(1024)))).contains("only a height");
        assertThat(refusal(() -> portable(o -> o.height(0).width(-1)))).contains("-1x0");
    }

    @Test
    void severalMessagesAreOnePrompt() {
        var prompt = prompted(new ImagePrompt(
                List.of(new ImageMessage("a lighthouse", 1f), new ImageMessage(" "), new ImageMessage("at dawn"))));

        assertThat(prompt.request().prompt()).isEqualTo("a lighthouse\nat dawn");
        assertThat(prompt.warnings()).isEmpty();
    }

    @Test
    void weightsAreOneWarning() {
        assertThat(prompted(new ImagePrompt(
                                List.of(new ImageMessage("a lighthouse", 0.8f), new ImageMessage("a whale", 0.2f))))
                        .warnings())
                .singleElement()
                .asString()
                .contains("weights were not sent");
    }

    @ParameterizedTest
    @ValueSource(floats = {-1, -0.1f, 0, Float.NaN})
    void aMessageOfWhatNotToPaintIsRefused(float weight) {
        assertThat(refusal(() -> prompted(new ImagePrompt(
                        List.of(new ImageMessage("a lighthouse", 1f), new ImageMessage("a whale", weight))))))
                .contains("what not to paint");
    }

    @Test
    void mediaAreReferencesInTheirOrderBeforeThoseOfTheOptions() throws MalformedURLException {
        var png = Media.Format.IMAGE_PNG;
        var options = DarkroomImageOptions.of(r -> r.references(ImageReference.stored("file-1")));
        var url = URI.create("https://example.com/a.png");
        var prompt = new ImagePrompt(
                List.of(
                        message("dawn", new Media(png, url), new Media(png, new ByteArrayResource(new byte[] {1}))),
                        message(
                                "dusk",
                                Media.builder().mimeType(png).data(url.toURL()).build(),
                                Media.builder().mimeType(png).data(PNG).build(),
                                Media.builder()
                                        .mimeType(png)
                                        .data("data:image/png;base64," + PNG)
                                        .build())),
                options);

        assertThat(prompted(prompt).request().references())
                .containsExactly(
                        ImageReference.url(url),
                        ImageReference.bytes(new byte[] {1}),
                        ImageReference.url(url),
                        ImageReference.dataUrl("data:image/png;base64," + PNG),
                        ImageReference.dataUrl("data:image/png;base64," + PNG),
                        ImageReference.stored("file-1"));
    }

    static Stream<Media> unreadable() throws MalformedURLException {
        var png = Media.Format.IMAGE_PNG;
        return Stream.of(
                new Media(png, URI.create("file:///etc/passwd")),
                new Media(png, URI.create("classpath:a.png")),
                Media.builder()
                        .mimeType(png)
                        .data(URI.create("file:///etc/passwd").toURL())
                        .build(),
                Media.builder().mimeType(png).data("not base64!").build(),
                Media.builder().mimeType(png).data("").build(),
                Media.builder()
                        .mimeType(png)
                        .data("https://example.com/a b?signature=secret")
                        .build(),
                Media.builder().mimeType(png).data("data:text/html;base64,aGk=").build(),
                new Media(Media.Format.DOC_PDF, new ByteArrayResource(new byte[] {1})),
                new Media(MimeType.valueOf("video/mp4"), URI.create("https://example.com/a.mp4")));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void whatCannotBeSentAlongIsRefused(Media media) {
        assertThat(refusal(() -> references(media))).doesNotContain("passwd", "secret");
    }

    @Test
    void ourOptionsSayInSpringAisWordsWhatTheyAre() {
        var options = DarkroomImageOptions.of(r -> r.model("m")
                .n(2)
                .size(Size.pixels(1024, 768))
                .with(OpenAi.RESPONSE_FORMAT, ResponseFormat.BASE64)
                .user("somebody"));

        assertThat(options.getModel()).isEqualTo("m");
        assertThat(options.getN()).isEqualTo(2);
        assertThat(options.getWidth()).isEqualTo(1024);
        assertThat(options.getHeight()).isEqualTo(768);
        assertThat(options.getResponseFormat()).isEqualTo("b64_json");
        assertThat(options.getStyle()).isNull();
        assertThat(options.toString()).contains("model=m", "size").doesNotContain("somebody", "1024");
        assertThat(NONE)
                .extracting(ImageOptions::getModel, ImageOptions::getN, ImageOptions::getWidth)
                .containsOnlyNulls();
        assertThat(NONE.and(r -> r.size(Size.of("2K"))).getHeight()).isNull();
    }

    @Test
    void optionsThatSetTheSameAreEqual() {
        var two = DarkroomImageOptions.of(r -> r.n(2));

        assertThat(two).isEqualTo(NONE.and(r -> r.n(2))).hasSameHashCodeAs(NONE.and(r -> r.n(2)));
        assertThat(two).isNotEqualTo(NONE).isNotEqualTo(two.and(r -> r.extra("a", 1)));
        assertThat(new ImagePrompt("dawn", two))
                .isEqualTo(new ImagePrompt("dawn", DarkroomImageOptions.of(r -> r.n(2))));
    }
}
