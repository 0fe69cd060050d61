package dev.darkroom.benchmarks.bars;

import dev.darkroom.benchmarks.child.Throughput;
import dev.darkroom.benchmarks.peers.Contender;
import dev.darkroom.benchmarks.server.OrdinaryServer;
import dev.darkroom.benchmarks.server.Pace;
import dev.darkroom.benchmarks.server.Shape;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How fast one stream after the other is read, and how much is allocated for it. All have their turn in each round, so
 * that a ratio compares what was measured within a minute.
 */
public final class ThroughputBar implements Bar {

    static final List<String> FLAGS = List.of("-Xms2g", "-Xmx2g", "-XX:+UseG1GC", "-XX:+AlwaysPreTouch");

    static final Shape LARGE = new Shape(3, 1_500_000);

    private static final List<Shape> SHAPES = List.of(new Shape(3, 600_000), LARGE);

    /** On 25 the peers are faster, and less is asked: what a prototype reached there. */
    private static final boolean NEW_JDK = Runtime.version().feature() >= 25;

    private static final double TIMES_WEBCLIENT = NEW_JDK ? 11 : 15;
    private static final double TIMES_OPENAI = NEW_JDK ? 4.3 : 7;
    private static final double OF_DRAIN = NEW_JDK ? 0.6 : 0.75;
    private static final double OF_DRAIN_ORDINARY = NEW_JDK ? 0.7 : 0.75;
    private static final double CPU_OF_DRAIN = 2;
    private static final double ALLOCATED = 1.25;
    private static final double ALLOCATED_CONTIGUOUS = 2.3;

    @Override
    public void measure(Bench bench, Findings findings) throws IOException, InterruptedException {
        for (var shape : SHAPES) {
            measure(shape, bench, findings);
        }
        fromAnOrdinaryServer(LARGE, bench.effort(), findings);
    }

    /** How close to the drain depends on how fast the server is. */
    private static void fromAnOrdinaryServer(Shape shape, Effort effort, Findings findings)
            throws IOException, InterruptedException {
        try (var server = ordinaryServer()) {
            var bench = at(server, effort);
            var where = " from a reactor-netty server";
            var measured = new EnumMap<Contender, List<Numbers>>(Contender.class);
            measure(shape, bench, measured, List.of(Contender.DARKROOM, Contender.DRAIN));
            findings.atLeast(
                    OF_DRAIN_ORDINARY,
                    "throughput to a drain in equal bytes, " + title(shape) + where,
                    "x",
                    times("megabytesPerSecond", measured, Contender.DRAIN));
            findings.atMost(
                    CPU_OF_DRAIN,
                    "CPU for a byte to a drain's, " + title(shape) + where,
                    "x",
                    times("cpuNanosPerByte", measured, Contender.DRAIN));
            tell(shape, measured, where, findings);
        }
    }

    static ChildJvm ordinaryServer() throws IOException {
        return ChildJvm.fork(OrdinaryServer.class, List.of("-XX:MaxDirectMemorySize=2g"), List.of());
    }

    /** Where a server is that says its port in its first line. */
    static Bench at(ChildJvm server, Effort effort) throws IOException {
        return new Bench(URI.create("http://127.0.0.1:" + server.line().replace("port=", "")), effort);
    }

    private static void measure(Shape shape, Bench bench, Findings findings) throws IOException, InterruptedException {
        var measured = new EnumMap<Contender, List<Numbers>>(Contender.class);
        measure(shape, bench, measured, List.of(Contender.values()));
        judge(shape, measured, findings);
        tell(shape, measured, "", findings);
    }

    private static void measure(
            Shape shape, Bench bench, Map<Contender, List<Numbers>> measured, List<Contender> contenders)
            throws IOException, InterruptedException {
        for (int round = 0; round < bench.effort().rounds(); round++) {
            for (var contender : contenders) {
                measured.computeIfAbsent(contender, key -> new ArrayList<>()).add(run(bench, shape, contender));
            }
        }
    }

    static Numbers run(Bench bench, Shape shape, Contender contender) throws IOException, InterruptedException {
        return bench.run(
                Throughput.class,
                FLAGS,
                contender,
                Pace.FAST,
                shape,
                bench.effort().seconds());
    }

    private static void judge(Shape shape, Map<Contender, List<Numbers>> measured, Findings findings) {
        var where = ", " + title(shape);
        findings.atLeast(
                TIMES_WEBCLIENT,
                "throughput to WebClient + Jackson" + where,
                "x",
                times("megabytesPerSecond", measured, Contender.WEBCLIENT));
        findings.atLeast(
                TIMES_OPENAI,
                "throughput to openai-java" + where,
                "x",
                times("megabytesPerSecond", measured, Contender.OPENAI_JAVA));
        findings.atLeast(
                OF_DRAIN,
                "throughput to a drain in equal bytes" + where,
                "x",
                times("megabytesPerSecond", measured, Contender.DRAIN));
        findings.atMost(
                ALLOCATED,
                "allocated per image byte" + where,
                "",
                Spread.of(numbers(measured, Contender.DARKROOM), each -> each.get("allocatedPerByte")));
        findings.atMost(
                ALLOCATED_CONTIGUOUS,
                "allocated with a contiguous array" + where,
                "",
                Spread.of(numbers(measured, Contender.DARKROOM_CONTIGUOUS), each -> each.get("allocatedPerByte")));
    }

    /** Darkroom's number as a multiple of somebody's, round by round. */
    private static Spread times(String number, Map<Contender, List<Numbers>> measured, Contender other) {
        var ours = numbers(measured, Contender.DARKROOM);
        var theirs = numbers(measured, other);
        var ratios = new double[ours.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = ours.get(i).get(number) / theirs.get(i).get(number);
        }
        return Spread.of(ratios);
    }

    private static List<Numbers> numbers(Map<Contender, List<Numbers>> measured, Contender contender) {
        return measured.getOrDefault(contender, List.of());
    }

    private static void tell(Shape shape, Map<Contender, List<Numbers>> measured, String where, Findings findings) {
        findings.table(
                "Throughput and allocation: " + title(shape) + where,
                "client",
                "MB/s, decoded",
                "Darkroom is",
                "allocated bytes per image byte",
                "CPU ns per image byte",
                "time in GC");
        for (var contender : measured.keySet()) {
            var numbers = numbers(measured, contender);
            findings.row(
                    contender.title(),
                    Spread.of(numbers, each -> each.get("megabytesPerSecond")).text(""),
                    times("megabytesPerSecond", measured, contender).text("x"),
                    Spread.of(numbers, each -> each.get("allocatedPerByte")).text(""),
                    Spread.of(numbers, each -> each.get("cpuNanosPerByte")).text(""),
                    Spread.of(numbers, each -> each.get("collectionShare") * 100)
                            .text(" %"));
        }
    }

    private static String title(Shape shape) {
        return shape.images() + " x " + Findings.number(shape.imageBytes() / 1e6) + " MB";
    }
}
