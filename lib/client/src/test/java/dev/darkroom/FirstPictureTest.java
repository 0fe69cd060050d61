package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first lines of the README, run as they stand; the two classes below put an emulator and a folder under them. */
class FirstPictureTest {

    private static final RunningEmulator EMULATOR =
            ImageEmulator.create().shrink(16).start();

    private static java.nio.file.Path folder = java.nio.file.Path.of("target");

    @BeforeEach
    void here(@TempDir java.nio.file.Path folder) {
        FirstPictureTest.folder = folder;
    }

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @Test
    void theSnippetWritesThePicture() {
        try (var images = ImageClient.openRouter(System.getenv("OPENROUTER_API_KEY"))) {
            images.generate(ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse at dawn").stream(true))
                    .doOnNext(System.out::println) // previews, as they sharpen
                    .ofType(ImageEvent.Completed.class)
                    .single()
                    .map(done -> done.result().first())
                    .flatMap(image -> image.writeTo(Path.of("lighthouse." + image.fileExtension())))
                    .block(); // in a reactive application, subscribe
        }

        assertThat(folder.resolve("lighthouse.png")).isNotEmptyFile();
        assertThat(EMULATOR.journal().accepted()).hasSize(1);
    }

    private static final class ImageClient {
        static dev.darkroom.ImageClient openRouter(@Nullable String apiKey) {
            return dev.darkroom.ImageClient.openRouter(apiKey == null ? "sk-test" : "sk-" + apiKey.length())
                    .baseUrl(EMULATOR.openRouterBaseUrl().toString());
        }
    }

    private static final class Path {
        static java.nio.file.Path of(String name) {
            return folder.resolve(name);
        }
    }
}
