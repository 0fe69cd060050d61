package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What one gateway alone knows has a flag of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayFlagsTest {

    private final RunningEmulator emulator = ImageEmulator.create().shrink(32).start();

    @TempDir
    private Path folder;

    @AfterAll
    void stop() {
        emulator.close();
    }

    private Run generate(String gateway, String... more) {
        var common = Stream.of(
                "generate",
                "dawn",
                "--out",
                folder.toString(),
                "--api-key",
                "sk-test",
                "--provider",
                gateway,
                "--base-url",
                emulator.baseUrl(gateway).toString());
        return Run.of(Stream.concat(common, Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void aGifHasItsFramesAndIsNotAskedForAsAStream() {
        var run = generate(
                "openai",
                "--model",
                "gpt-image-2.5-flare",
                "--output-format",
                "gif",
                "--frame-count",
                "4",
                "--complexity",
                "low");
        var entries = emulator.journal().entries();
        var body = entries.get(entries.size() - 1).body();
        assertThat(body.path("frame_count").asInt()).as(run.err()).isEqualTo(4);
        assertThat(body.path("complexity").asString()).isEqualTo("low");
        assertThat(body.path("stream").asBoolean()).isFalse();
    }

    @Test
    void whatAnotherGatewayTakesIsRefusedAndNotSentAsAField() {
        var before = emulator.journal().entries().size();
        var run = generate("openai", "--guidance-scale", "2.5");
        assertThat(run.exitCode()).isNotZero();
        assertThat(run.err()).contains("guidance_scale is not taken by openai");
        assertThat(emulator.journal().entries()).hasSize(before);
    }

    @Test
    void aValueThatTheOptionCannotHaveIsAMistake() {
        var run = generate("ark", "--guidance-scale", "much");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("guidance_scale: it must be a number, not 'much'");
    }
}
