package dev.darkroom.benchmarks.bars;

import dev.darkroom.benchmarks.child.Linear;
import dev.darkroom.benchmarks.peers.Contender;
import dev.darkroom.benchmarks.server.Pace;
import dev.darkroom.benchmarks.server.Shape;
import java.io.IOException;

/** What a byte costs in one event of 256 MiB, to what it costs in events of 1 MiB. */
public final class LinearBar implements Bar {

    /** A mebibyte of base64. */
    private static final int SMALL = 786_432;

    private static final double MOST = 1.3;

    @Override
    public void measure(Bench bench, Findings findings) throws IOException, InterruptedException {
        int events = bench.effort().largeEvent() / SMALL;
        var numbers = bench.run(
                Linear.class,
                ThroughputBar.FLAGS,
                Contender.DARKROOM,
                Pace.FAST,
                new Shape(events - 1, SMALL),
                bench.effort().repeats());
        findings.atMost(
                MOST,
                "time per byte of one " + events + " MiB event to events of 1 MiB",
                "x",
                Spread.of(numbers.get("ratio")));
        findings.table("Linear", "events", "MB/s, decoded");
        findings.row(events + " of 1 MiB", Findings.number(numbers.get("manyMegabytesPerSecond")));
        findings.row("1 of " + events + " MiB", Findings.number(numbers.get("oneMegabytesPerSecond")));
    }
}
