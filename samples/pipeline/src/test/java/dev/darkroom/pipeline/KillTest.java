package dev.darkroom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.testsupport.Slow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process with 128 MB, killed with {@code kill -9} at random moments of a seed, and started again. */
@Slow
class KillTest {

    private static final int PROMPTS = Integer.getInteger("pipeline.prompts", 2_000);
    private static final int KILLS = 5;
    private static final int CONCURRENCY = 64;
    private static final long SEED = Long.getLong("pipeline.seed", 16);

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 9, unit = TimeUnit.MINUTES)
    void whateverKillsItEachPromptHasOneAcceptedPostOrIsListedAsUnknown() throws Exception {
        try (var lab = new Lab("openai", folder, ImageEmulator.create().shrink(64))) {
            var input = lab.input(
                    "p.txt",
                    IntStream.range(0, PROMPTS).mapToObj(i -> "fox " + i).toArray(String[]::new));
            var random = new Random(SEED);
            var start = System.nanoTime();
            var log = new ArrayList<String>();
            for (var kill = 1; kill <= KILLS; kill++) {
                var child = child(lab, input);
                var until = (long) (PROMPTS * (kill - 1 + random.nextDouble()) / (KILLS + 1));
                while (posted(lab) < until && child.isAlive()) {
                    child.waitFor(5, TimeUnit.MILLISECONDS);
                }
                child.destroyForcibly().waitFor();
                log.add("killed at " + posted(lab));
            }
            var last = child(lab, input);
            assertThat(last.waitFor(8, TimeUnit.MINUTES)).isTrue();

            var accepted = lab.accepted();
            var unknown = lab.run(input, o -> o.names("{index}")).unknownLines();
            for (var i = 0; i < PROMPTS; i++) {
                var posts = accepted.getOrDefault("fox " + i, 0L);
                if (unknown.contains(i + 1L)) {
                    assertThat(posts).isLessThanOrEqualTo(1);
                } else {
                    assertThat(posts).as("line " + (i + 1)).isOne();
                }
            }
            assertThat(unknown.size()).isLessThanOrEqualTo(KILLS * CONCURRENCY);
            assertWhole(lab.pictures(), lab.out());
            assertThat(lab.pictures()).hasSize(PROMPTS - unknown.size());
            System.out.println(PROMPTS + " prompts, " + CONCURRENCY + " at a time, " + log + ", "
                    + unknown.size() + " unknown, "
                    + accepted.values().stream().mapToLong(n -> n).sum()
                    + " accepted POSTs, " + lab.pictures().size() + " pictures, "
                    + (System.nanoTime() - start) / 1_000_000_000 + " s, exit code " + last.exitValue());
        }
    }

    private static int posted(Lab lab) {
        return lab.emulator.journal().accepted().size();
    }

    private Process child(Lab lab, Path input) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildRun.class.getName(),
                        "openai",
                        lab.emulator.openAiBaseUrl().toString(),
                        input.toString(),
                        lab.out().toString(),
                        String.valueOf(CONCURRENCY)))
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    private static void assertWhole(List<String> pictures, Path out) throws IOException {
        for (var picture : pictures) {
            assertThat(ImageIO.read(out.resolve(picture).toFile())).as(picture).isNotNull();
        }
    }
}
