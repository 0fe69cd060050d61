package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.Quality;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.Size;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

class OpenAiEmulatorTest extends EmulatedGatewayContract {

    @Override
    protected ImageClient client(RunningEmulator emulator) {
        return ImageClient.openAi("sk-test").baseUrl(emulator.openAiBaseUrl().toString());
    }

    @Override
    protected ImageRequest request() {
        return ImageRequest.of("gpt-image-2", "a lighthouse at dawn")
                .size(Size.pixels(1024, 640))
                .quality(Quality.LOW);
    }

    @Override
    protected EnumSet<Fault> oddities() {
        return EnumSet.of(
                Fault.NONE,
                Fault.WITH_DONE,
                Fault.NO_PARTIALS,
                Fault.UNKNOWN_EVENT,
                Fault.UNKNOWN_FIELDS,
                Fault.LATE_PARTIAL,
                Fault.DATA_URL,
                Fault.CREATED_ZERO,
                Fault.NO_USAGE,
                Fault.HUGE_COMMENT,
                Fault.JSON_FOR_STREAM,
                Fault.CRLF,
                Fault.CR,
                Fault.BOM,
                Fault.WRONG_CONTENT_TYPE,
                Fault.NO_CONTENT_TYPE,
                Fault.LATE_HEADERS);
    }

    @Test
    void asManyPreviewsAsAskedForSharpenThePicture() {
        var events = events(request().stream(true).partialImages(2));
        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Partial", "Partial", "Completed");
        var result = ((ImageEvent.Completed) events.get(2)).result();
        assertThat(result.first().mediaType()).isEqualTo("image/png");
        assertThat(result.usage().outputTokens()).isPositive();
        assertThat(result.usage().inputTokens()).isPositive();
        assertThat(result.created()).isNotNull();
        assertThat(result.generationId()).startsWith("req_");
    }

    @Test
    void severalImagesOfOneStreamAreReadyOneByOne() {
        var events = events(request().stream(true).n(3));
        assertThat(events.stream().filter(ImageEvent.ImageReady.class::isInstance))
                .hasSize(2);
        var result = ((ImageEvent.Completed) events.get(events.size() - 1)).result();
        assertThat(result.images()).extracting(image -> image.index()).containsExactly(0, 1, 2);
    }

    @Test
    void anEditTakesItsPicturesAsAFormAndAsJson(@TempDir Path folder) throws IOException {
        var picture = ((ImageEvent.Completed) events(request()).get(0)).result().first();
        var file = folder.resolve("a secret name.png");
        picture.writeTo(file).block(PATIENCE);
        var form = request().references(ImageReference.file(file), ImageReference.bytes(picture.toByteArray()));
        var json = request().references(ImageReference.dataUrl(picture.toDataUrl()));
        for (ImageRequest edit :
                new ImageRequest[] {form, json, json.stream(true), form.mask(ImageReference.file(file))}) {
            StepVerifier.create(client.result(edit))
                    .assertNext(result -> assertThat(result.first().isLoaded()).isTrue())
                    .expectComplete()
                    .verify(PATIENCE);
        }
        assertThat(posts())
                .hasSize(5)
                .allSatisfy(entry -> assertThat(entry.toString()).doesNotContain("secret"));
    }

    @Test
    void aWrongKeyIsRefused() {
        StepVerifier.create(client.apiKey("wrong").result(request()))
                .expectErrorSatisfies(e ->
                        assertThat(((RejectedException) e).reason()).isEqualTo(RejectedException.Reason.CREDENTIALS))
                .verify(PATIENCE);
    }
}
