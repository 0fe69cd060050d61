package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.testsupport.CodeBlock;
import dev.darkroom.testsupport.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/** Every configuration that a document prints is one of an application that starts, and paints. */
class DocumentedConfigurationTest {

    static List<CodeBlock> printed() {
        return Documents.blocks("yaml");
    }

    private static List<PropertySource<?>> sources(CodeBlock block) {
        try {
            return new YamlPropertySourceLoader()
                    .load(block.toString(), new ByteArrayResource(block.code().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ApplicationContextRunner application(CodeBlock block) {
        return new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(DarkroomAutoConfiguration.class, EmulatorAutoConfiguration.class))
                .withPropertyValues("OPENROUTER_API_KEY=sk-test")
                .withInitializer(context ->
                        sources(block).forEach(context.getEnvironment().getPropertySources()::addLast));
    }

    @ParameterizedTest
    @MethodSource("printed")
    void anApplicationSetUpAsPrintedStarts(CodeBlock block) {
        application(block).run(context -> assertThat(context).hasNotFailed().hasBean("imageClient"));
    }

    @ParameterizedTest
    @MethodSource("printed")
    void anApplicationSetUpAsPrintedPaints(CodeBlock block) {
        application(block)
                .withPropertyValues("darkroom.emulator.enabled=true", "darkroom.emulator.latency=0s")
                .run(context -> context.getBeansOfType(ImageClient.class)
                        .forEach((name, client) -> assertThat(client.result(ImageRequest.of("", "a lighthouse"))
                                        .block(Duration.ofMinutes(3))
                                        .images())
                                .as(name)
                                .hasSize(1)));
    }

    @ParameterizedTest
    @MethodSource("printed")
    void nothingPrintedIsMisspelt(CodeBlock block) throws IOException {
        var known = MetadataTest.properties();
        var names = sources(block).stream()
                .flatMap(source -> Arrays.stream(((EnumerablePropertySource<?>) source).getPropertyNames()))
                .map(name -> name.replace("darkroom.clients.thumbnails.", "darkroom."))
                .map(name -> name.replaceFirst("^(darkroom\\.options)\\..+", "$1"));

        assertThat(names).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void thePageAboutSpringShowsSeveralClientsAndWhatTheyMayFetch() {
        var page = printed().stream()
                .filter(block -> block.toString().startsWith("lib/docs/spring-boot.md")
                        && block.code().contains("clients:"))
                .findFirst()
                .orElseThrow();
        application(page).run(context -> {
            assertThat(context).getBeans(ImageClient.class).containsOnlyKeys("imageClient", "thumbnails");
            assertThat(context.getBean(ClientProperties.class).model()).isEqualTo("openai/gpt-image-1-mini");
            assertThat(context.getBean(ClientProperties.class).downloads().allow())
                    .containsExactly("images.internal", "10.20.0.0/16");
        });
    }
}
