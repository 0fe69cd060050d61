package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.testsupport.Documents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command line that a document prints, or a command's own help, does what a reader expects of it. */
class DocumentCommandsTest {

    private static final Path ROOT =
            Path.of(System.getProperty("maven.basedir", ".")).resolve("../..").normalize();
    private static final RunningEmulator EMULATOR =
            ImageEmulator.create().shrink(32).start();

    @TempDir
    private Path folder;

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @TestFactory
    Stream<DynamicTest> everyCommandInADocumentRuns() {
        return DocumentCommands.all(ROOT).stream()
                .flatMap(document -> document.blocks().stream()
                        .map(block -> DynamicTest.dynamicTest(
                                ROOT.relativize(document.file()) + ":" + block.line(), () -> run(block.commands()))));
    }

    @TestFactory
    Stream<DynamicTest> everyCommandInAHelpRuns() {
        return Stream.of(
                        "",
                        "generate",
                        "batch",
                        "models",
                        "images",
                        "images list",
                        "images get",
                        "images delete",
                        "emulate")
                .map(command -> DynamicTest.dynamicTest("darkroom " + command + " --help", () -> {
                    var help = Run.of((command + " --help").strip().split(" ")).out();
                    var lines = new ArrayList<String>();
                    if (help.contains("darkroom emulate --port 8081")) {
                        lines.add("darkroom emulate --port 8081 &"); // "let one run"
                    }
                    help.lines()
                            .map(String::strip)
                            .filter(line -> line.matches("(darkroom|export|\\w+=).*"))
                            .forEach(lines::add);
                    run(lines);
                }));
    }

    @Test
    void noCommandHidesWhereNobodyWouldRunIt() {
        assertThat(DocumentCommands.all(ROOT))
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(document -> assertThat(document.strays())
                        .as(document.file().toString())
                        .isEmpty());
    }

    @Test
    void noBlockOfShellIsPassedOver() {
        var lines = DocumentCommands.all(ROOT).stream()
                .flatMap(document -> document.blocks().stream())
                .flatMap(block -> block.commands().stream())
                .toList();
        assertThat(Documents.blocks("sh"))
                .hasSizeGreaterThanOrEqualTo(5)
                .allSatisfy(block -> assertThat(lines)
                        .as(block.toString())
                        .containsAll(block.code().lines().map(String::strip).toList()));
        assertThat(lines).anyMatch(line -> line.contains("emulate")).anyMatch(line -> line.startsWith("mvn"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mvn verfy",
                "mvn -pl lib/nothing verify",
                "mvn -Pnothing verify",
                "mvn -Dnothing=1 verify",
                "mvn -q",
                "mvn spotles:apply",
                "mvn test -Dtest=NoSuchTest",
                "mvn -f lib/nothing verify",
                "curl http://example.org",
                "java -jar samples/cli/target/other.jar generate dawn",
                "java -jar samples/cli/target/darkroom.jar generate dawn --nothing",
                "java -jar samples/cli/target/darkroom.jar emulate --quota ten/s",
                "java -jar samples/cli/target/darkroom.jar generate dawn --provider postcard",
                "java -cp postcard.jar -jar samples/cli/target/darkroom.jar generate dawn --provider postcard",
                "java -cp samples/cli/target/darkroom.jar:postcard.jar dev.darkroom.cli.Darkroom generate dawn --provider pstcrd",
                "java -cp samples/cli/target/darkroom.jar:postcard.jar dev.darkroom.Darkroom generate dawn --provider postcard",
                "darkroom images get",
                "darkroom models --base-url $NOBODY",
                "darkroom models # exit code 3",
            })
    void aLineThatDoesNotWorkIsFound(String line) {
        assertThatThrownBy(() -> run(List.of(line))).isInstanceOfAny(AssertionError.class, RuntimeException.class);
    }

    @Test
    void linesAreFoundInEveryKindOfPlace() {
        var lines = List.of(
                "Run `mvn verify` or `darkroom models`.",
                "```sh",
                "export A=b",
                "```",
                "```",
                "mvn test",
                "```",
                "Then mvn install it.",
                "```java",
                "// darkroom generate dawn",
                "```");
        var document = DocumentCommands.of(Path.of("a.md"), lines);
        assertThat(document.blocks().stream().flatMap(block -> block.commands().stream()))
                .containsExactly("mvn verify", "darkroom models", "export A=b", "mvn test");
        assertThat(document.strays()).containsExactly("Then mvn install it.", "// darkroom generate dawn");
    }

    @Test
    void aCommandThatIsOnlySpokenOfIsNotRun() {
        var lines = List.of(
                "What `darkroom batch` and `darkroom images get` do; `darkroom emulate` and `darkroom images list` run.",
                "As `darkroom generate … --stream`, `darkroom batch <file>` or `mvn verify [-Pslow]` say; `darkroom batch a.txt` is whole.");
        var document = DocumentCommands.of(Path.of("a.md"), lines);
        assertThat(document.blocks().stream().flatMap(block -> block.commands().stream()))
                .containsExactly("darkroom emulate", "darkroom images list", "darkroom batch a.txt");
        assertThat(document.strays()).isEmpty();
    }

    private void run(List<String> lines) throws Exception {
        try (var shell = new DocumentShell(ROOT, folder, EMULATOR)) {
            for (var line : lines) {
                shell.run(line);
            }
        }
    }
}
