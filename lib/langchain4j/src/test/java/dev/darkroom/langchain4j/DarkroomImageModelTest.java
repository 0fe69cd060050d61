package dev.darkroom.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.journal.Entry;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.Quality;
import dev.darkroom.image.Usage;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.output.FinishReason;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** LangChain4j's own way of using an image model, against a gateway that counts requests. */
class DarkroomImageModelTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final RunningEmulator GATEWAY =
            ImageEmulator.create().shrink(16).latency(Duration.ZERO).start();
    private static final ImageClient OPENROUTER = ImageClient.openRouter("sk-test")
            .baseUrl(GATEWAY.openRouterBaseUrl().toString());
    private static final ImageClient OPENAI =
            ImageClient.openAi("sk-test").baseUrl(GATEWAY.openAiBaseUrl().toString());

    @BeforeEach
    void anEmptyJournal() {
        GATEWAY.clearFaults();
        GATEWAY.journal().clear();
    }

    @AfterAll
    static void close() {
        OPENROUTER.close();
        OPENAI.close();
        GATEWAY.close();
    }

    private static ImageModel model() {
        return DarkroomImageModel.builder(OPENROUTER)
                .modelName("openai/gpt-image-1-mini")
                .build();
    }

    private static List<Entry> posts() {
        return GATEWAY.journal().entries().stream()
                .filter(entry -> entry.method().equals("POST"))
                .toList();
    }

    @Test
    void oneImageIsGenerated() {
        var response = model().generate("a lighthouse at dawn");

        assertThat(Base64.getDecoder().decode(response.content().base64Data())).startsWith(0x89, 'P', 'N', 'G');
        assertThat(response.content().mimeType()).isEqualTo("image/png");
        assertThat(response.content().url()).isNull();
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(posts()).hasSize(1);
    }

    @Test
    void whatItUsedAndCostIsInTheResponse() {
        var response = model().generate("a lighthouse at dawn");

        assertThat(response.tokenUsage().outputTokenCount()).isPositive();
        assertThat((BigDecimal) response.metadata().get(ResponseMetadata.COST)).isPositive();
        assertThat(response.metadata())
                .containsEntry(ResponseMetadata.COST_UNIT, "USD")
                .containsKeys(ResponseMetadata.USAGE, ResponseMetadata.CREATED, ResponseMetadata.RESULT);
        assertThat(((ImageResult) response.metadata().get(ResponseMetadata.RESULT))
                        .first()
                        .toByteArray())
                .isEqualTo(Base64.getDecoder().decode(response.content().base64Data()));
    }

    @Test
    void severalImagesAreOneRequest() {
        var response = model().generate("a lighthouse at dawn", 2);

        assertThat(response.content())
                .hasSize(2)
                .allSatisfy(image -> assertThat(image.base64Data()).isNotEmpty());
        assertThat(posts())
                .singleElement()
                .satisfies(post -> assertThat(post.body().path("n").intValue()).isEqualTo(2));
        assertThat(GATEWAY.journal().awaitSettled(LONG).billed()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void noImageIsNoRequest(int n) {
        assertThatThrownBy(() -> model().generate("dawn", n)).isInstanceOf(InvalidRequestException.class);
        assertThat(posts()).isEmpty();
    }

    @Test
    void optionsOfTheBuilderAddUpAndReachTheGatewayButNoNumberOfImages() {
        var model = DarkroomImageModel.builder(OPENROUTER)
                .modelName("openai/gpt-image-1-mini")
                .options(r -> r.quality(Quality.LOW).n(3))
                .options(r -> r.user("u-1"))
                .build();
        model.generate("a lighthouse at dawn");

        assertThat(posts()).singleElement().satisfies(post -> {
            assertThat(post.body().path("quality").stringValue()).isEqualTo("low");
            assertThat(post.body().path("user").stringValue()).isEqualTo("u-1");
            assertThat(post.body().has("n")).isFalse();
        });
    }

    @Test
    void anImageIsEdited() {
        var original = model().generate("a lighthouse at dawn").content();
        GATEWAY.journal().clear();
        var response = model().edit(original, "at dusk");

        assertThat(response.content().base64Data()).isNotEmpty().isNotEqualTo(original.base64Data());
        assertThat(posts())
                .singleElement()
                .satisfies(post ->
                        assertThat(post.body().path("input_references").size()).isEqualTo(1));
    }

    @Test
    void anImageIsEditedBehindAMask() {
        var picture = Image.builder().base64Data(Pictures.base64()).build();
        var response = DarkroomImageModel.builder(OPENAI)
                .modelName("gpt-image-1-mini")
                .build()
                .edit(picture, picture, "another sky");

        assertThat(response.content().base64Data()).isNotEmpty();
        assertThat(posts())
                .singleElement()
                .satisfies(post -> assertThat(post.path()).endsWith("/images/edits"));
    }

    @Test
    void anEditedImageStandsBeforeTheReferencesOfTheOptions() {
        var asked = new AtomicReference<ImageRequest>();
        var style = ImageReference.url(URI.create("https://example.com/style.png"));
        var photo = Image.builder().url("https://example.com/photo.png").build();
        DarkroomImageModel.builder(painted(asked))
                .options(r -> r.references(style))
                .build()
                .edit(
                        photo,
                        Image.builder()
                                .url("data:image/png;base64,iVBORw0KGgo=")
                                .build(),
                        "in this style");

        assertThat(asked.get().references()).containsExactly(ImageReference.url(photo.url()), style);
        assertThat(asked.get().mask()).isInstanceOf(ImageReference.DataUrl.class);
    }

    private static ImageGenerator painted(AtomicReference<ImageRequest> asked) {
        return request -> {
            asked.set(request);
            return Flux.just(ImageEvent.completed(new byte[] {1}));
        };
    }

    @Test
    void whatTheGatewayDoesNotSayIsLeftOut() {
        var response = DarkroomImageModel.builder(painted(new AtomicReference<>()))
                .build()
                .generate("dawn");

        assertThat(response.tokenUsage()).isNull();
        assertThat(response.content().mimeType()).isNull();
        assertThat(response.metadata())
                .containsOnlyKeys(ResponseMetadata.WARNINGS, ResponseMetadata.FAILURES, ResponseMetadata.RESULT);
    }

    @Test
    void anImageByUrlKeepsItAndWhatTheModelReallyPainted() {
        var image = GeneratedImage.at(0, "image/webp", URI.create("https://example.com/a.webp"))
                .withRevisedPrompt("a tall lighthouse");
        var usage = new Usage(null, null, 3_000_000_000L, 1, new BigDecimal("7"), "credits", Map.of("x", 1));
        var failed = new ImageFailure(1, "moderated", null);
        var result =
                new ImageResult(List.of(image), List.of(failed), usage, null, "gen-1", "Acme", List.of("a warning"));
        var response = DarkroomImageModel.builder(request -> Flux.just(new ImageEvent.Completed(result)))
                .build()
                .generate("dawn", 2);

        assertThat(response.content()).singleElement().satisfies(theirs -> {
            assertThat(theirs.url()).isEqualTo(image.url());
            assertThat(theirs.base64Data()).isNull();
            assertThat(theirs.mimeType()).isEqualTo("image/webp");
            assertThat(theirs.revisedPrompt()).isEqualTo("a tall lighthouse");
        });
        assertThat(response.tokenUsage().totalTokenCount()).isEqualTo(Integer.MAX_VALUE);
        assertThat(response.finishReason()).isEqualTo(FinishReason.OTHER);
        assertThat(response.metadata())
                .containsEntry(ResponseMetadata.COST_UNIT, "credits")
                .containsEntry(ResponseMetadata.PROVIDER, "Acme")
                .containsEntry(ResponseMetadata.GENERATION_ID, "gen-1")
                .containsEntry(ResponseMetadata.WARNINGS, List.of("a warning"))
                .containsEntry(ResponseMetadata.FAILURES, List.of(failed));
    }

    @Test
    void aThreadThatMustNotBlockIsToldSoBeforeAnythingIsSent() {
        var call = Mono.fromCallable(() -> model().generate("dawn")).subscribeOn(Schedulers.parallel());

        assertThatThrownBy(() -> call.block(LONG))
                .isInstanceOf(NonRetriableException.class)
                .hasMessageContaining("parallel-")
                .hasMessageContaining("boundedElastic");
        assertThat(posts()).isEmpty();
    }

    @Test
    void anInterruptedCallEndsItsRequestAndIsNotSentAgain() throws Exception {
        GATEWAY.enqueue(Fault.STALL);
        var failure = new AtomicReference<Throwable>();
        var caller = new Thread(() -> {
            try {
                model().generate("dawn");
            } catch (RuntimeException e) {
                failure.set(e);
            }
        });
        caller.start();
        var arrived = Flux.interval(Duration.ofMillis(5))
                .filter(tick -> !posts().isEmpty())
                .next();
        arrived.block(LONG);
        caller.interrupt();
        caller.join(LONG.toMillis());

        assertThat(failure.get()).isInstanceOf(NonRetriableException.class).hasMessageContaining("interrupted");
        assertThat(GATEWAY.journal().cancelled().block(LONG)).isNotNull();
        assertThat(posts()).hasSize(1);
    }
}
