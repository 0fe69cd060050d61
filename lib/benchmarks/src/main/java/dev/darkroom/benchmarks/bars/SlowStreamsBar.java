package dev.darkroom.benchmarks.bars;

import dev.darkroom.benchmarks.child.SlowStreams;
import dev.darkroom.benchmarks.peers.Contender;
import dev.darkroom.benchmarks.server.Pace;
import dev.darkroom.benchmarks.server.Shape;
import java.io.IOException;
import java.util.List;

/**
 * A thousand streams at a time which come slowly, on one event loop in a small heap. Their images are small, because a
 * thousand half-decoded images and a thousand last previews must fit into that heap, whoever holds them.
 */
public final class SlowStreamsBar implements Bar {

    private static final int IMAGE = 60_000;
    private static final List<String> FLAGS = List.of("-Xmx256m", "-XX:MaxDirectMemorySize=64m");
    private static final double LONGEST_STALL_MILLIS = 100;

    @Override
    public void measure(Bench bench, Findings findings) throws IOException, InterruptedException {
        int streams = bench.effort().slowStreams();
        var shape = new Shape(bench.effort().slowPreviews(), IMAGE);
        var numbers = bench.run(SlowStreams.class, FLAGS, Contender.DARKROOM, Pace.DRIP, shape, streams);
        if (numbers.get("images") != (double) streams * shape.images()) {
            throw new IllegalStateException("only " + numbers.get("images") + " images came");
        }
        findings.atMost(
                LONGEST_STALL_MILLIS,
                "longest stall of " + streams + " slow streams on one event loop in -Xmx256m",
                " ms",
                Spread.of(numbers.get("stallMillis.max")));
        findings.table(streams + " slow streams", "what", "measured");
        findings.row("duration", Findings.number(numbers.get("seconds")) + " s");
        findings.row("stall of a piece: median", Findings.number(numbers.get("stallMillis.median")) + " ms");
        findings.row("99th percentile", Findings.number(numbers.get("stallMillis.p99")) + " ms");
        findings.row("longest", Findings.number(numbers.get("stallMillis.max")) + " ms");
        findings.row("latest task of the event loop", Findings.number(numbers.get("lagMillis.max")) + " ms");
        findings.row("peak of the heap", Findings.number(numbers.get("heapPeakMegabytes")) + " MB");
        findings.row("peak of Netty's direct memory", Findings.number(numbers.get("directPeakMegabytes")) + " MB");
        findings.row("peak of the process", Findings.number(numbers.get("residentPeakMegabytes")) + " MB resident");
    }
}
