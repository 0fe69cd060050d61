package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ten lines of the recipes, as they stand there, at every gateway; the class at the end puts an emulator under them. */
class TenLinesTest {

    private static final RunningEmulator EMULATOR =
            ImageEmulator.create().shrink(16).start();

    /** Of the default model of each; the others answer at once, or with each image as it is finished. */
    private static final Set<String> WITH_PREVIEWS =
            Set.of("openrouter", "openai", "azure", "openai-responses", "gemini");

    private final Queue<ImageEvent> shown = new ConcurrentLinkedQueue<>();

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    static Stream<String> gateways() {
        return Gateways.all().stream().map(provider -> provider.name()).filter(EMULATOR.gateways()::contains);
    }

    @Test
    void thereAreElevenGateways() {
        assertThat(gateways()).hasSize(11).containsExactlyInAnyOrderElementsOf(EMULATOR.gateways());
    }

    @ParameterizedTest
    @MethodSource("gateways")
    void theSameTenLinesPaintAtEveryGatewayAndNothingButItsNameIsChanged(String gateway, @TempDir Path folder)
            throws IOException {
        var before = EMULATOR.journal().accepted().size();
        var picture = paint(gateway, "a lighthouse at dawn", folder);

        assertThat(picture.getFileName().toString()).startsWith(gateway + ".");
        assertThat(ImageIO.read(picture.toFile())).isNotNull();
        var events = List.copyOf(shown);
        assertThat(events.stream().anyMatch(ImageEvent.Partial.class::isInstance))
                .as("previews of %s: %s", gateway, events)
                .isEqualTo(WITH_PREVIEWS.contains(gateway));
        assertThat(events).last().isInstanceOf(ImageEvent.Completed.class);
        assertThat(EMULATOR.journal().accepted()).hasSize(before + 1);
    }

    private Path paint(String gateway, String prompt, Path folder) {
        var provider = Gateways.named(gateway);
        try (var images = ImageClient.named(gateway, System.getenv(provider.keyVariable()))) {
            var request = ImageRequest.of(provider.defaultModel(), prompt).stream(true)
                    .partialImages(2);
            return images.dropUnsupportedOptions(true)
                    .generate(request)
                    .doOnNext(this::show) // previews, as they sharpen, where there are any
                    .ofType(ImageEvent.Completed.class)
                    .single()
                    .map(done -> done.result().first())
                    .flatMap(image -> image.writeTo(folder.resolve(gateway + "." + image.fileExtension())))
                    .block();
        }
    }

    private void show(ImageEvent event) {
        shown.add(event);
    }

    private static final class ImageClient {
        static dev.darkroom.ImageClient named(String gateway, @Nullable String apiKey) {
            return dev.darkroom.ImageClient.named(gateway, apiKey == null ? "sk-test" : "sk-" + apiKey.length())
                    .baseUrl(EMULATOR.baseUrl(gateway).toString())
                    .downloads(d -> d.allow("127.0.0.1"));
        }
    }
}
