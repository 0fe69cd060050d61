package dev.darkroom.benchmarks.bars;

import dev.darkroom.benchmarks.peers.Contender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether another JDK, named by its home in {@code OTHER_JAVA_HOME}, reads as fast as this one, in each state of a JVM. Both have
 * their turn in each round, at one server on this JDK: two runs, one after the other, compare two hours of the machine.
 */
public final class JdksBar implements Bar {

    private static final double MORE_TIME = 1.1;
    private static final double OF_THROUGHPUT = 0.9;
    private static final String OTHER = "OTHER_JAVA_HOME";

    @Override
    public void measure(Bench bench, Findings findings) throws IOException, InterruptedException {
        var other = other();
        findings.table("Another JDK, " + other.getFileName(), "state", "unit", "this JDK", "the other", "the other is");
        for (var state : ColdBar.State.values()) {
            var title = state.name().toLowerCase(Locale.ROOT);
            var times = tell(
                    title,
                    "ms a stream",
                    "millisPerStream",
                    state.jvms(bench.effort().freshJvms()),
                    findings,
                    jdk -> ColdBar.run(bench.on(jdk), state, Contender.DARKROOM),
                    other);
            findings.atMost(MORE_TIME, title + ": ms a stream on the other JDK to this one's", "x", times);
        }
        judgeThroughput("a static server", bench, other, findings);
        try (var server = ThroughputBar.ordinaryServer()) {
            judgeThroughput("a reactor-netty server", ThroughputBar.at(server, bench.effort()), other, findings);
        }
    }

    private static Path other() {
        var home = System.getenv(OTHER);
        if (home == null || !Files.isExecutable(Path.of(home, "bin", "java"))) {
            throw new IllegalStateException(OTHER + " must be the home of the other JDK, not " + home);
        }
        return Path.of(home);
    }

    private static void judgeThroughput(String where, Bench bench, Path other, Findings findings)
            throws IOException, InterruptedException {
        var times = tell(
                "4 x 1.50 MB from " + where,
                "MB/s, decoded",
                "megabytesPerSecond",
                bench.effort().rounds(),
                findings,
                jdk -> ThroughputBar.run(bench.on(jdk), ThroughputBar.LARGE, Contender.DARKROOM),
                other);
        findings.atLeast(OF_THROUGHPUT, "throughput from " + where + " on the other JDK to this one's", "x", times);
    }

    /** Measures on both, in turn, each first in every other round; tells, and returns the ratio of each round. */
    private static Spread tell(
            String what, String unit, String number, int rounds, Findings findings, Measurement measurement, Path other)
            throws IOException, InterruptedException {
        var ours = new ArrayList<Numbers>();
        var theirs = new ArrayList<Numbers>();
        for (int round = 0; round < rounds; round++) {
            for (boolean here : round % 2 == 0 ? List.of(true, false) : List.of(false, true)) {
                (here ? ours : theirs).add(measurement.on(here ? ChildJvm.JDK : other));
            }
        }
        var ratios = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            ratios[i] = theirs.get(i).get(number) / ours.get(i).get(number);
        }
        var times = Spread.of(ratios);
        findings.row(
                what,
                unit,
                Spread.of(ours, each -> each.get(number)).text(""),
                Spread.of(theirs, each -> each.get(number)).text(""),
                times.text("x"));
        return times;
    }

    private interface Measurement {
        Numbers on(Path jdk) throws IOException, InterruptedException;
    }
}
