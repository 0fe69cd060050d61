package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.Gateways;
import dev.darkroom.ImageClient;
import dev.darkroom.dialect.GatewayProvider;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutputFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.json.JsonMapper;

class ProviderTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final ApplicationContextRunner emulated = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(DarkroomAutoConfiguration.class, EmulatorAutoConfiguration.class))
            .withPropertyValues(
                    "darkroom.emulator.enabled=true", "darkroom.emulator.latency=0s", "darkroom.emulator.shrink=16");

    @ParameterizedTest
    @CsvSource({
        "openrouter, openai/gpt-image-1-mini, /openrouter/",
        "token360, dola-seedream-5.0-lite, /token360/",
        "myrouter, seedream-4.5, /myrouter/",
        "openai, gpt-image-2, /openai/",
        "ark, doubao-seedream-4-5-251128, /ark/",
        "BytePlus, seedream-4-5-251128, /ark/",
        "minimax, MiniMax-H3-Image, /minimax/",
        "gemini, gemini-3.1-flash-image, /gemini/",
        "chat-completions, relay/markdown, /chat-completions/"
    })
    void theEmulatorStandsInForEachAndItsUrlImagesComeWithTheirBytes(String provider, String model, String path) {
        emulated.withPropertyValues(
                        "darkroom.provider=" + provider,
                        "darkroom.model=" + model,
                        "darkroom.attribution.title=Example")
                .run(context -> {
                    var result = context.getBean(ImageClient.class)
                            .result(ImageRequest.of("", "a lighthouse"))
                            .block(TIMEOUT);
                    assertThat(result.first().isLoaded()).isTrue();
                    var entries =
                            context.getBean(RunningEmulator.class).journal().entries();
                    assertThat(entries.get(0).path()).startsWith(path);
                    assertThat(entries.get(0).header("x-openrouter-title").isPresent())
                            .as("other gateways are not told who asks")
                            .isEqualTo(provider.equals("openrouter"));
                });
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void urlImagesAreFetchedUnlessToldOtherwise(String fetch, boolean loaded) {
        emulated.withPropertyValues(
                        "darkroom.provider=ark",
                        "darkroom.model=doubao-seedream-4-5-251128",
                        "darkroom.downloads.fetch=" + fetch)
                .run(context -> assertThat(context.getBean(ImageClient.class)
                                .result(ImageRequest.of("", "a lighthouse"))
                                .block(TIMEOUT)
                                .first()
                                .isLoaded())
                        .isEqualTo(loaded));
    }

    static List<String> providers() {
        return Gateways.all().stream().map(GatewayProvider::name).toList();
    }

    @Test
    void theHintsOfAnEditorAreTheListOfGateways() throws IOException {
        var metadata = getClass().getResource("/META-INF/additional-spring-configuration-metadata.json");
        var hints = JsonMapper.shared().readTree(metadata.openStream()).path("hints");
        var hint = hints.valueStream()
                .filter(each -> each.path("name").asString().equals("darkroom.provider"))
                .findFirst()
                .orElseThrow();
        assertThat(hint.path("values")
                        .valueStream()
                        .map(value -> value.path("value").asString()))
                .containsExactlyElementsOf(providers());
        assertThat(hint.path("values")
                        .valueStream()
                        .map(value -> value.path("description").asString()))
                .containsExactlyElementsOf(Gateways.all().stream()
                        .map(provider -> provider.displayName() + ".")
                        .toList());
        assertThat(hint.at("/providers/0/name").asString())
                .as("a jar may add more")
                .isEqualTo("any");
    }

    @Test
    void optionsAreThoseOfEveryRequestThatDoesNotSetThemItself() {
        emulated.withPropertyValues(
                        "darkroom.provider=ark",
                        "darkroom.model=doubao-seedream-4-5-251128",
                        "darkroom.options.watermark=false",
                        "darkroom.options.sequential-images=2",
                        "darkroom.options.output-format=png")
                .run(context -> {
                    var request = ImageRequest.of("", "a lighthouse").outputFormat(OutputFormat.JPEG);
                    context.getBean(ImageClient.class).result(request).block(TIMEOUT);
                    var body = context.getBean(RunningEmulator.class)
                            .journal()
                            .entries()
                            .get(0)
                            .body();
                    assertThat(body.path("watermark").isBoolean()).isTrue();
                    assertThat(body.at("/sequential_image_generation_options/max_images")
                                    .asInt())
                            .isEqualTo(2);
                    assertThat(body.path("output_format").asString()).isEqualTo("jpeg");
                });
    }

    @ParameterizedTest
    @CsvSource({"watermark, perhaps, 'one of true, false'", "routing, x, 'ark has no such option, only n, size'"})
    void anOptionThatTheGatewayHasNotOrCannotHaveSoFailsTheStart(String option, String text, String words) {
        emulated.withPropertyValues("darkroom.provider=ark", "darkroom.options." + option + "=" + text)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, e -> {
                            assertThat(e.getName()).isEqualTo("darkroom.options." + option);
                            assertThat(e.getReason()).contains(words);
                        }));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void eachNeedsItsOwnKeyAndInheritsNone(String provider) {
        var runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DarkroomAutoConfiguration.class))
                .withPropertyValues("darkroom.api-key=sk-openrouter", "darkroom.clients.other.provider=" + provider);
        if (provider.equals("openrouter")) {
            runner.run(context -> assertThat(context).hasBean("other"));
            return;
        }
        runner.run(context -> assertThat(new MissingApiKeyFailureAnalyzer()
                        .analyze(context.getStartupFailure())
                        .getAction())
                .contains("darkroom.clients.other.api-key"));
        runner.withPropertyValues("darkroom.clients.other.api-key=sk-other")
                .run(context -> assertThat(context.getBean("other", ImageClient.class))
                        .asString()
                        .contains(Gateways.named(provider).dialect().name()));
    }

    @ParameterizedTest
    @CsvSource({"off, 0", "warn, 1"})
    void aCatalogueIsAskedIfItShallBe(String check, int times) {
        emulated.withPropertyValues("darkroom.catalogue-check=" + check).run(context -> {
            context.getBean(ImageClient.class)
                    .result(ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse"))
                    .block(TIMEOUT);
            var asked = context.getBean(RunningEmulator.class).journal().entries().stream()
                    .filter(entry -> entry.method().equals("GET"))
                    .count();
            assertThat(asked).isEqualTo(times);
        });
    }
}
