package dev.darkroom.benchmarks.bars;

import dev.darkroom.benchmarks.child.Pictures;
import dev.darkroom.benchmarks.peers.Worker;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Two hundred pictures from an emulator with a quota of ten a second and a burst of ten, which paints for two seconds and
 * hints in whole seconds: by one process, and by four which know nothing of each other. And from one without a quota.
 */
public final class GateBar implements Bar {

    static final int PICTURES = 200;
    static final int PER_SECOND = 10;
    static final int BURST = 10;
    static final int PAINTING_SECONDS = 2;
    private static final int BLIND = 4;
    private static final int UNLIMITED_CONCURRENCY = 64;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Of somebody who knows the quota. */
    private static final double IDEAL_SECONDS = (PICTURES - BURST) / (double) PER_SECOND + PAINTING_SECONDS;

    /** What came of one run; attempts are those that the emulator saw. */
    record Run(double attempts, double makespan, double fairness, double failed) {}

    @Override
    public void measure(Bench bench, Findings findings) throws IOException, InterruptedException {
        int pictures = bench.effort().rounds() == 1 ? PICTURES / 10 : PICTURES;
        findings.table(
                pictures + " pictures, ten a second",
                "client",
                "processes",
                "attempts a picture",
                "makespan over ideal",
                "Jain fairness",
                "failed");
        for (int processes : new int[] {1, BLIND}) {
            var ours = runs(
                    Worker.Kind.DARKROOM, processes, pictures, bench.effort().rounds(), findings);
            judge(ours, processes, findings);
            runs(Worker.Kind.WEBCLIENT, processes, pictures, 1, findings);
            runs(Worker.Kind.OPENAI_JAVA, processes, pictures, 1, findings);
        }
        unlimited(bench.effort().rounds(), findings);
    }

    private static void judge(List<Run> runs, int processes, Findings findings) {
        var who = processes == 1 ? ", one client" : ", " + processes + " blind processes";
        findings.atMost(processes == 1 ? 1.05 : 1.10, "attempts a picture" + who, "", Spread.of(runs, Run::attempts));
        findings.atMost(processes == 1 ? 1.15 : 1.40, "makespan over ideal" + who, "x", Spread.of(runs, Run::makespan));
        findings.atLeast(0.95, "Jain fairness" + who, "", Spread.of(runs, Run::fairness));
        findings.atMost(0, "pictures given up" + who, "", Spread.of(runs, Run::failed));
    }

    private static List<Run> runs(Worker.Kind kind, int processes, int pictures, int rounds, Findings findings)
            throws IOException, InterruptedException {
        var runs = new ArrayList<Run>();
        for (int round = 0; round < rounds; round++) {
            try (var emulator =
                    painting().quota(PER_SECOND, Duration.ofSeconds(1), BURST).start()) {
                runs.add(run(kind, emulator, processes, pictures));
            }
        }
        findings.row(
                kind.title(),
                Integer.toString(processes),
                Spread.of(runs, Run::attempts).text(""),
                Spread.of(runs, Run::makespan).text(""),
                Spread.of(runs, Run::fairness).text(""),
                Spread.of(runs, Run::failed).text(""));
        return runs;
    }

    private static Run run(Worker.Kind kind, RunningEmulator emulator, int processes, int pictures)
            throws IOException, InterruptedException {
        var each = pictures / processes;
        var numbers = work(kind, emulator, processes, each, each);
        double made = numbers.stream().mapToDouble(one -> one.get("made")).sum();
        double attempts = emulator.journal().entries().size();
        double slowest =
                numbers.stream().mapToDouble(one -> one.get("seconds")).max().orElseThrow();
        double ideal = IDEAL_SECONDS - (PICTURES - pictures) / (double) PER_SECOND;
        return new Run(attempts / Math.max(1, made), slowest / ideal, fairness(numbers), pictures - made);
    }

    /** Jain's index of the pictures a second which each process made. */
    private static double fairness(List<Numbers> numbers) {
        var rates = numbers.stream()
                .mapToDouble(one -> one.get("made") / one.get("seconds"))
                .toArray();
        double sum = 0;
        double squares = 0;
        for (var rate : rates) {
            sum += rate;
            squares += rate * rate;
        }
        return sum * sum / (rates.length * squares);
    }

    private static void unlimited(int rounds, Findings findings) throws IOException, InterruptedException {
        var ratios = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            ratios[round] = unlimitedSeconds(Worker.Kind.DARKROOM) / unlimitedSeconds(Worker.Kind.WITHOUT_GATE);
        }
        findings.atMost(
                1.05,
                PICTURES + " pictures without a quota, " + UNLIMITED_CONCURRENCY
                        + " at a time, to the same without a gate",
                "x",
                Spread.of(ratios));
    }

    private static double unlimitedSeconds(Worker.Kind kind) throws IOException, InterruptedException {
        try (var emulator = painting().start()) {
            return work(kind, emulator, 1, PICTURES, UNLIMITED_CONCURRENCY)
                    .get(0)
                    .get("seconds");
        }
    }

    static ImageEmulator painting() {
        return ImageEmulator.create().latency(Duration.ofSeconds(PAINTING_SECONDS));
    }

    /** All begin at the same moment, warm. */
    static List<Numbers> work(Worker.Kind kind, RunningEmulator emulator, int processes, int pictures, int concurrency)
            throws IOException, InterruptedException {
        var children = new ArrayList<ChildJvm>();
        try (var practice = ImageEmulator.create().latency(Duration.ofMillis(1)).start()) {
            for (int i = 0; i < processes; i++) {
                children.add(ChildJvm.fork(
                        Pictures.class,
                        List.of("-Xmx512m"),
                        List.of(
                                kind.name(),
                                "http://127.0.0.1:" + practice.port(),
                                "http://127.0.0.1:" + emulator.port(),
                                Integer.toString(pictures),
                                Integer.toString(concurrency))));
            }
            for (var child : children) {
                child.line();
            }
            for (var child : children) {
                child.say("go");
            }
            var numbers = new ArrayList<Numbers>();
            for (var child : children) {
                numbers.add(child.numbers());
                child.await(LONGEST);
            }
            return numbers;
        } finally {
            children.forEach(ChildJvm::close);
        }
    }
}
