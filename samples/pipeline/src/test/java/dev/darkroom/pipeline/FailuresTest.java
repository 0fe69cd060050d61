package dev.darkroom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.testsupport.SideBySide;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A failure of one is its own; what all would meet ends the run; rate limits only slow it. */
class FailuresTest {

    @TempDir
    Path folder;

    private static String[] prompts(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "fox " + i).toArray(String[]::new);
    }

    @Test
    void aPromptThatIsRefusedDoesNotStopTheOthersAndIsTriedAgainOnlyWhenToldTo() throws Exception {
        try (var lab = new Lab("openai", folder)) {
            var input = lab.input("p.txt", "a fox", "gore", "an owl");

            var first = lab.run(input);
            assertThat(first.progress().done()).isEqualTo(2);
            assertThat(first.progress().failed()).isOne();
            assertThat(first.stopped()).isNull();
            assertThat(lab.manifest().get(1))
                    .containsEntry("state", "failed")
                    .containsEntry("reason", "moderation")
                    .containsEntry("billed", "no");

            lab.run(input);
            assertThat(lab.posts()).isEqualTo(3);
            lab.run(input, o -> o.retryFailed(true));
            assertThat(lab.posts()).isEqualTo(4);
        }
    }

    @Test
    void whoHearsOfAnEndFindsItCountedAndNoLongerInFlight() throws Exception {
        try (var lab = new Lab("openai", folder)) {
            lab.emulator.enqueue(Fault.CUT);
            var input = lab.input("p.txt", "a fox", "gore", "an owl");
            try (var pipeline = Pipeline.open(lab.options(input).concurrency(1), lab.client)) {
                var heard = pipeline.run()
                        .map(event -> pipeline.progress())
                        .collectList()
                        .block(Lab.PATIENCE);

                assertThat(heard).extracting(Progress::running).containsExactly(0, 0, 0);
                assertThat(heard).extracting(Progress::unknown).containsExactly(1, 1, 1);
                assertThat(heard).extracting(Progress::failed).containsExactly(0, 1, 1);
                assertThat(heard).extracting(Progress::done).containsExactly(0, 0, 1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"UNAUTHORIZED,credentials", "CREDITS,credits"})
    @SideBySide
    void aRejectedKeyOrSpentCreditsEndTheRunWithWhatIsInFlightFinished(Fault fault, String word) throws Exception {
        try (var lab =
                new Lab("openai", folder, ImageEmulator.create().shrink(32).latency(Duration.ofMillis(300)))) {
            lab.emulator.enqueue(Fault.RATE_LIMIT.once(), fault.once());
            var input = lab.input("p.txt", prompts(40));

            var summary = lab.run(input, o -> o.concurrency(4));

            assertThat(summary.stopped()).isEqualTo(word);
            assertThat(lab.posts()).isLessThan(10);
            assertThat(summary.progress().unknown()).isZero();
            assertThat(summary.progress().failed()).isZero();
            assertThat(lab.accepted()).hasSize(summary.progress().done());

            var again = lab.run(input, o -> o.concurrency(16));
            assertThat(again.isComplete()).isTrue();
            assertThat(lab.accepted().values()).containsOnly(1L).hasSize(40);
        }
    }

    @Test
    @SideBySide
    void rateLimitsOnlySlowItDown() throws Exception {
        try (var lab =
                new Lab("openai", folder, ImageEmulator.create().shrink(32).quota(20, Duration.ofSeconds(1), 5))) {
            var summary = lab.run(lab.input("p.txt", prompts(30)), o -> o.concurrency(16));

            assertThat(summary.isComplete()).isTrue();
            assertThat(lab.accepted().values()).containsOnly(1L).hasSize(30);
        }
    }

    @Test
    @SideBySide
    void whatWasNeverAcceptedIsLeftForTheNextRun() throws Exception {
        try (var lab = new Lab("openai", folder)) {
            var nobody = lab.client.baseUrl("http://127.0.0.1:1/v1");
            var input = lab.input("p.txt", "a fox");
            try (var pipeline = Pipeline.open(lab.options(input), nobody)) {
                var event = pipeline.run().blockLast(Lab.PATIENCE);
                assertThat(event.state()).isEqualTo(JobState.NEW);
                assertThat(event.kind()).isEqualTo("unavailable");
                assertThat(pipeline.report().progress().left()).isOne();
            }

            assertThat(lab.run(input).isComplete()).isTrue();
        }
    }

    @Test
    @SideBySide
    void aPromptThatWaitsIsGivenUpWhenTheRunEndsAndWasNotSent() throws Exception {
        try (var lab = new Lab("openai", folder)) {
            lab.emulator.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofMinutes(10)));
            var input = lab.input("p.txt", prompts(8));

            var summary = lab.run(input, o -> o.concurrency(4).deadline(Duration.ofSeconds(12)));

            assertThat(summary.stopped()).isEqualTo("deadline");
            assertThat(summary.progress().unknown()).isZero();
            assertThat(summary.progress().left())
                    .isEqualTo(8 - summary.progress().done());
            assertThat(Files.readString(lab.out().resolve(".darkroom/journal.jsonl")))
                    .contains("rate_limited");
        }
    }

    @Test
    void nothingIsSentThatCouldCostMoreThanTheCeiling() throws Exception {
        try (var lab = new Lab("openrouter", folder)) {
            var input = lab.input("p.txt", prompts(20));
            var price = one();
            var ceiling = price.multiply(new BigDecimal("5.5"));

            var summary = lab.run(input, o -> o.maxCost(ceiling).concurrency(8));

            assertThat(summary.stopped()).isEqualTo("cost");
            assertThat(summary.progress().done()).isEqualTo(5);
            assertThat(summary.progress().costs().get("USD")).isLessThanOrEqualTo(ceiling);
            assertThat(lab.run(input, o -> o.maxCost(ceiling))
                            .progress()
                            .costs()
                            .get("USD"))
                    .isLessThanOrEqualTo(ceiling);
        }
    }

    private BigDecimal one() throws Exception {
        try (var other = new Lab("openrouter", Files.createDirectories(folder.resolve("one")))) {
            return other.run(other.input("p.txt", "fox 1")).progress().costs().get("USD");
        }
    }

    @Test
    void aCeilingIsRefusedWhereTheGatewayNamesNoCosts() throws Exception {
        try (var lab = new Lab("openai", folder)) {
            var summary = lab.run(lab.input("p.txt", prompts(20)), o -> o.maxCost(BigDecimal.ONE));

            assertThat(summary.stopped()).isEqualTo("cost");
            assertThat(summary.why()).contains("does not say what a picture costs");
            assertThat(lab.posts()).isOne();
        }
    }

    @Test
    void finishedPicturesOfAnAnswerThatBrokeAreKept() throws Exception {
        try (var lab = new Lab("ark", folder)) {
            lab.emulator.enqueue(Fault.CUT.after(2));
            var input = lab.input(
                    "p.jsonl",
                    "{\"prompt\": \"3 pictures of a fox\", \"out\": \"fox.png\", \"sequential_images\": 3, \"stream\": true, \"response_format\": \"b64_json\", \"model\":"
                            + " \"doubao-seedream-4-0-250828\"}");

            var summary = lab.run(input);

            assertThat(summary.progress().unknown()).isOne();
            assertThat(lab.pictures()).isNotEmpty();
        }
    }

    @Test
    void aKeyThatIsMissingStopsBeforeMuchHappens() throws Exception {
        try (var lab = new Lab("openai", folder)) {
            var nobody = ImageClient.of(dev.darkroom.Gateways.named("openai").dialect())
                    .baseUrl(lab.emulator.openAiBaseUrl().toString());
            try (var pipeline = Pipeline.open(lab.options(lab.input("p.txt", prompts(50))), nobody)) {
                pipeline.run().blockLast(Lab.PATIENCE);
                assertThat(pipeline.report().stopped()).isEqualTo("credentials");
            }
            assertThat(lab.accepted()).isEmpty();
            assertThat(lab.posts()).isLessThanOrEqualTo(8);
        }
    }
}
