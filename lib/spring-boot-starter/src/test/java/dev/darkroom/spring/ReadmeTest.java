package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.image.ImageRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

class ReadmeTest {

    private static List<PropertySource<?>> printed() throws IOException {
        var readme = Files.readString(Path.of(System.getProperty("maven.basedir"), "../../README.md"));
        var from = readme.indexOf("```yaml\n") + "```yaml\n".length();
        var yaml = readme.substring(from, readme.indexOf("```", from));
        return new YamlPropertySourceLoader()
                .load("README", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theApplicationYmlWorksAsPrinted() throws IOException {
        var sources = printed();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DarkroomAutoConfiguration.class))
                .withPropertyValues("OPENROUTER_API_KEY=sk-test")
                .withInitializer(
                        context -> sources.forEach(context.getEnvironment().getPropertySources()::addLast))
                .run(context -> {
                    assertThat(context).getBeans(ImageClient.class).containsOnlyKeys("imageClient", "thumbnails");
                    assertThat(context.getBean(ClientProperties.class).model()).isEqualTo("openai/gpt-image-1-mini");
                    assertThat(context.getBean(ClientProperties.class)
                                    .urlImages()
                                    .allow())
                            .containsExactly("images.internal", "10.20.0.0/16");
                });
    }

    @Test
    void anApplicationSetUpAsPrintedPaints() throws IOException {
        var sources = printed();
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(DarkroomAutoConfiguration.class, EmulatorAutoConfiguration.class))
                .withPropertyValues("darkroom.emulator.enabled=true", "darkroom.emulator.latency=0s")
                .withInitializer(
                        context -> sources.forEach(context.getEnvironment().getPropertySources()::addLast))
                .run(context -> context.getBeansOfType(ImageClient.class)
                        .forEach((name, client) -> assertThat(client.result(ImageRequest.of("", "a lighthouse"))
                                        .block(Duration.ofMinutes(3))
                                        .images())
                                .as(name)
                                .hasSize(1)));
    }

    @Test
    void nothingInItIsMisspelt() throws IOException {
        var known = MetadataTest.properties();
        var names = printed().stream()
                .flatMap(source -> Arrays.stream(((EnumerablePropertySource<?>) source).getPropertyNames()))
                .map(name -> name.replace("darkroom.clients.thumbnails.", "darkroom."));

        assertThat(names).isNotEmpty().isSubsetOf(known);
    }
}
