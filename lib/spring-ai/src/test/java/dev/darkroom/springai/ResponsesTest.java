package dev.darkroom.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.darkroom.image.Billed;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.Usage;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.metadata.EmptyUsage;
import org.springframework.ai.image.Image;
import org.springframework.ai.image.ImageModel;
import org.springframework.ai.image.ImageOptionsBuilder;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.ai.image.ImageResponse;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of a result. */
class ResponsesTest {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1, 2, 3};

    private static DarkroomImageModel model(ImageResult result) {
        return DarkroomImageModel.of(request -> Flux.just(
                new ImageEvent.TextChunk(ImageEvent.TextChunk.CONTENT, "<svg"), new ImageEvent.Completed(result)));
    }

    private static ImageResponse response(ImageResult result) {
        return model(result).call(new ImagePrompt("dawn"));
    }

    @Test
    void everythingKnownIsInTheMetadata() {
        var usage = new Usage(5L, 3_000_000_000L, null, 1, new BigDecimal("7"), "credits", Map.of("x", 1));
        var failed = new ImageFailure(1, "moderated", null);
        var created = Instant.parse("2026-11-20T10:00:00Z");
        var result = new ImageResult(
                List.of(GeneratedImage.of(0, PNG).withRevisedPrompt("a tall lighthouse")),
                List.of(failed),
                usage,
                created,
                "gen-1",
                "Acme",
                List.of("a warning"));
        var response = response(result);
        var metadata = response.getMetadata();

        assertThat(metadata.getCreated()).isEqualTo(created.toEpochMilli());
        assertThat(metadata.getUsage().getPromptTokens()).isEqualTo(5);
        assertThat(metadata.getUsage().getCompletionTokens()).isEqualTo(Integer.MAX_VALUE);
        assertThat(metadata.getUsage().getNativeUsage()).isEqualTo(Map.of("x", 1));
        assertThat(metadata.entrySet())
                .containsExactlyInAnyOrder(
                        Map.entry(DarkroomImageResponseMetadata.COST, new BigDecimal("7")),
                        Map.entry(DarkroomImageResponseMetadata.COST_UNIT, "credits"),
                        Map.entry(DarkroomImageResponseMetadata.PROVIDER, "Acme"),
                        Map.entry(DarkroomImageResponseMetadata.GENERATION_ID, "gen-1"),
                        Map.entry(DarkroomImageResponseMetadata.WARNINGS, List.of("a warning")),
                        Map.entry(DarkroomImageResponseMetadata.FAILURES, List.of(failed)));
        assertThat(((DarkroomImageResponseMetadata) metadata).result()).isSameAs(result);
        assertThat(response.getResult().getMetadata())
                .isEqualTo(new DarkroomImageGenerationMetadata(0, null, "image/png", "a tall lighthouse"));
    }

    @Test
    void whatTheGatewayDoesNotSayIsLeftOut() {
        var response = response(ImageResult.of(List.of(GeneratedImage.of(0, PNG))));

        assertThat(response.getMetadata().getUsage()).isInstanceOf(EmptyUsage.class);
        assertThat(response.getMetadata().getCreated()).isPositive();
        assertThat(response.getMetadata().entrySet())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        DarkroomImageResponseMetadata.WARNINGS, DarkroomImageResponseMetadata.FAILURES);
    }

    @Test
    void anImageHasItsBytesAndMakesAStringOfThemOnceItIsAskedFor() {
        var image = (DarkroomImage) response(ImageResult.of(List.of(GeneratedImage.of(0, PNG))))
                .getResult()
                .getOutput();

        assertThat(image.image().toByteArray()).isEqualTo(PNG);
        assertThat(image.getB64Json()).isEqualTo("iVBORw0KGgoBAgM=").isSameAs(image.getB64Json());
        assertThat(image.getUrl()).isNull();
    }

    @Test
    void anImageByUrlHasNoBase64UntilSomebodySetsIt() {
        var link = URI.create("https://example.com/a.png?signature=secret");
        var image = response(ImageResult.of(List.of(GeneratedImage.at(0, null, link))))
                .getResult()
                .getOutput();

        assertThat(image.getUrl()).isEqualTo(link.toString());
        assertThat(image.getB64Json()).isNull();
        image.setB64Json("AQID");
        image.setUrl("https://example.com/kept.png");
        assertThat(image.getB64Json()).isEqualTo("AQID");
        assertThat(image.getUrl()).isEqualTo("https://example.com/kept.png");
    }

    @Test
    void noTextOfAResponseShowsAPictureAPromptOrASignature() {
        var link = URI.create("https://example.com/a.png?signature=secret");
        var response = response(ImageResult.of(List.of(
                GeneratedImage.of(0, PNG).withRevisedPrompt("a tall lighthouse"), GeneratedImage.at(1, null, link))));
        response.getResult().getOutput().getB64Json();

        assertThat(response.toString()).contains("11 bytes").doesNotContain("iVBOR", "tall", "secret");
    }

    @Test
    void aResponseIsWrittenAsJsonLikeAnyOfSpringAis() {
        var json = new JsonMapper()
                .valueToTree(response(
                        ImageResult.of(List.of(GeneratedImage.of(0, PNG).withRevisedPrompt("tall")))));

        assertThat(json.at("/result/output/b64Json").stringValue()).isEqualTo("iVBORw0KGgoBAgM=");
        assertThat(json.at("/results/0/metadata/revisedPrompt").stringValue()).isEqualTo("tall");
        assertThat(json.at("/metadata/created").longValue()).isPositive();
    }

    @Test
    void imagesAreEqualByTheirBytes() {
        var one = new DarkroomImage(GeneratedImage.of(0, PNG));
        var same = new DarkroomImage(GeneratedImage.of(1, PNG.clone()));
        one.getB64Json();

        assertThat(one)
                .isEqualTo(same)
                .hasSameHashCodeAs(same)
                .isNotEqualTo(new DarkroomImage(GeneratedImage.of(0, new byte[] {1})));
        assertThat(same).isNotEqualTo(new Image(null, "iVBORw0KGgoBAgM="));
        assertThat(new Image(null, "iVBORw0KGgoBAgM=")).isNotEqualTo(same);
        same.setUrl("https://example.com/kept.png");
        assertThat(one).isNotEqualTo(same);
    }

    @Test
    void aUrlThatWasWantedAndIsNotThereIsAWarning() {
        var model = model(ImageResult.of(List.of(GeneratedImage.of(0, PNG))));

        assertThat(warnings(model, "url")).singleElement().asString().contains("there is no URL");
        assertThat(warnings(model, "b64_json")).isEmpty();
        assertThat(warnings(
                        model(ImageResult.of(
                                List.of(GeneratedImage.at(0, null, URI.create("https://example.com/a.png"))))),
                        "url"))
                .isEmpty();
    }

    private static List<String> warnings(ImageModel model, String format) {
        var options = ImageOptionsBuilder.builder().responseFormat(format).build();
        return model.call(new ImagePrompt("dawn", options)).getMetadata().get(DarkroomImageResponseMetadata.WARNINGS);
    }

    @Test
    void anAnswerWithoutAnImageIsAFailureAndNoNullPointer() {
        var nothing = new ImageResult(
                List.of(),
                List.of(new ImageFailure(0, "moderated", "words"), new ImageFailure(1, null, null)),
                null,
                null,
                "gen-1",
                "Acme",
                List.of());
        var called = catchThrowableOfType(GenerationFailedException.class, () -> response(nothing));
        var streamed = catchThrowableOfType(
                GenerationFailedException.class,
                () -> model(nothing).stream(new ImagePrompt("dawn")).blockLast(Duration.ofMinutes(1)));

        assertThat(List.of(called, streamed)).allSatisfy(failure -> {
            assertThat(failure).hasMessageContaining("each of 2").message().doesNotContain("words");
            assertThat(failure.providerMessage()).isEqualTo("words");
            assertThat(failure.details().code()).isEqualTo("moderated");
            assertThat(failure.details().generationId()).isEqualTo("gen-1");
            assertThat(failure.billed()).isEqualTo(Billed.UNKNOWN);
        });
    }
}
