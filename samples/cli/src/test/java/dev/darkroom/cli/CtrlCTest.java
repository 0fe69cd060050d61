package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.fault.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own, and a user who loses patience. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGINT to send")
class CtrlCTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    @Test
    void theServerSeesTheRequestGo() throws IOException, InterruptedException {
        try (var emulator = ImageEmulator.create().partials(2).start()) {
            emulator.enqueue(Fault.STALL.after(1)); // so that nothing but the user ends it
            var cancelled = emulator.journal().cancelled().toFuture();
            var process = start(emulator.openRouterBaseUrl());
            try (var lines = process.inputReader()) {
                assertThat(lines.lines().anyMatch(line -> line.contains("preview 1")))
                        .isTrue();
                new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
                assertThat(cancelled).succeedsWithin(TIMEOUT);
                assertThat(process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                assertThat(process.exitValue()).isEqualTo(130);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private Process start(URI baseUrl) throws IOException, InterruptedException {
        var command = new ArrayList<>(willingToBeInterrupted());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "dev.darkroom.cli.Darkroom",
                "generate",
                "dawn",
                "--size=64x64",
                "--api-key=sk-test",
                "--base-url=" + baseUrl,
                "--out=" + folder));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.start();
    }

    /** A build in the background of a shell ignores SIGINT, and so would its children; env can undo that. */
    private static List<String> willingToBeInterrupted() throws IOException, InterruptedException {
        var env = List.of("env", "--default-signal=INT");
        var probe = new ArrayList<>(env);
        probe.add("true");
        return new ProcessBuilder(probe).start().waitFor() == 0 ? env : List.of();
    }
}
