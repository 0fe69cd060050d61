package dev.darkroom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a gateway can say what became of a request, what is unknown becomes known, and nothing is paid for. */
class SettlementTest {

    @TempDir
    Path folder;

    @Test
    void whatAGatewayHasStoredIsFetchedAndNotPaidForAgain() throws Exception {
        try (var lab = new Lab("token360", folder)) {
            lab.emulator.enqueue(Fault.CUT);
            var input = lab.input("p.txt", "a fox", "an owl");
            assertThat(lab.run(input, o -> o.concurrency(1)).progress().unknown())
                    .isOne();

            try (var pipeline = Pipeline.open(lab.options(input), lab.client)) {
                var settled = pipeline.settle().collectList().block(Lab.PATIENCE);
                assertThat(settled).singleElement().satisfies(event -> {
                    assertThat(event.line()).isOne();
                    assertThat(event.state()).isEqualTo(JobState.DONE);
                });
                assertThat(pipeline.report().isComplete()).isTrue();
            }

            assertThat(lab.accepted()).containsEntry("a fox", 1L).containsEntry("an owl", 1L);
            assertThat(lab.pictures()).hasSize(2);
            assertThat(lab.manifest().get(0)).containsEntry("settled", true);
        }
    }

    @Test
    void aPictureOfAnotherPromptWithTheSameWordsIsNotTakenForTheLostOne() throws Exception {
        try (var lab = new Lab("token360", folder)) {
            lab.emulator.enqueue(Fault.EMPTY_REPLY);
            var input = lab.input("p.txt", "a fox", "a fox");
            assertThat(lab.run(input, o -> o.concurrency(1)).progress().unknown())
                    .isOne();

            try (var pipeline = Pipeline.open(lab.options(input), lab.client)) {
                assertThat(pipeline.settle().collectList().block(Lab.PATIENCE)).hasSizeLessThanOrEqualTo(1);
                assertThat(pipeline.progress().done()).isLessThanOrEqualTo(2);
            }
        }
    }

    @Test
    void aGatewayThatKeepsRecordsTellsTheCostOfWhatWasLost() throws Exception {
        try (var lab = new Lab("openrouter", folder)) {
            lab.emulator.enqueue(Fault.CUT);
            var input = lab.input("p.jsonl", "{\"prompt\": \"a fox\", \"stream\": true}", "an owl");
            var first = lab.run(input, o -> o.concurrency(1));
            assertThat(first.unknownLines()).containsExactly(1L);
            lab.accepted();

            try (var pipeline = Pipeline.open(lab.options(input), lab.client)) {
                var settled = pipeline.settle().collectList().block(Lab.PATIENCE);
                assertThat(settled).singleElement().satisfies(event -> {
                    assertThat(event.line()).isOne();
                    assertThat(event.state()).isEqualTo(JobState.FAILED);
                });
                assertThat(pipeline.hasUnknown()).isFalse();
                pipeline.report();
            }

            assertThat(lab.manifest().get(0)).containsEntry("settled", true).containsKey("generation_id");
            assertThat(lab.accepted()).containsEntry("a fox", 1L);
        }
    }

    @Test
    void whatAGatewayGoesOnMakingIsFetchedByItsIdAndNotPaidForAgain() throws Exception {
        try (var lab = new Lab("dashscope", folder)) {
            lab.emulator.enqueueFollowUp(Fault.UNAUTHORIZED.once());
            var input = lab.input("p.jsonl", "{\"prompt\": \"a fox\", \"async\": true}");
            assertThat(lab.run(input).progress().unknown()).isOne();

            try (var pipeline = Pipeline.open(lab.options(input), lab.client)) {
                assertThat(pipeline.settle().collectList().block(Lab.PATIENCE))
                        .singleElement()
                        .satisfies(event -> assertThat(event.state()).isEqualTo(JobState.DONE));
                assertThat(pipeline.report().isComplete()).isTrue();
            }

            assertThat(lab.pictures()).hasSize(1);
            assertThat(lab.manifest().get(0)).containsEntry("settled", true).containsKey("generation_id");
            assertThat(lab.emulator.journal().awaitSettled(Lab.PATIENCE).billed())
                    .isOne();
        }
    }

    @Test
    void whereNobodyCanSayTheUnknownStayUnknown() throws Exception {
        try (var lab = new Lab("openai", folder)) {
            lab.emulator.enqueue(Fault.CUT);
            var input = lab.input("p.txt", "a fox");
            lab.run(input);

            try (var pipeline = Pipeline.open(lab.options(input), lab.client)) {
                assertThat(pipeline.settle().collectList().block(Lab.PATIENCE)).isEmpty();
                assertThat(pipeline.hasUnknown()).isTrue();
            }
            assertThat(lab.posts()).isOne();
        }
    }
}
