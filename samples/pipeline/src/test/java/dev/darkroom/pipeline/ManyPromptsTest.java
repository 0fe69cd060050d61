package dev.darkroom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of a prompt takes a few bytes, and finding nothing to do takes seconds. */
class ManyPromptsTest {

    private static final int MANY = 100_000;

    @TempDir
    Path folder;

    @Test
    void aHundredThousandPromptsThatAreDoneAreFoundToBeDone() throws Exception {
        try (var lab = new Lab("openai", folder)) {
            var input = folder.resolve("p.jsonl");
            Files.createDirectories(lab.out().resolve(".darkroom"));
            try (var prompts = Files.newBufferedWriter(input);
                    var journal = Files.newBufferedWriter(lab.out().resolve(".darkroom/journal.jsonl"))) {
                journal.write("{\"darkroom\":\"pipeline\",\"version\":1}\n");
                for (var i = 0; i < MANY; i++) {
                    prompts.write("{\"prompt\": \"fox number " + i + "\", \"size\": \"1024x1024\"}\n");
                    done(journal, i);
                }
            }
            var start = Instant.now();

            try (var pipeline = Pipeline.open(lab.options(input), lab.client)) {
                assertThat(pipeline.due()).isZero();
                assertThat(pipeline.run().collectList().block(Lab.PATIENCE)).isEmpty();
                assertThat(pipeline.progress().done()).isEqualTo(MANY);
            }

            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofMinutes(5));
            assertThat(lab.posts()).isZero();
        }
    }

    private static void done(BufferedWriter journal, int index) throws Exception {
        var line = new PromptLine(1, Map.of("prompt", "fox number " + index, "size", "1024x1024"), null);
        var fingerprint = Integer.toHexString(line.fingerprint());
        for (var state : new String[] {"sent", "done"}) {
            journal.write("{\"i\":" + index + ",\"state\":\"" + state + "\",\"line\":\"" + fingerprint
                    + "\",\"at\":\"2026-11-29T09:00:00Z\",\"files\":[{\"image\":0,\"file\":\"" + index
                    + ".png\",\"type\":\"image/png\",\"bytes\":2891}]}\n");
        }
    }

    @Test
    void whatIsKnownOfAPromptTakesThirteenBytes() {
        var states = new JobStates();
        states.reach(MANY);
        states.set(MANY - 1, JobState.DONE, -7, 1L << 40);

        assertThat(states.state(MANY - 1)).isEqualTo(JobState.DONE);
        assertThat(states.fingerprint(MANY - 1)).isEqualTo(-7);
        assertThat(states.place(MANY - 1)).isEqualTo(1L << 40);
        assertThat(states.state(3)).isEqualTo(JobState.NEW);
        assertThat(states.place(3)).isNegative();
        assertThat(states.count(JobState.NEW)).isEqualTo(MANY - 1);
        assertThat(states.bytes()).isLessThanOrEqualTo(13 * (MANY + MANY / 2));
    }
}
