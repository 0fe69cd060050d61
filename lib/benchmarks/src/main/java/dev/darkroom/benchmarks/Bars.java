package dev.darkroom.benchmarks;

import dev.darkroom.benchmarks.bars.Bar;
import dev.darkroom.benchmarks.bars.Bench;
import dev.darkroom.benchmarks.bars.BulkBar;
import dev.darkroom.benchmarks.bars.ChildJvm;
import dev.darkroom.benchmarks.bars.ColdBar;
import dev.darkroom.benchmarks.bars.DecisionsBar;
import dev.darkroom.benchmarks.bars.Effort;
import dev.darkroom.benchmarks.bars.Findings;
import dev.darkroom.benchmarks.bars.FleetBar;
import dev.darkroom.benchmarks.bars.GateBar;
import dev.darkroom.benchmarks.bars.HeapBar;
import dev.darkroom.benchmarks.bars.JdksBar;
import dev.darkroom.benchmarks.bars.LatencyBar;
import dev.darkroom.benchmarks.bars.LinearBar;
import dev.darkroom.benchmarks.bars.NoiseBar;
import dev.darkroom.benchmarks.bars.QuotasBar;
import dev.darkroom.benchmarks.bars.ScaleBar;
import dev.darkroom.benchmarks.bars.SlowStreamsBar;
import dev.darkroom.benchmarks.bars.SoakBar;
import dev.darkroom.benchmarks.bars.ThroughputBar;
import dev.darkroom.benchmarks.server.StaticServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures all bars, or those which are named, and prints a table. The README says how to run it.
 *
 * <p>It misses no bar by failing: whether a missed bar matters is for whoever reads the table and knows the machine.
 */
public final class Bars {

    /** Takes half an hour, so it is measured only where it is named. */
    private static final String SOAK = "soak";

    /** Needs another JDK, so it is measured only where it is named. */
    private static final String JDKS = "jdks";

    private static final Map<String, Bar> BARS = new LinkedHashMap<>();

    static {
        BARS.put("throughput", new ThroughputBar());
        BARS.put("cold", new ColdBar());
        BARS.put("heap", new HeapBar());
        BARS.put("linear", new LinearBar());
        BARS.put("latency", new LatencyBar());
        BARS.put("slow-streams", new SlowStreamsBar());
        BARS.put("scale", new ScaleBar());
        BARS.put("gate", new GateBar());
        BARS.put("fleet", new FleetBar());
        BARS.put("decisions", new DecisionsBar());
        BARS.put("noise", new NoiseBar());
        BARS.put("quotas", new QuotasBar());
        BARS.put("bulk", new BulkBar());
        BARS.put(JDKS, new JdksBar());
        BARS.put(SOAK, new SoakBar());
    }

    private Bars() {}

    /** Takes the bars' names, separated by commas, or {@code all}; and {@code full} or {@code smoke}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var names = arguments[0].equals("all")
                ? BARS.keySet().stream()
                        .filter(name -> !List.of(JDKS, SOAK).contains(name))
                        .toList()
                : List.of(arguments[0].split(",", -1));
        if (!BARS.keySet().containsAll(names)) {
            throw new IllegalArgumentException("bars are " + BARS.keySet() + ", not " + names);
        }
        var effort = Effort.of(arguments[1]);
        var findings = new Findings();
        System.out.println(machine());
        try (var server = ChildJvm.fork(StaticServer.class, List.of("-XX:MaxDirectMemorySize=2g"), List.of())) {
            var port = server.line().replace("port=", "");
            var bench = new Bench(URI.create("http://127.0.0.1:" + port), effort);
            for (var name : names) {
                long start = System.nanoTime();
                requireBar(name).measure(bench, findings);
                System.out.printf(
                        Locale.ROOT,
                        "%s: %d s, load average %s%n",
                        name,
                        (System.nanoTime() - start) / 1_000_000_000,
                        load());
            }
        }
        System.out.println();
        System.out.println(findings);
        System.out.println(findings.missed() + " bars missed");
    }

    private static Bar requireBar(String name) {
        var bar = BARS.get(name);
        if (bar == null) {
            throw new IllegalArgumentException(name);
        }
        return bar;
    }

    private static String machine() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return "JDK " + Runtime.version() + ", " + system.getName() + " " + system.getVersion() + ", "
                + system.getArch() + ", " + system.getAvailableProcessors() + " processors, load average " + load();
    }

    private static String load() {
        return String.format(
                Locale.ROOT,
                "%.1f",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
