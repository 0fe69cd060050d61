package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that shares its quota. Nothing listens where it points: what it does with a Redis is tested with the gate. */
class GateOptionTest {

    @TempDir
    private Path folder;

    @Test
    void aRunWhoseRedisIsOutOfReachPaintsAllTheSame() {
        var run = generate("redis://127.0.0.1:1");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(folder).isNotEmptyDirectory();
    }

    @Test
    void aGateThatIsNoRedisIsAUsageErrorWithoutItsPassword() {
        var run = generate("http://user:pass-word@127.0.0.1");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--gate is no redis://").doesNotContain("pass-word");
    }

    private Run generate(String gate) {
        return Run.of(
                Map.of(),
                "generate",
                "a fox",
                "--emulator",
                "--gate",
                gate,
                "--size",
                "64x64",
                "--out",
                folder.toString());
    }
}
