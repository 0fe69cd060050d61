package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of prompts at the shell: what is said, to people and to programs, and how it ends. */
class BatchTest {

    private static final RunningEmulator EMULATOR =
            ImageEmulator.create().shrink(32).start();
    private static final String PRICED = "bytedance-seed/seedream-4.5";

    @TempDir
    private Path folder;

    @AfterEach
    void forget() {
        EMULATOR.clearFaults();
        EMULATOR.journal().clear();
    }

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    private Path out() {
        return folder.resolve("out");
    }

    private Path prompts(String... lines) throws IOException {
        return Files.write(folder.resolve("p.jsonl"), List.of(lines));
    }

    private static int posts() {
        return EMULATOR.journal().accepted().size();
    }

    private Run batch(String file, String... more) {
        return batch(ShellInput.NONE, file, more);
    }

    private Run batch(ShellInput input, String file, String... more) {
        var args = new ArrayList<>(List.of("batch", file, "--out", out().toString(), "--api-key", "sk-test"));
        args.addAll(List.of(more));
        if (!args.contains("--base-url")) {
            args.addAll(List.of("--base-url", EMULATOR.openRouterBaseUrl().toString()));
        }
        return Run.of(input.stream(), args.toArray(String[]::new));
    }

    /** Standard input. */
    private record ShellInput(String text) {

        static final ShellInput NONE = new ShellInput("");

        ByteArrayInputStream stream() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void forPeopleTheEndIsASentenceAndEachFailureALine() throws IOException {
        EMULATOR.enqueue(Fault.NONE.once(), Fault.MODERATION.once());

        var run = batch(prompts("a fox", "gore", "an owl").toString(), "--concurrency", "1");

        assertThat(run.exitCode()).isEqualTo(ExitStatus.GENERATION_FAILED);
        assertThat(run.lines()).anyMatch(line -> line.startsWith("2 of 3 done, 1 failed, $0."));
        assertThat(run.out()).contains("--retry-failed sends the failed ones once more");
        assertThat(run.err()).contains("darkroom: line 2 failed: ");
    }

    @Test
    void forProgramsEachPromptAndTheSummaryIsAJsonObject() throws IOException {
        EMULATOR.enqueue(Fault.NONE.once(), Fault.CUT.once());

        var run = batch(
                prompts("{\"prompt\": \"a fox\", \"out\": \"fox.png\"}", "", "an owl", "a bear")
                        .toString(),
                "--concurrency",
                "1",
                "--json");

        assertThat(run.exitCode()).isEqualTo(ExitStatus.OUTCOME_UNKNOWN);
        assertThat(run.err()).isEmpty();
        assertThat(run.json("prompt"))
                .extracting(line -> line.get("line") + " " + line.get("state"))
                .containsExactly("1 done", "3 unknown", "4 done");
        assertThat(run.json("prompt").get(0))
                .containsEntry("index", 1)
                .containsEntry("files", List.of("fox.png"))
                .containsEntry("cost_unit", "USD");
        assertThat(run.json("prompt").get(1)).containsEntry("kind", "outcome_unknown");
        var last = run.json().get(run.json().size() - 1);
        assertThat(last)
                .containsEntry("event", "summary")
                .containsEntry("total", 3)
                .containsEntry("done", 2)
                .containsEntry("unknown", 1)
                .containsEntry("not_sent", 0)
                .containsEntry("images", 2)
                .containsEntry("stopped", null)
                .containsEntry("unknown_lines", List.of(3))
                .containsKeys(
                        "images_per_minute", "costs", "seconds_left", "retry_at", "running", "waiting", "earlier");
    }

    @Test
    void aSecondRunSaysThatThereIsNothingToDo() throws IOException {
        var file = prompts("a fox", "an owl").toString();
        batch(file);

        var again = batch(file);

        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).startsWith("2 of 2 done (2 by earlier runs)");
        assertThat(posts()).isEqualTo(2);
    }

    @Test
    void aDryRunTellsThePriceAndMakesNothing() throws IOException {
        var file = prompts("{\"prompt\": \"a fox\", \"out\": \"deep/fox.png\"}", "an owl")
                .toString();

        var dry = batch(file, "--dry-run", "--model", PRICED);
        var json = batch(file, "--dry-run", "--model", PRICED, "--json").json("dry_run");

        assertThat(dry.exitCode()).isZero();
        assertThat(dry.out())
                .isEqualTo("2 prompts would be sent, all is well with them; by the catalogue they cost $0.08\n");
        assertThat(json).hasSize(1);
        assertThat(json.get(0))
                .containsEntry("prompts", 2)
                .containsEntry("priced", 2)
                .containsEntry("cost_unit", "USD")
                .containsKeys("least_cost", "most_cost", "uncounted", "unfit");
        assertThat(out()).doesNotExist();
        assertThat(posts()).isZero();
    }

    @Test
    void aDryRunOfStandardInputKeepsNothingOfItAnywhere() throws IOException {
        var before = temporaries();

        var dry = batch(new ShellInput("a fox\nan owl\n"), "-", "--dry-run");

        assertThat(dry.out()).startsWith("2 prompts would be sent");
        assertThat(out()).doesNotExist();
        assertThat(temporaries()).isEqualTo(before);
    }

    private static List<Path> temporaries() throws IOException {
        try (var found = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return found.filter(file -> String.valueOf(file.getFileName()).startsWith("darkroom-batch"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aDryRunInAFolderThatWasBegunCountsTheRestAndTouchesNothing() throws IOException {
        EMULATOR.enqueue(Fault.NONE.once(), Fault.MODERATION.once());
        batch(prompts("a fox", "gore").toString(), "--concurrency", "1");
        Files.writeString(out().resolve(".darkroom/drafts/1.0.png.tmp"), "half a picture");
        var before = contents(out());

        var file = prompts("a fox", "gore", "an owl").toString();

        assertThat(batch(file, "--dry-run").out()).startsWith("1 prompt would be sent, all is well with it");
        assertThat(batch(file, "--dry-run", "--retry-failed").out()).startsWith("2 prompts would be sent");
        assertThat(contents(out())).isEqualTo(before);
    }

    private static Map<String, String> contents(Path top) throws IOException {
        var contents = new TreeMap<String, String>();
        try (var files = Files.walk(top)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                contents.put(
                        top.relativize(file).toString(),
                        Files.getLastModifiedTime(file) + Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    @Test
    void aDryRunFindsWhatIsWrongAsARunDoes() throws IOException {
        var run = batch(
                prompts("a fox", "{\"prompt\": \"an owl\", \"qualty\": \"low\"}")
                        .toString(),
                "--dry-run");

        assertThat(run.exitCode()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.err())
                .contains("line 2: there is no option 'qualty'", "--ignore-unknown-fields passes over such fields");
    }

    @Test
    void aFileThatIsNotThereIsAUsageErrorAndMakesNothing() {
        var run = batch(folder.resolve("nothing.jsonl").toString());

        assertThat(run.exitCode()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.err()).contains("there is no readable file");
        assertThat(out()).doesNotExist();
    }

    @Test
    void theCeilingOfCostEndsItWithSomeNotSent() throws IOException {
        var file = prompts("a fox", "an owl", "a bear", "a crab").toString();
        var price = new BigDecimal(String.valueOf(batch(file, "--dry-run", "--model", PRICED, "--json")
                .json()
                .get(0)
                .get("most_cost")));

        var run = batch(
                file,
                "--model",
                PRICED,
                "--max-cost",
                price.multiply(new BigDecimal("0.6")).toPlainString());

        assertThat(run.exitCode()).isEqualTo(ExitStatus.UNAVAILABLE);
        assertThat(run.out())
                .startsWith("2 of 4 done, 2 not sent, $0.08")
                .contains("stopped: the next prompt could cost more");
        assertThat(posts()).isEqualTo(2);
    }

    @Test
    void theDeadlineEndsItWithWhatWaitsNotSent() throws IOException {
        EMULATOR.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofMinutes(10)));

        var run = batch(prompts("a fox", "an owl").toString(), "--concurrency", "1", "--deadline", "1s", "--json");

        assertThat(run.exitCode()).isEqualTo(ExitStatus.UNAVAILABLE);
        assertThat(run.json("summary").get(0))
                .containsEntry("stopped", "deadline")
                .containsEntry("not_sent", 2)
                .containsEntry("unknown", 0);
        assertThat(posts()).isZero();
    }

    @Test
    void aRejectedKeyEndsItWithThree() throws IOException {
        EMULATOR.enqueue(Fault.UNAUTHORIZED);

        var run = batch(prompts("a fox", "an owl", "a bear").toString(), "--concurrency", "1");

        assertThat(run.exitCode()).isEqualTo(ExitStatus.REJECTED);
        assertThat(run.out()).contains("3 not sent", "stopped: ");
    }

    @Test
    void eachPromptHasWhatGenerateTakesUnlessItSaysOtherwise() throws IOException {
        var file = prompts("a fox", "{\"prompt\": \"an owl\", \"size\": \"2K\", \"quality\": \"high\"}")
                .toString();

        batch(file, "--size", "1K", "--quality", "low", "--concurrency", "1", "--route-order", "openai");

        var bodies = EMULATOR.journal().accepted().stream()
                .map(entry -> entry.body())
                .toList();
        assertThat(bodies).extracting(body -> body.path("quality").asString()).containsExactly("low", "high");
        assertThat(bodies).extracting(body -> body.path("size").asString()).containsExactly("1K", "2K");
        assertThat(bodies)
                .allSatisfy(
                        body -> assertThat(body.path("provider").path("order").toString())
                                .contains("openai"))
                .allSatisfy(
                        body -> assertThat(body.path("stream").asBoolean(false)).isFalse());
    }
}
