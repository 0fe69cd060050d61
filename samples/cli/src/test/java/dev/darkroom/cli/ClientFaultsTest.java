package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who asks for what cannot be sent made a mistake of usage, whoever finds it: picocli or the client. */
class ClientFaultsTest {

    private static final RunningEmulator EMULATOR =
            ImageEmulator.create().shrink(32).start();

    @TempDir
    private Path folder;

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("n must be 1 to 10", "-n", "0"),
                fault("n must be 1 to 10", "-n", "-3"),
                fault("n must be 1 to 10", "-n", "11"),
                fault("missing.png", "--reference", "missing.png"),
                fault("missing.png", "--provider", "ark", "--reference", "missing.png"),
                fault("missing.png", "--provider", "openai", "--reference", "missing.png"),
                fault("mask.png", "--provider", "openai", "--reference", PNG, "--mask", "mask.png"),
                fault("output_compression", "--output-compression", "101"),
                fault("partial_images", "--provider", "openai", "--partial-images", "9"),
                fault("mask", "--mask", PNG),
                fault("resolution", "--provider", "openai", "--resolution", "2K"),
                fault("size", "--provider", "openai", "--size", "2K"),
                fault("size", "--provider", "minimax", "--size", "1x1"),
                fault("header", "--header", "Authorization: sk-secret"),
                fault("X-Name", "--header", "X-Name: caf\u00e9"),
                fault("nobody", "--provider", "nobody"),
                fault("no duration", "--timeout", "0s"),
                fault("reference", "--reference", "ftp://example.org/a.png"),
                fault("reference", "--reference", "http://"),
                fault("model must not be blank", "--model", " "));
    }

    private static final String PNG = "data:image/png;base64,iVBORw0KGgo=";

    private static Arguments fault(String words, String... options) {
        return Arguments.of(words, List.of(options));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("faults")
    void whatTheClientFindsEndsWithTwoAndNothingIsSent(String words, List<String> options) {
        var before = EMULATOR.journal().entries().size();
        var run = generate("openrouter", options);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err())
                .contains(words)
                .doesNotContain("sk-secret", "Exception", "\tat ")
                .contains("--help");
        assertThat(EMULATOR.journal().entries()).hasSize(before);
    }

    @Test
    void aScriptFindsTheFaultInTheJson() {
        var run = generate("openrouter", List.of("-n", "0", "--json"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.json("error").get(0)).containsEntry("kind", "rejected").containsEntry("reason", "request");
    }

    @Test
    void whatTheGatewayRefusesIsNoMistakeOfUsage() {
        var run = generate("openrouter", List.of("--size", "1x1"));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
    }

    private Run generate(String gateway, List<String> options) {
        var given = options.contains("--provider") ? options.get(options.indexOf("--provider") + 1) : gateway;
        var base = EMULATOR.baseUrl(EMULATOR.gateways().contains(given) ? given : "openrouter");
        var args = Run.args("generate", "dawn", "--out", folder, "--base-url", base, "--api-key", "sk-test");
        return Run.of(Map.of(), Stream.concat(Stream.of(args), options.stream()).toArray(String[]::new));
    }
}
