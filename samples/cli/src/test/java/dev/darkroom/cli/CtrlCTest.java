package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.fault.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
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
                interrupt(process);
                assertThat(cancelled).succeedsWithin(TIMEOUT);
                assertThat(process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                assertThat(process.exitValue()).isEqualTo(130);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void whatIsInFlightIsFinishedAndWrittenAndTheNextRunSendsTheRest() throws IOException, InterruptedException {
        try (var emulator = ImageEmulator.create().shrink(32).start()) {
            emulator.enqueue(
                    Fault.LATE_HEADERS.lasting(Duration.ofSeconds(10)).times(2)); // longer than all up to the signal
            var prompts =
                    Files.write(folder.resolve("p.txt"), List.of("a fox", "an owl", "a bear", "a crab", "an elk"));
            var out = folder.resolve("out");
            String[] batch = {
                "batch",
                prompts.toString(),
                "--out=" + out,
                "--concurrency=2",
                "--api-key=sk-test",
                "--base-url=" + emulator.openRouterBaseUrl()
            };
            var process = started(batch);
            try (var lines = process.inputReader()) {
                while (emulator.remainingFaults() > 0) {
                    assertThat(process.waitFor(10, TimeUnit.MILLISECONDS)).isFalse();
                }
                var second = Run.of(batch);
                assertThat(second.exitCode()).isEqualTo(ExitStatus.USAGE);
                assertThat(second.err()).contains("another process works in " + out);

                interrupt(process);

                assertThat(lines.lines())
                        .anyMatch(line -> line.contains("nothing more is sent, 2 in flight are waited for"))
                        .anyMatch(line -> line.startsWith("2 of 5 done, 3 not sent"))
                        .contains("stopped: it was interrupted");
                assertThat(process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                assertThat(process.exitValue()).isEqualTo(ExitStatus.INTERRUPTED);
            } finally {
                process.destroyForcibly();
            }
            assertThat(emulator.journal().awaitSettled(TIMEOUT).accepted()).hasSize(2);
            try (var pictures = Files.newDirectoryStream(out, "*-a*.png")) {
                for (var picture : pictures) {
                    assertThat(ImageIO.read(picture.toFile()))
                            .as(picture.toString())
                            .isNotNull();
                }
            }
            assertThat(Files.readString(out.resolve("manifest.jsonl")).lines()).hasSize(5);

            assertThat(Run.of(batch).exitCode()).isZero();
            assertThat(emulator.journal().accepted()).hasSize(5);
        }
    }

    private static void interrupt(Process process) throws IOException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
    }

    private Process start(URI baseUrl) throws IOException, InterruptedException {
        return started(
                "generate", "dawn", "--size=64x64", "--api-key=sk-test", "--base-url=" + baseUrl, "--out=" + folder);
    }

    private static Process started(String... args) throws IOException, InterruptedException {
        var command = new ArrayList<>(willingToBeInterrupted());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "dev.darkroom.cli.Darkroom"));
        command.addAll(List.of(args));
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
