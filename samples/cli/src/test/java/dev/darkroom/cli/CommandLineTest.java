package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.ImageEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    @TempDir
    private Path folder;

    @Test
    void withoutACommandItExplainsItself() {
        var run = Run.of();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("generate", "models", "images", "emulate", "a lighthouse at dawn");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"generate", "batch", "models", "images", "images list", "images get", "images delete", "emulate"
            })
    void everyCommandExplainsItselfAndNoKeyIsEverShown(String command) {
        var run = Run.of(Map.of("OPENROUTER_API_KEY", "sk-secret"), (command + " --help").split(" "));
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Usage: darkroom " + command).doesNotContain("sk-secret");
    }

    @Test
    void theExitCodesAreDocumented() {
        assertThat(Run.of("generate", "--help").out()).contains("130", "interrupted", "outcome unknown");
        assertThat(Run.of("images", "delete", "--help").out()).contains("130", "interrupted", "outcome unknown");
    }

    @Test
    void aVersionIsSaid() {
        assertThat(Run.of("--version").out()).startsWith("darkroom ");
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                usageError("Missing required parameter: 'PROMPT'", "generate"),
                usageError("Unknown option: '--sise=1'", "generate", "dawn", "--sise=1"),
                usageError("is no duration; try 90s", "generate", "dawn", "--timeout", "soon"),
                usageError("'steps' is not KEY=JSON", "generate", "dawn", "--option", "steps"),
                usageError("size must not be blank", "generate", "dawn", "--size", ""),
                usageError("-n", "generate", "dawn", "-n", "many"),
                usageError("the base URL must be http(s)", "generate", "dawn", "--base-url", "ftp://x"),
                usageError("leave one of them out", "generate", "dawn", "--base-url", "http://x", "--emulator"),
                usageError("set LC_ALL=C.UTF-8", "generate", "caf\ufffd"),
                usageError("--provider", "generate", "dawn", "--provider", "nobody"),
                usageError("Missing required parameter: 'FILE'", "batch"),
                usageError("is none of none, hash, fixed:N, count:N", "batch", "p.txt", "--seeds", "many"),
                usageError("concurrency must be 1 or more", "batch", "p.txt", "--concurrency", "0"),
                usageError("the cost ceiling must be more than 0", "batch", "p.txt", "--max-cost", "0"),
                usageError("there is no readable file nothing.png", "batch", "p.txt", "--reference", "nothing.png"),
                usageError("is no quota; try 10/s", "emulate", "--quota", "5"),
                usageError("port must be 0 to 65535", "emulate", "--port", "70000"),
                usageError("'darkroom emulate --models'", "models", "--provider", "ark", "--api-key", "sk-test"),
                usageError("Unmatched argument", "models", "a", "b"),
                usageError("--limit must be 1 or more", "images", "list", "--limit", "0", "--api-key", "sk-test"),
                usageError("must not be blank", "images", "list", "--after", " ", "--api-key", "sk-test"),
                usageError("--order", "images", "list", "--order", "up"),
                usageError("Missing required parameter: 'ID'", "images", "get"),
                usageError("Missing required parameter: 'ID'", "images", "delete"));
    }

    private static Arguments usageError(String words, String... args) {
        return Arguments.of(words, args);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void aMistakeIsSaidInWordsAndEndsWithTwo(String words, String[] args) {
        var run = Run.of(args);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("darkroom: ").contains(words).doesNotContain("\tat ", "Exception");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aFolderThatCannotBeAFolderIsAMistake(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("file"), "mine");
        var run = Run.of(Run.args("generate", "dawn", "--out", file));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--out " + file + " cannot be written to: there is a file of that name");
    }

    @Test
    void aKeyInTheWrongPlaceIsNotRepeated() {
        for (var args : List.of(
                List.of("models", "--key=sk-or-v1-0815-secret"), List.of("models", "a", "sk-or-v1-0815-secret"))) {
            var run = Run.of(args.toArray(String[]::new));
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("(not shown)").doesNotContain("secret");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-test ", "sk-test\n", "\tsk-test\r\n"})
    void blanksAroundAKeyDoNotCount(String key) {
        try (var emulator = ImageEmulator.create().start()) {
            var run = Run.of(
                    Map.of("OPENROUTER_API_KEY", key),
                    Run.args(
                            "generate",
                            "dawn",
                            "--no-stream",
                            "--size",
                            "64x64",
                            "--base-url",
                            emulator.openRouterBaseUrl(),
                            "--out",
                            folder));
            assertThat(run.exitCode()).as(run.err()).isZero();
        }
    }

    @Test
    void aKeyThatNoHeaderCanCarryIsAMistakeAndNotRepeated() {
        var run = Run.of("models", "--api-key", "sk-secret\nX-Evil: 1");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("the API key").doesNotContain("sk-secret");
    }
}
