package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.testsupport.PostcardJar;
import dev.darkroom.testsupport.PostcardOffice;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A gateway of somebody else's, in a jar beside the application. */
class PostcardJarTest {

    @TempDir
    private Path folder;

    @Test
    void aJarOnTheClassPathIsAProviderWithItsOptionsAsProperties() throws IOException {
        try (var office = new PostcardOffice();
                var loader = PostcardJar.loader(PostcardJar.in(folder))) {
            new ApplicationContextRunner()
                    .withClassLoader(loader)
                    .withConfiguration(AutoConfigurations.of(DarkroomAutoConfiguration.class))
                    .withPropertyValues(
                            "darkroom.provider=postcard",
                            "darkroom.api-key=one-penny",
                            "darkroom.base-url=" + office.baseUrl(),
                            "darkroom.model=any",
                            "darkroom.options.postcard.stamp=85")
                    .run(context -> assertThat(context.getBean(ImageClient.class)
                                    .result(ImageRequest.of("", "greetings"))
                                    .block(Duration.ofMinutes(3))
                                    .images())
                            .hasSize(1));
            assertThat(office.letters()).containsExactly("greetings from one-penny for 85");
        }
    }

    @Test
    void theEmulatorSaysThatItDoesNotSpeakIt() throws IOException {
        try (var loader = PostcardJar.loader(PostcardJar.in(folder))) {
            new ApplicationContextRunner()
                    .withClassLoader(loader)
                    .withConfiguration(
                            AutoConfigurations.of(DarkroomAutoConfiguration.class, EmulatorAutoConfiguration.class))
                    .withPropertyValues("darkroom.provider=postcard", "darkroom.emulator.enabled=true")
                    .run(context -> assertThat(context)
                            .getFailure()
                            .rootCause()
                            .hasMessageContaining("darkroom.provider")
                            .hasMessageContaining("postcard"));
        }
    }
}
