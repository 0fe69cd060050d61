package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ModelsTest {

    private static final RunningEmulator EMULATOR = ImageEmulator.create().start();
    private static final String URL = EMULATOR.openRouterBaseUrl().toString();

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @Test
    void theListIsATableAndNeedsNoKey() {
        var run = Run.of("models", "--base-url", URL);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines().get(0)).matches("MODEL +PREVIEWS +IMAGES +REFERENCES +TAKES *");
        assertThat(run.lines().get(1)).matches("openai/gpt-image-1-mini +yes +up to 10 +up to 16 +aspect_ratio .*");
        assertThat(run.lines()).allMatch(line -> line.length() <= 110);
    }

    @Test
    void aModelIsAPageWithWhatItTakesAndCosts() {
        var run = Run.of("models", "openai/gpt-image-1-mini", "--base-url", URL);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines().get(0)).isEqualTo("openai/gpt-image-1-mini at OpenAI (openai), sends previews");
        assertThat(run.out())
                .containsPattern("background +auto transparent opaque")
                .containsPattern("n +1 to 10")
                .containsPattern("output_image +\\$8 per million tokens");
    }

    @Test
    void forProgramsThereIsALineForEachModel() {
        var run = Run.of("models", "--json", "--base-url", URL);
        assertThat(run.json().get(0))
                .containsEntry("id", "openai/gpt-image-1-mini")
                .containsEntry("supports_streaming", true);
        assertThat(run.json().get(0).get("supported_parameters"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("n", Map.of("type", "range", "min", 1, "max", 10));
    }

    @Test
    void forProgramsThereIsALineForEachEndpoint() {
        var run = Run.of("models", "openai/gpt-image-1-mini", "--json", "--base-url", URL);
        assertThat(run.json())
                .singleElement()
                .satisfies(endpoint -> assertThat(endpoint)
                        .containsEntry("provider_slug", "openai")
                        .containsKeys("supported_parameters", "pricing", "passthrough_parameters"));
    }

    @Test
    void aModelNobodyKnowsIsRejected() {
        var run = Run.of("models", "no/such", "--base-url", URL);
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("rejected (not found)", "'darkroom models' lists what there is");
        var json = Run.of("models", "no/such", "--json", "--base-url", URL);
        assertThat(json.json())
                .singleElement()
                .satisfies(
                        line -> assertThat(line).containsEntry("event", "error").containsEntry("reason", "not_found"));
    }

    @Test
    void theEmulatorListsItsModelsAlsoWhereTheApiThatItSpeaksHasNoList() {
        var run = Run.of(Map.of(), "models", "--provider", "ark");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines()).contains("seedream-4-5-251128");
        assertThat(Run.of(Map.of(), "models", "--provider", "ark", "--json").lines())
                .contains("{\"id\":\"seedream-4-5-251128\"}");
    }
}
