package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {

    private static final RunningEmulator EMULATOR =
            ImageEmulator.create().shrink(32).start();
    private static final String URL = EMULATOR.token360BaseUrl().toString();
    private static int keys;

    private final String key = "sk-" + ++keys;

    @TempDir
    private Path folder;

    private final List<String> ids = new ArrayList<>();

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    /** Images of a key of its own for each test: 0 is the oldest. */
    @BeforeEach
    void generate() {
        for (int i = 0; i < 3; i++) {
            var run = Run.of(Run.args(
                    "generate",
                    "picture " + i,
                    "--provider",
                    "token360",
                    "--out",
                    folder.resolve("generated"),
                    "--api-key",
                    key,
                    "--base-url",
                    URL));
            assertThat(run.exitCode()).as(run.err()).isZero();
        }
        run("list", "--json", "--order", "asc").json().forEach(line -> ids.add((String) line.get("id")));
        assertThat(ids).hasSize(3);
    }

    private Run run(String... args) {
        var all = Stream.concat(Stream.concat(Stream.of("images"), Stream.of(args)), Stream.of("--base-url", URL));
        return Run.of(Map.of("TOKEN360_API_KEY", key), all.toArray(String[]::new));
    }

    private List<Object> prompts(String... args) {
        return run(args).json().stream().map(line -> line.get("prompt")).toList();
    }

    @Test
    void theListIsATableTheNewestFirst() {
        var run = run("list");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines()).hasSize(4).allMatch(line -> line.length() <= 110);
        assertThat(run.lines().get(0)).matches("ID +CREATED +STATUS +MODEL +PROMPT *");
        assertThat(run.lines().get(1))
                .matches(ids.get(2) + "  20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d  completed  dola-seedream-5.0-lite"
                        + " +picture 2 *");
    }

    @Test
    void forProgramsThereIsALineForEachImage() {
        assertThat(run("list", "--json", "--limit", "1").json())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .containsEntry("id", ids.get(2))
                        .containsEntry("status", "completed")
                        .containsEntry("prompt", "picture 2")
                        .containsEntry("error", null)
                        .containsKeys("model", "created_at", "url"));
    }

    @Test
    void theListHasAnOrderABoundAndALimit() {
        assertThat(prompts("list", "--json", "--order", "asc", "--limit", "2"))
                .containsExactly("picture 0", "picture 1");
        assertThat(prompts("list", "--json", "--after", ids.get(1))).containsExactly("picture 0");
        assertThat(prompts("list", "--json", "--before", ids.get(0)))
                .as("in its order")
                .containsExactly("picture 2", "picture 1");
        assertThat(prompts("list", "--json", "--before", ids.get(0), "--limit", "1"))
                .as("the nearest")
                .containsExactly("picture 1");
        assertThat(prompts("list", "--json", "--after", ids.get(2), "--before", ids.get(0)))
                .containsExactly("picture 1");
    }

    @Test
    void whoHasNoImagesIsToldSo() {
        var run = run("list", "--api-key", "sk-nobody");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("there are none");
    }

    @Test
    void anImageGoesIntoAFolderUnderItsIdAndOverwritesNothing() throws IOException {
        var out = folder.resolve("new");
        var name = ids.get(0).replace('_', '-');
        assertThat(run("get", ids.get(0), "--out", out.toString()).out().strip())
                .isEqualTo(out.resolve(name + ".jpg").toString());
        assertThat(run("get", ids.get(0), "--out", out.toString()).out().strip())
                .isEqualTo(out.resolve(name + "-2.jpg").toString());
        assertThat(Files.readAllBytes(out.resolve(name + ".jpg")))
                .isNotEmpty()
                .isEqualTo(Files.readAllBytes(out.resolve(name + "-2.jpg")));
    }

    @Test
    void anImageReplacesTheFileThatIsNamed() throws IOException {
        var file = Files.writeString(folder.resolve("a.jpeg"), "old");
        var run = run("get", ids.get(0), "--out", file.toString(), "--json");
        assertThat(run.json())
                .containsExactly(Map.of("id", ids.get(0), "file", file.toString(), "bytes", (int) Files.size(file)));
        assertThat(Files.size(file)).isGreaterThan(100);
    }

    @Test
    void whereNothingCanBeWrittenTheImageIsNotSaved() {
        var run =
                run("get", ids.get(0), "--out", folder.resolve("missing/a.jpeg").toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("darkroom: not saved: ").doesNotContain("Exception");
    }

    @Test
    void aUrlIsPrintedAlone() {
        assertThat(run("get", ids.get(0), "--url").out()).matches("http://127.0.0.1:\\d+/pictures/\\S+\n");
        assertThat(run("get", ids.get(0), "--url", "--json").json().get(0)).containsOnlyKeys("id", "url");
    }

    @Test
    void imagesAreDeletedOneByOneAndOneThatFailsKeepsNoOther() {
        var run = run("delete", ids.get(0), "img_nobody", ids.get(2));
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.lines()).containsExactly("deleted " + ids.get(0), "deleted " + ids.get(2));
        assertThat(run.err())
                .contains(
                        "not deleted: img_nobody",
                        "rejected (not found)",
                        "'darkroom images list' lists what there is");
        assertThat(prompts("list", "--json")).containsExactly("picture 1");

        var json = run("delete", ids.get(1), ids.get(1), "--json").json();
        assertThat(json.get(0)).isEqualTo(Map.of("id", ids.get(1), "deleted", true));
        assertThat(json.get(1)).containsEntry("event", "error").containsEntry("reason", "not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openrouter", "myrouter", "openai", "ark", "minimax"})
    void aGatewayThatKeepsNoneSaysWhichOneDoes(String provider) {
        var run = Run.of("images", "list", "--provider", provider, "--api-key", "sk-test");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith(
                        "darkroom: " + provider + " keeps no images which could be listed; --provider token360 does");
    }

    @Test
    void withoutAKeyNobodysImagesAreListedAndTheEmulatorInsideHasNone() {
        for (var command : List.of("list", "get a", "delete a")) {
            var run = Run.of(("images " + command).split(" "));
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("TOKEN360_API_KEY", "'darkroom emulate'");
        }
        assertThat(Run.of("images", "list", "--emulator").exitCode()).isEqualTo(2);
    }

    @Test
    void aWrongKeyAndAGatewayThatCannotBeReachedEndAsElsewhere() {
        assertThat(run("list", "--api-key", "wrong").exitCode()).isEqualTo(3);
        var nowhere = Run.of("images", "get", "a", "--api-key", "sk-test", "--base-url", "http://127.0.0.1:1/v1");
        assertThat(nowhere.exitCode()).as(nowhere.err()).isEqualTo(5);
    }

    @Test
    void whoInterruptsIsObeyed() {
        var interruptSignal = new InterruptSignal();
        interruptSignal.interrupt();
        var run = Run.of(Map.of(), interruptSignal, "images", "list", "--api-key", key, "--base-url", URL);
        assertThat(run.exitCode()).isEqualTo(130);
    }
}
