package dev.darkroom.benchmarks.bars;

import dev.darkroom.benchmarks.child.Waiting;
import dev.darkroom.benchmarks.server.WaitingServer;
import java.io.IOException;
import java.util.List;

/** What a generation costs that waits, and whether it costs more where there are many. */
public final class ScaleBar implements Bar {

    private static final List<String> FLAGS = List.of("-Xmx2g", "-XX:MaxDirectMemorySize=1g", "-XX:+UseSerialGC");
    private static final List<String> SERVER_FLAGS = List.of("-Xmx1g", "-XX:MaxDirectMemorySize=1g");
    private static final int LEAST = 10;
    /** A socket each, on both sides. */
    private static final int MOST_SOCKETS = 10_000;

    private static final int MOST_QUEUED = 100_000;
    private static final double KILOBYTES = 16;

    @Override
    public void measure(Bench bench, Findings findings) throws IOException, InterruptedException {
        findings.table(
                "Generations that wait at once",
                "waiting",
                "how many",
                "heap each, kB",
                "direct memory of Netty each, kB",
                "µs each until they wait");
        boolean smoke = bench.effort().rounds() == 1;
        try (var server = ChildJvm.fork(WaitingServer.class, SERVER_FLAGS, List.of())) {
            var at = "http://127.0.0.1:" + server.line().replace("port=", "");
            measure(at, Waiting.For.SENT, "at the gateway, which says nothing", smoke ? LEAST : MOST_SOCKETS, findings);
            measure(at, Waiting.For.PREVIEWED, "behind a preview of 1 kB", smoke ? LEAST : MOST_SOCKETS, findings);
            measure(at, Waiting.For.QUEUED, "in the queue of one quota", smoke ? LEAST : MOST_QUEUED, findings);
        }
    }

    private static void measure(String server, Waiting.For what, String where, int most, Findings findings)
            throws IOException, InterruptedException {
        for (int count = LEAST; count <= most; count *= 10) {
            var arguments = List.of(server, what.name(), Integer.toString(count));
            try (var child = ChildJvm.fork(Waiting.class, FLAGS, arguments)) {
                var numbers = child.numbers();
                if (numbers.get("ended") != 0) {
                    throw new IllegalStateException(numbers.get("ended") + " have not waited");
                }
                tell(numbers, where, count, findings);
                if (count == most) {
                    findings.atMost(
                            KILOBYTES,
                            "heap of each of " + count + " that wait " + where,
                            " kB",
                            Spread.of(numbers.get("heapEach") / 1e3));
                }
            }
        }
    }

    private static void tell(Numbers numbers, String where, int count, Findings findings) {
        findings.row(
                where,
                Integer.toString(count),
                Findings.number(numbers.get("heapEach") / 1e3),
                Findings.number(numbers.get("directEach") / 1e3),
                Findings.number(numbers.get("microsEach")));
    }
}
