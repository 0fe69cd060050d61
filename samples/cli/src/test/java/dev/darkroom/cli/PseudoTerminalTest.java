package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.emulator.ImageEmulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program on a terminal of its own, which script(1) of util-linux provides. */
class PseudoTerminalTest {

    private static final Path SCRIPT = Path.of("/usr/bin/script");

    @TempDir
    private Path folder;

    @Test
    void onATerminalItDrawsAndLeavesTheCursorAndTheEchoAsTheyWere() throws IOException, InterruptedException {
        var reported = onATerminal("");
        assertThat(reported)
                .contains("\u001b[?25l", "\u001b[38;2;", "▀", "preview 1", "✓")
                .contains("\u001b[?25h");
        assertThat(reported.lastIndexOf("\u001b[?25h")).isGreaterThan(reported.lastIndexOf("\u001b[?25l"));
        assertThat(reported.strip()).endsWith("left: 0 echo");
    }

    @Test
    void whoWantsNoColourGetsPlainLines() throws IOException, InterruptedException {
        var reported = onATerminal("NO_COLOR=1 ");
        assertThat(reported).contains("preview 1: ").doesNotContain("\u001b");
    }

    private String onATerminal(String variables) throws IOException, InterruptedException {
        var there = Files.isExecutable(SCRIPT) && System.getProperty("os.name").equals("Linux");
        if (!there) {
            System.out.println("SKIPPED: PseudoTerminalTest needs Linux and script(1)");
        }
        assumeTrue(there, "no script(1) here");
        try (var emulator = ImageEmulator.create().start()) {
            var java = Path.of(System.getProperty("java.home"), "bin", "java");
            var command = "stty rows 30 cols 100; " + variables + "TERM=xterm-256color " + java
                    + " dev.darkroom.cli.Darkroom generate dawn --size 64x64 --api-key sk-test --base-url "
                    + emulator.openRouterBaseUrl() + " --out " + folder
                    + "; echo left: $? $(stty -a | grep -ow -e '-\\?echo')";
            var builder = new ProcessBuilder(SCRIPT.toString(), "-qec", command, "/dev/null").redirectErrorStream(true);
            builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
            builder.environment().remove("NO_COLOR");
            var process = builder.start();
            try (var output = process.getInputStream()) {
                var reported = new String(output.readAllBytes(), StandardCharsets.UTF_8);
                assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
                return reported;
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
