package dev.darkroom.benchmarks.bars;

import dev.darkroom.benchmarks.peers.BulkPainter;
import dev.darkroom.benchmarks.peers.PipelinePainter;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.journal.Entry;
import dev.darkroom.emulator.journal.RouteKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/**
 * Two hundred prompts, in a file as the published batch script takes it, painted at an emulator at which {@link Storms} go on, so many at a
 * time as that script does. What was asked for and paid for is what the emulator's journal says.
 */
public final class BulkBar implements Bar {

    private static final int PROMPTS = 200;
    private static final int CONCURRENCY = 5;
    private static final int SEEDS = 5;
    private static final Duration PAINTING = Duration.ofMillis(500);
    private static final Duration SETTLING = Duration.ofMinutes(1);
    private static final Pattern NUMBER = Pattern.compile("(?i)number[ -](\\d+)");

    /** What came of one run: requests a picture that there is, and prompts. */
    private record Run(double posts, double twice, double lost, double unnamed, double unmade, double seconds) {}

    @Override
    public void measure(Bench bench, Findings findings) throws IOException, InterruptedException {
        var smoke = bench.effort().rounds() == 1;
        var prompts = smoke ? PROMPTS / 10 : PROMPTS;
        var seeds = smoke ? 1 : SEEDS;
        findings.table(
                prompts + " prompts, " + CONCURRENCY + " at a time, " + Storms.TEXT + ", " + seeds + " seeds",
                "client",
                "POSTs a picture",
                "paid twice",
                "paid for, no picture",
                "of these not named as unknown",
                "neither paid for nor made",
                "seconds");
        for (var painter : BulkPainter.all()) {
            if (!painter.prepare()) {
                System.out.println("SKIPPED: " + painter.title() + " cannot be installed here; see target/bulk");
                continue;
            }
            var runs = new ArrayList<Run>();
            for (var seed = 1; seed <= seeds; seed++) {
                runs.add(run(painter, prompts, seed));
            }
            row(painter, runs, findings);
        }
    }

    private static void row(BulkPainter painter, List<Run> runs, Findings findings) {
        findings.row(
                painter.title(),
                Spread.of(runs, Run::posts).text(""),
                Spread.of(runs, Run::twice).text(""),
                Spread.of(runs, Run::lost).text(""),
                Spread.of(runs, Run::unnamed).text(""),
                Spread.of(runs, Run::unmade).text(""),
                Spread.of(runs, Run::seconds).text(""));
        if (painter instanceof PipelinePainter ours && ours.runs() == 1) {
            findings.atMost(0, "prompts paid twice", "", Spread.of(runs, Run::twice));
            findings.atMost(0, "prompts paid for, without a picture or a word", "", Spread.of(runs, Run::unnamed));
        } else if (painter instanceof PipelinePainter) {
            findings.atMost(0, "prompts neither paid for nor made, started again", "", Spread.of(runs, Run::unmade));
        }
    }

    private static Run run(BulkPainter painter, int prompts, int seed) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("bulk");
        var input = Files.write(folder.resolve("prompts.jsonl"), lines(prompts));
        var out = folder.resolve("out");
        var setting = ImageEmulator.create().latency(PAINTING).shrink(32);
        try (var storms = Storms.at(setting, seed)) {
            var emulator = storms.emulator();
            var start = System.nanoTime();
            var named = painter.paint(emulator.openAiBaseUrl(), input, out, CONCURRENCY);
            var seconds = (System.nanoTime() - start) / 1e9;
            var posts = emulator.journal().awaitSettled(SETTLING).entries().stream()
                    .filter(entry -> entry.kind() == RouteKind.GENERATION)
                    .toList();
            return judged(prompts, posts, pictures(out), named, seconds);
        }
    }

    private static Run judged(int prompts, List<Entry> posts, Set<Integer> pictures, int named, double seconds) {
        var paid = new HashMap<Integer, Integer>();
        for (var post : posts) {
            if (post.images().billed() > 0 && post.body() != null) {
                paid.merge(number(post.body().path("prompt").asString()), 1, Integer::sum);
            }
        }
        var twice = paid.values().stream().filter(times -> times > 1).count();
        var lost = paid.keySet().stream().filter(one -> !pictures.contains(one)).count();
        var unmade = prompts - lost - pictures.size();
        return new Run(
                posts.size() / (double) pictures.size(), twice, lost, Math.max(0, lost - named), unmade, seconds);
    }

    /** As people have them: notes, objects, plain lines. */
    private static List<String> lines(int prompts) {
        var lines = new ArrayList<>(List.of("# pictures for an album", ""));
        for (var i = 1; i <= prompts; i++) {
            lines.add(
                    i % 4 == 0
                            ? "a lighthouse, number " + i + ", flat colours"
                            : "{\"prompt\": \"a fox, number " + i + ", woodcut\", \"out\": \"number-" + i
                                    + ".png\", \"size\": \"1024x1024\", \"quality\": \"low\", \"n\": 1,"
                                    + " \"output_format\": \"png\", \"model\": \"gpt-image-1.5\"}");
        }
        return lines;
    }

    /** Those which are whole. */
    private static Set<Integer> pictures(Path out) throws IOException {
        var pictures = new HashSet<Integer>();
        try (var files = Files.newDirectoryStream(out, "*number-*.png")) {
            for (var file : files) {
                if (ImageIO.read(file.toFile()) != null) {
                    pictures.add(number(String.valueOf(file.getFileName())));
                }
            }
        }
        return pictures;
    }

    private static int number(String text) {
        var found = NUMBER.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("no prompt of ours: " + text);
        }
        return Integer.parseInt(found.group(1));
    }
}
