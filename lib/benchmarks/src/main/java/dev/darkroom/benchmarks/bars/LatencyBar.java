package dev.darkroom.benchmarks.bars;

import dev.darkroom.benchmarks.child.Latency;
import dev.darkroom.benchmarks.peers.Contender;
import dev.darkroom.benchmarks.server.Pace;
import dev.darkroom.benchmarks.server.Shape;
import java.io.IOException;
import java.util.List;

/** From the last bytes of a preview on the socket to its subscriber, when the rest came before and when all came at once. */
public final class LatencyBar implements Bar {

    private static final Shape SHAPE = new Shape(3, 1_500_000);
    private static final double MILLISECOND = 1000;
    /** Nothing is left to decode: what remains is a small JSON text, and a few operators. */
    private static final double NEAR_ZERO = 250;

    @Override
    public void measure(Bench bench, Findings findings) throws IOException, InterruptedException {
        findings.table(
                "Latency of a preview of 1.5 MB, in µs",
                "client",
                "its last bytes come",
                "write to onNext: median",
                "99th percentile",
                "read to onNext: median",
                "99th percentile");
        for (var contender : List.of(Contender.DARKROOM, Contender.WEBCLIENT, Contender.OPENAI_JAVA)) {
            measure(contender, Pace.HELD, bench, findings);
            measure(contender, Pace.BURST, bench, findings);
        }
    }

    private static void measure(Contender contender, Pace pace, Bench bench, Findings findings)
            throws IOException, InterruptedException {
        var numbers = bench.run(
                Latency.class,
                ThroughputBar.FLAGS,
                contender,
                pace,
                SHAPE,
                bench.effort().previewStreams());
        var when = pace == Pace.HELD ? "60 ms after the rest" : "with the rest, in one burst";
        findings.row(
                contender.title(),
                when,
                text(numbers, "microsSinceWrite.median"),
                text(numbers, "microsSinceWrite.p99"),
                text(numbers, "microsSinceRead.median"),
                text(numbers, "microsSinceRead.p99"));
        if (contender == Contender.DARKROOM) {
            findings.atMost(
                    MILLISECOND,
                    "last byte written to onNext, last bytes " + when,
                    " µs",
                    Spread.of(numbers.get("microsSinceWrite.median")));
        }
        if (contender == Contender.DARKROOM && pace == Pace.HELD) {
            findings.atMost(
                    NEAR_ZERO,
                    "of that, last byte read to onNext",
                    " µs",
                    Spread.of(numbers.get("microsSinceRead.median")));
        }
    }

    private static String text(Numbers numbers, String name) {
        return numbers.has(name) ? Findings.number(numbers.get(name)) : "–";
    }
}
