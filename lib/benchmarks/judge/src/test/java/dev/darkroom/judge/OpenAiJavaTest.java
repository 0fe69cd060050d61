package dev.darkroom.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.openai.azure.AzureUrlPathMode;
import com.openai.azure.credential.AzureApiKeyCredential;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.MultipartField;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.RateLimitException;
import com.openai.models.images.ImageEditParams;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.images.ImagesResponse;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseRetrieveParams;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.Tool;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * OpenAI's own Java client, told to validate what it gets, must be content with what the emulator says: each document and each
 * event has the fields, the types and the words which its model of the API knows.
 */
class OpenAiJavaTest {

    private static final String STUDIO = "darkroom-studio";

    private static RunningEmulator emulator;
    private static OpenAIClient images;
    private static OpenAIClient responses;
    private static OpenAIClient azure;

    @BeforeAll
    static void start() {
        emulator = ImageEmulator.create().shrink(16).start();
        images = client("openai").apiKey("sk-judge").build();
        responses = client("openai-responses").apiKey("sk-judge").build();
        azure = client("azure")
                .credential(AzureApiKeyCredential.create("sk-judge"))
                .azureUrlPathMode(AzureUrlPathMode.UNIFIED)
                .build();
    }

    private static OpenAIOkHttpClient.Builder client(String gateway) {
        return client(emulator, gateway);
    }

    private static OpenAIOkHttpClient.Builder client(RunningEmulator server, String gateway) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(server.baseUrl(gateway).toString())
                .responseValidation(true)
                .maxRetries(0);
    }

    @AfterAll
    static void stop() {
        List.of(images, responses, azure).forEach(OpenAIClient::close);
        emulator.close();
    }

    @AfterEach
    void forgetFaults() {
        emulator.clearFaults();
    }

    // -- images

    private static ImageGenerateParams.Builder picture() {
        return ImageGenerateParams.builder()
                .model(STUDIO)
                .prompt("a lighthouse at dawn")
                .size("512x512");
    }

    private static byte[] bytes(ImagesResponse response) {
        response.validate();
        return Base64.getDecoder()
                .decode(response.data().orElseThrow().get(0).b64Json().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "webp", "gif", "svg"})
    void aDocumentOfEachFormatIsValid(String format) {
        var answer = images.images()
                .generate(picture()
                        .outputFormat(ImageGenerateParams.OutputFormat.of(format))
                        .safetyIdentifier("someone")
                        .build());

        assertThat(bytes(answer)).isNotEmpty();
        assertThat(answer.safetyIdentifier()).contains("someone");
        assertThat(answer.svgUsage().isPresent()).isEqualTo(format.equals("svg"));
        assertThat(answer.isValid()).isTrue();
    }

    @Test
    void eachEventOfAStreamIsValid() {
        try (var events =
                images.images().generateStreaming(picture().partialImages(2).build())) {
            assertThat(events.stream().peek(event -> event.validate()).toList()).hasSize(3);
        }
    }

    @Test
    void anEditIsValid() {
        var file = bytes(images.images().generate(picture().build()));
        var answer = images.images()
                .edit(ImageEditParams.builder()
                        .model(STUDIO)
                        .prompt("at night")
                        .image(MultipartField.<ImageEditParams.Image>builder()
                                .value(ImageEditParams.Image.ofInputStream(new ByteArrayInputStream(file)))
                                .filename("a.png")
                                .contentType("image/png")
                                .build())
                        .build());

        assertThat(bytes(answer)).isNotEmpty();
    }

    @Test
    void azuresPicturesAreValid() {
        assertThat(bytes(azure.images().generate(picture().build()))).isNotEmpty();
        try (var events =
                azure.images().generateStreaming(picture().partialImages(1).build())) {
            assertThat(events.stream().peek(event -> event.validate()).toList()).hasSize(2);
        }
    }

    @Test
    void aFilteredPromptOfAzuresIsABadRequest() {
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(
                        () -> azure.images().generate(picture().prompt("gore").build()))
                .satisfies(refused -> assertThat(refused.code()).contains("contentFilter"));
    }

    // -- responses

    private static ResponseCreateParams.Builder conversation(String model, int partials) {
        return ResponseCreateParams.builder()
                .model(model)
                .input("a lighthouse at dawn")
                .addTool(Tool.ImageGeneration.builder()
                        .model(STUDIO)
                        .size("512x512")
                        .partialImages(partials)
                        .build());
    }

    private static ResponseOutputItem.ImageGenerationCall item(Response response) {
        response.validate();
        return response.output().stream()
                .filter(ResponseOutputItem::isImageGenerationCall)
                .map(ResponseOutputItem::asImageGenerationCall)
                .findFirst()
                .orElseThrow();
    }

    /** All events of a response, each valid. */
    private static List<ResponseStreamEvent> streamed(OpenAIClient client, ResponseCreateParams request) {
        try (var events = client.responses().createStreaming(request)) {
            return events.stream().map(ResponseStreamEvent::validate).toList();
        }
    }

    /** All events behind a number, each valid. */
    private static List<ResponseStreamEvent> readOn(String id, long after) {
        var request = ResponseRetrieveParams.builder().startingAfter(after).build();
        try (var events = responses.responses().retrieveStreaming(id, request)) {
            return events.stream().map(ResponseStreamEvent::validate).toList();
        }
    }

    private static ResponseStreamEvent last(List<ResponseStreamEvent> events) {
        return events.get(events.size() - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-5", "gpt-4.1-mini"})
    void aResponseIsValidAndFoundAgain(String model) {
        var made = responses.responses().create(conversation(model, 0).build());

        assertThat(item(made).result()).isPresent();
        assertThat(item(responses.responses().retrieve(made.id())).result())
                .isEqualTo(item(made).result());
        responses.responses().delete(made.id());
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> responses.responses().retrieve(made.id()));
    }

    @Test
    void eachEventOfAResponseIsValid() {
        var events = streamed(responses, conversation("gpt-5", 2).build());

        assertThat(events)
                .filteredOn(ResponseStreamEvent::isImageGenerationCallPartialImage)
                .hasSize(2);
        assertThat(item(last(events).asCompleted().response()).result()).isPresent();
    }

    @Test
    void whatIsReadOnIsTheRestOfTheSame() {
        var events =
                streamed(responses, conversation("gpt-5", 2).background(true).build());
        var id = events.get(0).asCreated().response().id();
        var seen = events.stream()
                .filter(ResponseStreamEvent::isImageGenerationCallPartialImage)
                .findFirst()
                .orElseThrow();
        var rest = readOn(id, seen.asImageGenerationCallPartialImage().sequenceNumber());

        assertThat(events).endsWith(rest.toArray(ResponseStreamEvent[]::new));
        assertThat(rest).hasSize(events.size() - events.indexOf(seen) - 1);
        assertThat(responses.responses().cancel(id).status()).contains(ResponseStatus.COMPLETED);
    }

    @Test
    void aCancelledResponseIsValid() {
        try (var slow = ImageEmulator.create().latency(Duration.ofMinutes(10)).start()) {
            var client = client(slow, "openai-responses").apiKey("sk-judge").build();
            var queued = client.responses()
                    .create(conversation("gpt-5", 0).background(true).build());

            assertThat(queued.validate().status()).contains(ResponseStatus.QUEUED);
            assertThat(client.responses().cancel(queued.id()).validate().status())
                    .contains(ResponseStatus.CANCELLED);
            client.close();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"IMAGE_FAILED", "IMAGES_STOPPED", "INCOMPLETE", "NO_IMAGES"})
    void whatGoesWrongIsSaidInValidWords(Fault fault) {
        emulator.enqueue(fault, fault);
        var document = responses.responses().create(conversation("gpt-5", 0).build());
        var status = document.validate().status().orElseThrow();

        assertThat(status)
                .isEqualTo(
                        switch (fault) {
                            case IMAGES_STOPPED -> ResponseStatus.FAILED;
                            case INCOMPLETE -> ResponseStatus.INCOMPLETE;
                            default -> ResponseStatus.COMPLETED;
                        });
        if (fault != Fault.NO_IMAGES) {
            var end = last(streamed(responses, conversation("gpt-5", 1).build()));
            assertThat(end.isFailed()).isEqualTo(status.equals(ResponseStatus.FAILED));
            assertThat(end.isIncomplete()).isEqualTo(status.equals(ResponseStatus.INCOMPLETE));
        }
    }

    @Test
    void aRefusalIsItsTypedException() {
        emulator.enqueue(Fault.RATE_LIMIT);

        assertThatExceptionOfType(RateLimitException.class)
                .isThrownBy(() ->
                        responses.responses().create(conversation("gpt-5", 0).build()));
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> responses
                        .responses()
                        .create(conversation("gpt-5", 0).input("gore").build()));
    }

    @Test
    void azuresResponsesAreValid() {
        var events = streamed(azure, conversation("gpt-4.1-mini", 1).build());

        assertThat(item(last(events).asCompleted().response()).result()).isPresent();
    }
}
