package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.image.ImageRequest;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ProviderTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final ApplicationContextRunner emulated = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(DarkroomAutoConfiguration.class, EmulatorAutoConfiguration.class))
            .withPropertyValues("darkroom.emulator.enabled=true", "darkroom.emulator.latency=0s");

    @ParameterizedTest
    @CsvSource({
        "openrouter, openai/gpt-image-1-mini, /openrouter/",
        "token360, dola-seedream-5.0-lite, /token360/",
        "myrouter, seedream-4.5, /myrouter/",
        "openai, gpt-image-2, /openai/",
        "ark, doubao-seedream-4-5-251128, /ark/",
        "minimax, MiniMax-H3-Image, /minimax/"
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
                        "darkroom.url-images.fetch=" + fetch)
                .run(context -> assertThat(context.getBean(ImageClient.class)
                                .result(ImageRequest.of("", "a lighthouse"))
                                .block(TIMEOUT)
                                .first()
                                .isLoaded())
                        .isEqualTo(loaded));
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void eachNeedsItsOwnKeyAndInheritsNone(Provider provider) {
        var runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DarkroomAutoConfiguration.class))
                .withPropertyValues("darkroom.api-key=sk-openrouter", "darkroom.clients.other.provider=" + provider);
        if (provider == Provider.OPENROUTER) {
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
                        .contains(provider.word()));
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
