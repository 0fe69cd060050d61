package dev.darkroom.benchmarks.bars;

import dev.darkroom.benchmarks.child.SmallHeap;
import dev.darkroom.benchmarks.peers.Contender;
import dev.darkroom.benchmarks.server.Shape;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The smallest heap in which streams of large images pass, found by bisection, with either of the two usual collectors. */
public final class HeapBar implements Bar {

    private static final Shape SHAPE = new Shape(3, 12_000_000);
    private static final int MOST_MEGABYTES = 512;
    private static final int STEP = 4;
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final double HALF = 0.5;

    @Override
    public void measure(Bench bench, Findings findings) throws IOException, InterruptedException {
        findings.table(
                "Smallest heap for 4 x 12 MB",
                "collector",
                "Darkroom",
                "Darkroom, `toByteArray()`",
                "WebClient + Jackson",
                "openai-java");
        for (var collector : List.of("G1", "Serial")) {
            double ours = smallest(bench, Contender.DARKROOM, collector);
            double contiguous = smallest(bench, Contender.DARKROOM_CONTIGUOUS, collector);
            double webClient = smallest(bench, Contender.WEBCLIENT, collector);
            double openAi = smallest(bench, Contender.OPENAI_JAVA, collector);
            findings.row(collector, megabytes(ours), megabytes(contiguous), megabytes(webClient), megabytes(openAi));
            var smallest = "smallest heap to that of ";
            findings.atMost(HALF, smallest + "WebClient + Jackson, " + collector, "x", Spread.of(ours / webClient));
            findings.atMost(HALF, smallest + "openai-java, " + collector, "x", Spread.of(ours / openAi));
        }
    }

    private static String megabytes(double value) {
        return Findings.number(value) + " MiB";
    }

    private static int smallest(Bench bench, Contender contender, String collector)
            throws IOException, InterruptedException {
        int fails = 0;
        int passes = MOST_MEGABYTES;
        while (passes - fails > STEP) {
            int middle = (fails + passes) / 2 / STEP * STEP;
            if (passes(bench, contender, collector, middle)) {
                passes = middle;
            } else {
                fails = middle;
            }
        }
        return passes;
    }

    private static boolean passes(Bench bench, Contender contender, String collector, int megabytes)
            throws IOException, InterruptedException {
        var flags = List.of(
                "-Xmx" + megabytes + "m",
                "-XX:MaxDirectMemorySize=256m",
                "-XX:+Use" + collector + "GC",
                "-XX:+ExitOnOutOfMemoryError");
        return bench.passes(
                SmallHeap.class, flags, contender, SHAPE, bench.effort().heapStreams(), LONGEST);
    }
}
