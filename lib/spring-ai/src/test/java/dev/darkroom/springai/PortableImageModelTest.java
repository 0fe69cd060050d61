package dev.darkroom.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.ImageReference;
import example.lighthouses.Lighthouses;
import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.content.Media;
import org.springframework.ai.image.ImageMessage;
import org.springframework.ai.image.ImageModel;
import org.springframework.ai.image.ImageOptionsBuilder;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.ai.image.ImageResponse;
import org.springframework.ai.image.observation.DefaultImageModelObservationConvention;
import org.springframework.ai.image.observation.ImageModelObservationDocumentation.HighCardinalityKeyNames;
import org.springframework.ai.image.observation.ImageModelObservationDocumentation.LowCardinalityKeyNames;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.io.ByteArrayResource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** How Spring AI tests its own image models, with portable options alone, against ours in an application. */
@ApplicationTest
class PortableImageModelTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Autowired
    private ImageModel imageModel;

    @Autowired
    private RunningEmulator gateway;

    @Autowired
    private TestObservationRegistry registry;

    @Autowired
    private Lighthouses lighthouses;

    @Autowired
    @Qualifier("by-url")
    private ImageClient byUrl;

    @Autowired
    @Qualifier("masked")
    private ImageClient masked;

    @Autowired
    @Qualifier("severally")
    private ImageClient severally;

    @TempDir
    private Path folder;

    @BeforeEach
    void anEmptyJournal() {
        gateway.clearFaults();
        gateway.journal().clear();
        registry.clear();
    }

    @Test
    void anImageAsBase64() {
        var options = ImageOptionsBuilder.builder()
                .model("openai/gpt-image-1-mini")
                .height(1024)
                .width(1024)
                .build();
        var response = imageModel.call(new ImagePrompt("A cup of coffee at a table in Paris, France.", options));

        assertThat(response.getResults()).hasSize(1);
        assertThat(response.getMetadata().getCreated()).isPositive();
        var image = response.getResult().getOutput();
        assertThat(image.getUrl()).isNull();
        assertThat(Base64.getDecoder().decode(image.getB64Json())).startsWith(0x89, 'P', 'N', 'G');
        assertThat(response.getResult().getMetadata())
                .isEqualTo(new DarkroomImageGenerationMetadata(0, null, "image/png", null));
        assertThat(Application.posts(gateway)).singleElement().satisfies(post -> {
            assertThat(post.body().path("size").stringValue()).isEqualTo("1024x1024");
            assertThat(post.body().path("prompt").stringValue()).startsWith("A cup of coffee");
        });
    }

    @Test
    void anImageAsUrl() {
        var options = ImageOptionsBuilder.builder().responseFormat("url").build();
        var response = DarkroomImageModel.of(byUrl).call(new ImagePrompt("A mini golden doodle", options));

        assertThat(response.getResult().getOutput().getUrl()).startsWith("http://");
        assertThat(response.getResult().getOutput().getB64Json())
                .as("it was fetched")
                .isNotEmpty();
        assertThat(metadata(response).result().warnings()).isEmpty();
    }

    private static DarkroomImageResponseMetadata metadata(ImageResponse response) {
        return (DarkroomImageResponseMetadata) response.getMetadata();
    }

    @Test
    void aPromptAloneIsEnough() {
        var response = imageModel.call(new ImagePrompt("A mini golden doodle"));

        assertThat(response.getResult().getOutput().getB64Json()).isNotEmpty();
        assertThat(Application.posts(gateway))
                .singleElement()
                .satisfies(post ->
                        assertThat(post.body().path("model").stringValue()).isEqualTo("openai/gpt-image-1-mini"));
    }

    @Test
    void severalImagesAreOneRequest() {
        var options = ImageOptionsBuilder.builder().n(2).build();
        var response = imageModel.call(new ImagePrompt("A mini golden doodle", options));

        assertThat(response.getResults()).hasSize(2);
        assertThat(response.getResults().get(0))
                .isNotEqualTo(response.getResults().get(1));
        assertThat(Application.posts(gateway)).hasSize(1);
        assertThat(gateway.journal().awaitSettled(LONG).billed()).isEqualTo(2);
    }

    @Test
    void anImageOfSeveralThatFailedIsInTheMetadata() {
        gateway.enqueue(Fault.IMAGE_FAILED);
        var response = DarkroomImageModel.of(severally)
                .call(new ImagePrompt(
                        "A doodle", ImageOptionsBuilder.builder().n(2).build()));

        assertThat(response.getResults()).hasSize(1);
        List<?> failures = response.getMetadata().getRequired(DarkroomImageResponseMetadata.FAILURES);
        assertThat(failures).hasSize(1);
        assertThat(Application.posts(gateway)).hasSize(1);
    }

    @Test
    void anImageInAMessageIsEdited() {
        var original = imageModel.call(new ImagePrompt("A mini golden doodle"));
        gateway.journal().clear();
        var bytes = Base64.getDecoder().decode(original.getResult().getOutput().getB64Json());
        var media = new Media(Media.Format.IMAGE_PNG, new ByteArrayResource(bytes));
        var message = new ImageMessage("with a hat", null, List.of(media), Map.of());
        var response = imageModel.call(
                new ImagePrompt(message, ImageOptionsBuilder.builder().build()));

        assertThat(response.getResult().getOutput().getB64Json())
                .isNotEmpty()
                .isNotEqualTo(original.getResult().getOutput().getB64Json());
        assertThat(Application.posts(gateway))
                .singleElement()
                .satisfies(post ->
                        assertThat(post.body().path("input_references").size()).isEqualTo(1));
    }

    @Test
    void anImageIsEditedBehindAMaskOfOurOptions() {
        var picture = Pictures.transparent();
        var message = new ImageMessage(
                "another sky",
                1f,
                List.of(new Media(Media.Format.IMAGE_PNG, new ByteArrayResource(picture))),
                Map.of());
        var response = DarkroomImageModel.of(masked)
                .call(new ImagePrompt(
                        message, DarkroomImageOptions.of(request -> request.mask(ImageReference.bytes(picture)))));

        assertThat(response.getResult().getOutput().getB64Json()).isNotEmpty();
        assertThat(Application.posts(gateway))
                .singleElement()
                .satisfies(post -> assertThat(post.path()).endsWith("/images/edits"));
    }

    @Test
    void whatItUsedAndCostIsInTheMetadata() {
        var response = imageModel.call(new ImagePrompt("A mini golden doodle"));

        assertThat(response.getMetadata().getUsage().getCompletionTokens()).isPositive();
        BigDecimal cost = response.getMetadata().getRequired(DarkroomImageResponseMetadata.COST);
        assertThat(cost).isPositive();
        assertThat(response.getMetadata().<String>get(DarkroomImageResponseMetadata.COST_UNIT))
                .isEqualTo("USD");
        assertThat(metadata(response).result().first().size()).isPositive();
    }

    @Test
    void aCallIsObservedAsSpringAisOwnModelsAre() {
        var options = ImageOptionsBuilder.builder()
                .model("openai/gpt-image-1-mini")
                .height(1024)
                .width(1024)
                .responseFormat("b64_json")
                .style("vivid")
                .build();
        imageModel.call(new ImagePrompt("A mini golden doodle", options));

        TestObservationRegistryAssert.assertThat(registry)
                .doesNotHaveAnyRemainingCurrentObservation()
                .hasObservationWithNameEqualTo(DefaultImageModelObservationConvention.DEFAULT_NAME)
                .that()
                .hasContextualNameEqualTo("image openai/gpt-image-1-mini")
                .hasLowCardinalityKeyValue(LowCardinalityKeyNames.AI_OPERATION_TYPE.asString(), "image")
                .hasLowCardinalityKeyValue(LowCardinalityKeyNames.AI_PROVIDER.asString(), "openrouter")
                .hasLowCardinalityKeyValue(LowCardinalityKeyNames.REQUEST_MODEL.asString(), "openai/gpt-image-1-mini")
                .hasHighCardinalityKeyValue(HighCardinalityKeyNames.REQUEST_IMAGE_SIZE.asString(), "1024x1024")
                .hasHighCardinalityKeyValue(
                        HighCardinalityKeyNames.REQUEST_IMAGE_RESPONSE_FORMAT.asString(), "b64_json")
                .hasHighCardinalityKeyValue(HighCardinalityKeyNames.REQUEST_IMAGE_STYLE.asString(), "vivid")
                .hasBeenStarted()
                .hasBeenStopped();
        TestObservationRegistryAssert.assertThat(registry)
                .as("the client's own observation stands below")
                .hasHandledContextsThatSatisfy(contexts -> assertThat(contexts)
                        .extracting(Observation.Context::getParentObservation)
                        .filteredOn(Objects::nonNull)
                        .extracting(parent -> parent.getContextView().getName())
                        .contains(DefaultImageModelObservationConvention.DEFAULT_NAME));
    }

    @Test
    void whatTheReadmeShowsRuns() {
        assertThat(lighthouses.atDawn()).isNotEmpty();
        var developed = lighthouses.atDusk("s-1").collectList().block(LONG);

        assertThat(developed).hasSizeGreaterThan(2);
        assertThat(lighthouses
                        .save(developed.get(developed.size() - 1), folder.resolve("dusk.png"))
                        .block(LONG))
                .isNotEmptyFile();
    }

    @Test
    void aThreadThatMustNotBlockIsToldSoBeforeAnythingIsSent() {
        var call = Mono.fromCallable(() -> imageModel.call(new ImagePrompt("dawn")))
                .subscribeOn(Schedulers.parallel());

        assertThatIllegalStateException()
                .isThrownBy(() -> call.block(LONG))
                .withMessageContaining("parallel-")
                .withMessageContaining("DarkroomImageModel.stream");
        assertThat(gateway.journal().entries()).isEmpty();
        assertThat(Mono.fromCallable(() -> imageModel.call(new ImagePrompt("dawn")))
                        .subscribeOn(Schedulers.boundedElastic())
                        .block(LONG))
                .isNotNull();
    }
}
