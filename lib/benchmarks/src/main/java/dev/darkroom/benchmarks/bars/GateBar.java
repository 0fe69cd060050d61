package dev.darkroom.benchmarks.bars;

import dev.darkroom.benchmarks.child.Pictures;
import dev.darkroom.benchmarks.peers.Worker;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Two hundred pictures from an emulator with a quota of ten a second and a burst of ten, which paints for two seconds and
 * hints in whole seconds: by one process, and by four which know nothing of each other. And from one without a quota.
 */
public final class GateBar implements Bar {

    private static final int PICTURES = 200;
    private static final int PER_SECOND = 10;
    private static final int BURST = 10;
    private static final int PAINTING_SECONDS = 2;
    private static final int BLIND = 4;
    private static final int UNLIMITED_CONCURRENCY = 64;
    private static final int FEW = 8;
    private static final double OFTEN = 0.1;
    private static final double SELDOM = 0.05;
    private static final int SCRIPTED = 10_000;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Of somebody who knows the quota. */
    private static final double IDEAL_SECONDS = (PICTURES - BURST) / (double) PER_SECOND + PAINTING_SECONDS;

    /** What came of one run; attempts are those that the emulator saw. */
    private record Run(double attempts, double makespan, double fairness, double failed) {}

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
        noisy(bench.effort().rounds(), pictures, findings);
    }

    /** Refused at random: by a server without a quota, a few calls at a time; and on top of the quota. */
    private static void noisy(int rounds, int pictures, Findings findings) throws IOException, InterruptedException {
        findings.table(
                pictures + " pictures, refused at random with a hint of a second",
                "client",
                "server",
                "attempts a picture",
                "makespan over ideal",
                "failed");
        for (var kind : new Worker.Kind[] {Worker.Kind.DARKROOM, Worker.Kind.WEBCLIENT, Worker.Kind.OPENAI_JAVA}) {
            var ours = kind == Worker.Kind.DARKROOM;
            var often = new ArrayList<Run>();
            var onQuota = new ArrayList<Run>();
            for (int round = 0; round < (ours ? rounds : 1); round++) {
                often.add(noise(kind, painting(), OFTEN, pictures, FEW, round));
                onQuota.add(noise(
                        kind,
                        painting().quota(PER_SECOND, Duration.ofSeconds(1), BURST),
                        SELDOM,
                        pictures,
                        pictures,
                        round));
            }
            row(kind, "no quota, 10 % refused, 8 at a time", often, findings);
            row(kind, "ten a second, 5 % refused", onQuota, findings);
            if (ours) {
                var odds = 1 / (1 - OFTEN);
                findings.atMost(odds + 0.1, "attempts a picture, 10 % refused", "", Spread.of(often, Run::attempts));
                findings.atMost(1 / 0.85, "makespan over ideal, 10 % refused", "x", Spread.of(often, Run::makespan));
                findings.atMost(1.15, "attempts a picture, 5 % on a quota", "", Spread.of(onQuota, Run::attempts));
                findings.atMost(1.25, "makespan over ideal, 5 % on a quota", "x", Spread.of(onQuota, Run::makespan));
            }
        }
    }

    private static void row(Worker.Kind kind, String server, List<Run> runs, Findings findings) {
        findings.row(
                kind.title(),
                server,
                Spread.of(runs, Run::attempts).text(""),
                Spread.of(runs, Run::makespan).text(""),
                Spread.of(runs, Run::failed).text(""));
    }

    private static Run noise(
            Worker.Kind kind, ImageEmulator server, double odds, int pictures, int concurrency, int seed)
            throws IOException, InterruptedException {
        try (var emulator = server.start()) {
            var dice = new Random(seed);
            for (int i = 0; i < SCRIPTED; i++) {
                emulator.enqueue(
                        dice.nextDouble() < odds
                                ? Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(1))
                                : Fault.NONE.once());
            }
            var one = work(kind, emulator, 1, pictures, concurrency).get(0);
            double made = one.get("made");
            double attempts = emulator.journal().entries().size();
            return new Run(
                    attempts / Math.max(1, made),
                    one.get("seconds") / idealAmidNoise(odds, pictures, concurrency),
                    1,
                    pictures - made);
        }
    }

    /** Of somebody who knows the odds and waits each hint for that picture alone. */
    private static double idealAmidNoise(double odds, int pictures, int concurrency) {
        return concurrency < pictures
                ? pictures * (PAINTING_SECONDS + odds / (1 - odds)) / concurrency
                : (pictures - BURST) / (double) PER_SECOND + PAINTING_SECONDS;
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

    private static ImageEmulator painting() {
        return ImageEmulator.create().latency(Duration.ofSeconds(PAINTING_SECONDS));
    }

    /** All begin at the same moment, warm. */
    private static List<Numbers> work(
            Worker.Kind kind, RunningEmulator emulator, int processes, int pictures, int concurrency)
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
