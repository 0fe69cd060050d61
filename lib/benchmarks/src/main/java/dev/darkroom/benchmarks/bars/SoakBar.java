package dev.darkroom.benchmarks.bars;

import dev.darkroom.benchmarks.child.Soak;
import dev.darkroom.benchmarks.server.FaultyGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Half an hour of two hundred callers in a small heap, at a gateway of which every sixth answer goes wrong: does anything grow? Compared
 * is what the process holds after the fifth minute and at the end, each as the median of several looks.
 */
public final class SoakBar implements Bar {

    private static final List<String> FLAGS = List.of("-Xmx256m", "-XX:MaxDirectMemorySize=128m");
    private static final double FLAT = 1.05;
    private static final int PER_MINUTE = 4;
    private static final int COMPARED = 20;

    /** What is looked at, and how a table says it. */
    private static final Map<String, String> HELD = new LinkedHashMap<>();

    static {
        HELD.put("heap", "heap after a collection, MB");
        HELD.put("direct", "direct memory of Netty, MB");
        HELD.put("threads", "threads");
        HELD.put("sockets", "sockets");
        HELD.put("descriptors", "open files");
        HELD.put("inFlight", "in flight by the gate");
        HELD.put("waiting", "waiting at the gate");
    }

    @Override
    public void measure(Bench bench, Findings findings) throws IOException, InterruptedException {
        int minutes = bench.effort().rounds() == 1 ? 1 : 30;
        int samples = minutes * PER_MINUTE;
        try (var gateway = ChildJvm.fork(FaultyGateway.class, List.of("-Xmx512m"), List.of("7"))) {
            var arguments = List.of(gateway.line(), Integer.toString(minutes * 60), Integer.toString(samples));
            try (var soak = ChildJvm.fork(Soak.class, FLAGS, arguments)) {
                tell(soak.numbers(), minutes, samples, findings);
            }
        }
    }

    private static void tell(Numbers numbers, int minutes, int samples, Findings findings) throws IOException {
        for (var left : List.of("left.inGate", "left.sockets")) {
            if (numbers.get(left) != 0) {
                throw new IllegalStateException(left + " is " + numbers.get(left) + " when all calls have ended");
            }
        }
        int first = Math.min(5 * PER_MINUTE, samples / 4);
        int compared = Math.min(COMPARED, samples / 4);
        findings.table(
                minutes + " minutes, 200 callers, -Xmx256m, every sixth answer faulty",
                "held",
                "from minute " + first / PER_MINUTE + " on",
                "at the end",
                "highest");
        var lines = new LinkedHashMap<String, double[]>();
        HELD.forEach((name, title) -> {
            var all = all(numbers, name, samples);
            lines.put(title, all);
            var early = Spread.of(Arrays.copyOfRange(all, first, first + compared));
            var late = Spread.of(Arrays.copyOfRange(all, samples - compared, samples));
            findings.row(
                    title,
                    early.text(""),
                    late.text(""),
                    Findings.number(Spread.of(all).highest()));
            if (!name.equals("waiting")) {
                findings.atMost(FLAT, title + ": end over beginning", "x", Spread.of(late.median() / early.median()));
            }
        });
        var endings = new ArrayList<String>();
        numbers.names("calls.").forEach(ending -> {
            if (!Character.isDigit(ending.charAt(0))) {
                endings.add(ending + " " + Math.round(numbers.get("calls." + ending)));
            }
        });
        findings.table("How its calls ended", "calls");
        findings.row(String.join(", ", endings));
        Files.writeString(Path.of("target", "soak.svg"), Plot.of(all(numbers, "minute", samples), lines));
    }

    private static double[] all(Numbers numbers, String name, int samples) {
        var all = new double[samples];
        Arrays.setAll(all, sample -> numbers.get(name + "." + sample));
        return all;
    }
}
