package dev.darkroom.benchmarks.bars;

import dev.darkroom.benchmarks.child.FreshJvm;
import dev.darkroom.benchmarks.peers.Contender;
import dev.darkroom.benchmarks.server.NginxProcess;
import dev.darkroom.benchmarks.server.Pace;
import dev.darkroom.benchmarks.server.Shape;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a stream costs a JVM that has not compiled its reader, or not all of it: most applications make few pictures. Each
 * number is a process's own, and all have their turn in each round. What is asked was measured at nginx, so these are, too, where
 * there is one: at a server that is faster than all of them, a client that computes is compared with one that only waits.
 */
public final class ColdBar implements Bar {

    /** Three previews and a picture as a model of today draws them. */
    private static final Shape SHAPE = new Shape(3, 300_000, 1_500_000);

    /** As an application starts that has no flags. */
    private static final List<String> FLAGS = List.of();

    private static final List<Contender> CONTENDERS =
            List.of(Contender.DARKROOM, Contender.DRAIN, Contender.WEBCLIENT, Contender.OPENAI_JAVA);

    /** What a prototype took, measured outside, as a multiple of what a drain took there. */
    private static final boolean NEW_JDK = Runtime.version().feature() >= 25;

    private static final double COLD = NEW_JDK ? 1.31 : 1.08;
    private static final double WARM = NEW_JDK ? 1.10 : 1.30;

    enum State {
        COLD(0, 20, false, "the first 20 streams of a JVM"),
        LUKEWARM(100, 100, true, "100 streams, after 100 beside other work"),
        WARM(2000, 200, false, "200 streams, after 2,000");

        private final int before;
        private final int count;
        private final boolean busy;
        private final String title;

        State(int before, int count, boolean busy, String title) {
            this.before = before;
            this.count = count;
            this.busy = busy;
            this.title = title;
        }

        String heading() {
            return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT) + ": " + title;
        }

        /** What is cold varies most, and is over soonest. */
        int jvms(int most) {
            return this == COLD ? most : (most + 1) / 2;
        }
    }

    @Override
    public void measure(Bench bench, Findings findings) throws IOException, InterruptedException {
        run(bench, State.COLD, Contender.DRAIN); // so that the server is warm, and nobody waits for it
        var nginx = NginxProcess.answering(stream(bench));
        if (nginx.isEmpty()) {
            measure(bench, "the static server: there is no nginx here", findings);
            return;
        }
        try (var server = nginx.get()) {
            measure(new Bench(server.uri(), bench.effort()), "nginx", findings);
        }
    }

    private static byte[] stream(Bench bench) throws IOException, InterruptedException {
        var path = bench.server().resolve(Pace.FAST.path(SHAPE) + "/images");
        var post =
                HttpRequest.newBuilder(path).POST(BodyPublishers.ofString("{}")).build();
        return HttpClient.newHttpClient().send(post, BodyHandlers.ofByteArray()).body();
    }

    private static void measure(Bench bench, String server, Findings findings)
            throws IOException, InterruptedException {
        var panels = new LinkedHashMap<String, Map<String, Spread>>();
        for (var state : State.values()) {
            panels.put(
                    state.heading() + ", JDK " + Runtime.version().feature(), measure(bench, state, server, findings));
        }
        Files.writeString(Path.of("target", "cold.svg"), Chart.of(" ms", panels));
    }

    private static Map<String, Spread> measure(Bench bench, State state, String server, Findings findings)
            throws IOException, InterruptedException {
        var measured = new EnumMap<Contender, List<Numbers>>(Contender.class);
        var turns = new ArrayList<>(CONTENDERS);
        for (int round = 0; round < state.jvms(bench.effort().freshJvms()); round++) {
            for (var contender : turns) {
                measured.computeIfAbsent(contender, key -> new ArrayList<>()).add(run(bench, state, contender));
            }
            Collections.rotate(turns, 1);
        }
        judge(state, toDrain(measured, Contender.DARKROOM), findings);
        tell(state, server, measured, findings);
        var bars = new LinkedHashMap<String, Spread>();
        measured.forEach((contender, numbers) -> bars.put(contender.title(), millis(numbers)));
        return bars;
    }

    private static Spread millis(List<Numbers> numbers) {
        return Spread.of(numbers, each -> each.get("millisPerStream"));
    }

    static Numbers run(Bench bench, State state, Contender contender) throws IOException, InterruptedException {
        int most = bench.effort().streamsBefore();
        var numbers = bench.run(
                FreshJvm.class,
                FLAGS,
                contender,
                Pace.FAST,
                SHAPE,
                Math.min(state.count, most),
                Integer.toString(Math.min(state.before, most)),
                Boolean.toString(state.busy));
        var expected = contender == Contender.DRAIN ? 0 : SHAPE.decodedBytes();
        if (numbers.get("decodedBytes") != expected) {
            throw new IllegalStateException(contender + " read " + numbers.get("decodedBytes") + " bytes a stream");
        }
        return numbers;
    }

    private static void judge(State state, Spread toDrain, Findings findings) {
        switch (state) {
            case COLD -> findings.atMost(COLD, "cold: ms a stream to a drain's (asked: a prototype's)", "x", toDrain);
            case WARM -> findings.atMost(WARM, "warm: ms a stream to a drain's (asked: a prototype's)", "x", toDrain);
            case LUKEWARM -> {} // of a drain beside other work nothing was measured outside
        }
    }

    private static void tell(State state, String server, Map<Contender, List<Numbers>> measured, Findings findings) {
        findings.table(
                state.heading() + ", at " + server,
                "client",
                "ms a stream",
                "to the drain",
                "CPU ms a stream",
                "streams before");
        for (var contender : CONTENDERS) {
            var numbers = measured.getOrDefault(contender, List.of());
            findings.row(
                    contender.title(),
                    millis(numbers).text(""),
                    toDrain(measured, contender).text("x"),
                    Spread.of(numbers, each -> each.get("cpuMillisPerStream")).text(""),
                    Spread.of(numbers, each -> each.get("before")).text(""));
        }
    }

    /** How long somebody takes as a multiple of the drain, round by round. */
    private static Spread toDrain(Map<Contender, List<Numbers>> measured, Contender contender) {
        var theirs = measured.getOrDefault(contender, List.of());
        var drain = measured.getOrDefault(Contender.DRAIN, List.of());
        var ratios = new double[theirs.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = theirs.get(i).get("millisPerStream") / drain.get(i).get("millisPerStream");
        }
        return Spread.of(ratios);
    }
}
