package dev.darkroom.benchmarks.bars;

import static java.util.Objects.requireNonNull;

import dev.darkroom.benchmarks.child.Pictures;
import dev.darkroom.benchmarks.peers.Worker;
import dev.darkroom.benchmarks.server.RedisProcess;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Flux;

/**
 * Eight processes (and 64 instances in one) at a quota of twenty a second with a burst of twenty, pictures of two seconds and hints in whole seconds: with the
 * gate shared through Redis, with a gate each and with none; and shared, while something happens to Redis or to the owner of
 * the probe.
 */
public final class FleetBar implements Bar {

    private static final int PROCESSES = 8;
    private static final int PER_SECOND = 20;
    private static final int BURST = 20;
    private static final int PAINTING_SECONDS = 2;
    private static final int CONCURRENCY = 32;
    private static final int MANY = 64;
    private static final int MANY_PICTURES = 800;
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** What is done to a run, seconds after it began. */
    private interface Event {
        void happens(RedisProcess redis, List<ChildJvm> children) throws IOException, InterruptedException;
    }

    private record Run(double attempts, double makespan, double fairness, double failed, double commands) {}

    @Override
    public void measure(Bench bench, Findings findings) throws IOException, InterruptedException {
        findings.table(
                "a fleet of eight processes, twenty a second",
                "gate",
                "pictures",
                "attempts a picture",
                "makespan over ideal",
                "Jain fairness",
                "failed",
                "Redis commands a picture");
        var sizes = bench.effort().rounds() == 1 ? new int[] {200} : new int[] {200, 800, 2000};
        for (var pictures : sizes) {
            var shared = row("shared", Worker.Kind.SHARED, pictures, (redis, children) -> {}, findings);
            judge(pictures + " pictures", shared, 1.05, pictures == 200 ? 1.20 : 1.15, findings);
            findings.atLeast(
                    0.97, "Jain fairness, fleet of 8, " + pictures + " pictures", "", Spread.of(shared.fairness()));
            row("one each", Worker.Kind.DARKROOM, pictures, (redis, children) -> {}, findings);
        }
        many(findings);
        row("none", Worker.Kind.WITHOUT_GATE, 200, (redis, children) -> {}, findings);
        judge(
                "restart",
                row("shared, Redis killed, back empty after 2 s", 10, findings, (redis, all) -> redis.restart(2000)),
                1.25,
                2,
                findings);
        judge(
                "pause",
                row("shared, Redis paused for 10 s", 10, findings, (redis, all) -> redis.said("CLIENT PAUSE 10000")),
                1.25,
                2,
                findings);
        judge(
                "flush",
                row("shared, scripts flushed", 10, findings, (redis, all) -> redis.said("SCRIPT FLUSH")),
                1.25,
                1.15,
                findings);
        judge(
                "dead probe",
                row("shared, owner of a probe killed", 2, findings, FleetBar::killProbe),
                1.05,
                1.3,
                findings);
    }

    /** In one process, a connection each. */
    private static void many(Findings findings) throws IOException, InterruptedException {
        var workers = new ArrayList<Worker>();
        try (var redis = new RedisProcess();
                var emulator = ImageEmulator.create()
                        .latency(Duration.ofSeconds(PAINTING_SECONDS))
                        .quota(PER_SECOND, Duration.ofSeconds(1), BURST)
                        .start()) {
            System.setProperty("fleet.redis", redis.uri());
            for (var i = 0; i < MANY; i++) {
                System.setProperty("fleet.instance", "i" + i);
                workers.add(Worker.Kind.SHARED.at(URI.create("http://127.0.0.1:" + emulator.port())));
            }
            TimeUnit.SECONDS.sleep(2); // until all are connected
            redis.said("CONFIG RESETSTAT");
            var start = System.nanoTime();
            var rates = Flux.fromIterable(workers)
                    .flatMap(
                            worker -> worker.pictures(MANY_PICTURES / MANY, 4)
                                    .filter(made -> made)
                                    .count()
                                    .map(made -> made * 1e9 / (System.nanoTime() - start)),
                            MANY)
                    .collectList()
                    .block(LONGEST);
            var slowest = (System.nanoTime() - start) / 1e9;
            var pictures = MANY_PICTURES / MANY * MANY;
            double sum =
                    requireNonNull(rates).stream().mapToDouble(rate -> rate).sum();
            double squares = rates.stream().mapToDouble(rate -> rate * rate).sum();
            double accepted = emulator.journal().entries().stream()
                    .filter(entry -> entry.images().accepted() > 0)
                    .count();
            var run = new Run(
                    emulator.journal().entries().size() / accepted,
                    slowest / ((pictures - BURST) / (double) PER_SECOND + PAINTING_SECONDS),
                    sum * sum / (MANY * squares),
                    pictures - accepted,
                    commands(redis) / accepted);
            row("shared by " + MANY + " in one process", pictures, run, findings);
            judge(MANY + " instances", run, 1.05, 1.15, findings);
            findings.atLeast(0.95, "Jain fairness, " + MANY + " instances", "", Spread.of(run.fairness()));
        }
    }

    private static void judge(String what, Run run, double attempts, double makespan, Findings findings) {
        findings.atMost(attempts, "attempts a picture, fleet of 8, " + what, "", Spread.of(run.attempts()));
        findings.atMost(makespan, "makespan over ideal, fleet of 8, " + what, "x", Spread.of(run.makespan()));
        findings.atMost(0, "pictures given up, fleet of 8, " + what, "", Spread.of(run.failed()));
    }

    private static void killProbe(RedisProcess redis, List<ChildJvm> children)
            throws IOException, InterruptedException {
        var end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        var key = "";
        while (System.nanoTime() < end) {
            for (var line : redis.said("KEYS bar-*").split("\r\n")) {
                key = line.endsWith("}") ? line : key;
                var owner = line.endsWith("}")
                        ? redis.said("HGET " + line + " probe").split("\r\n")
                        : new String[0];
                if (owner.length > 1 && owner[1].contains(":")) {
                    children.get(Integer.parseInt(owner[1].substring(0, owner[1].indexOf(':'))))
                            .kill();
                    return;
                }
            }
            Thread.sleep(5);
        }
    }

    private static Run row(String gate, int after, Findings findings, Event event)
            throws IOException, InterruptedException {
        return row(
                gate,
                Worker.Kind.SHARED,
                800,
                (redis, children) -> {
                    TimeUnit.SECONDS.sleep(after);
                    event.happens(redis, children);
                },
                findings);
    }

    private static Run row(String gate, Worker.Kind kind, int pictures, Event event, Findings findings)
            throws IOException, InterruptedException {
        var run = run(kind, pictures, event);
        row(gate, pictures, run, findings);
        return run;
    }

    private static void row(String gate, int pictures, Run run, Findings findings) {
        findings.row(
                gate,
                Integer.toString(pictures),
                text(run.attempts()),
                text(run.makespan()),
                text(run.fairness()),
                Long.toString(Math.round(run.failed())),
                text(run.commands()));
        System.out.println(gate + " " + pictures + " " + run);
    }

    private static String text(double number) {
        return String.format(Locale.ROOT, "%.3f", number);
    }

    private static Run run(Worker.Kind kind, int pictures, Event event) throws IOException, InterruptedException {
        var children = new ArrayList<ChildJvm>();
        try (var redis = new RedisProcess();
                var practice =
                        ImageEmulator.create().latency(Duration.ofMillis(1)).start();
                var emulator = ImageEmulator.create()
                        .latency(Duration.ofSeconds(PAINTING_SECONDS))
                        .quota(PER_SECOND, Duration.ofSeconds(1), BURST)
                        .start()) {
            for (var i = 0; i < PROCESSES; i++) {
                children.add(child(kind, redis, practice, emulator, i, pictures / PROCESSES));
            }
            for (var child : children) {
                child.line();
            }
            redis.said("CONFIG RESETSTAT");
            for (var child : children) {
                child.say("go");
            }
            event.happens(redis, children);
            return judged(children, emulator, redis, pictures);
        } finally {
            children.forEach(ChildJvm::close);
        }
    }

    private static ChildJvm child(
            Worker.Kind kind,
            RedisProcess redis,
            RunningEmulator practice,
            RunningEmulator emulator,
            int i,
            int pictures)
            throws IOException {
        return ChildJvm.fork(
                Pictures.class,
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-Dfleet.redis=" + redis.uri(), "-Dfleet.instance=" + i),
                List.of(
                        kind.name(),
                        "http://127.0.0.1:" + practice.port(),
                        "http://127.0.0.1:" + emulator.port(),
                        Integer.toString(pictures),
                        Integer.toString(CONCURRENCY)));
    }

    private static Run judged(List<ChildJvm> children, RunningEmulator emulator, RedisProcess redis, int pictures)
            throws IOException, InterruptedException {
        double made = 0;
        double slowest = 0;
        double sum = 0;
        double squares = 0;
        var alive = 0;
        for (var child : children) {
            var numbers = child.numbers();
            child.await(LONGEST);
            if (numbers.has("seconds")) {
                var rate = numbers.get("made") / numbers.get("seconds");
                made += numbers.get("made");
                slowest = Math.max(slowest, numbers.get("seconds"));
                sum += rate;
                squares += rate * rate;
                alive++;
            }
        }
        double attempts = emulator.journal().entries().size();
        double accepted = emulator.journal().entries().stream()
                .filter(entry -> entry.images().accepted() > 0)
                .count();
        var ideal = (Math.max(made, accepted) - BURST) / PER_SECOND + PAINTING_SECONDS;
        var due = alive * (pictures / (double) PROCESSES);
        return new Run(
                attempts / Math.max(1, accepted),
                slowest / ideal,
                sum * sum / (alive * squares),
                due - made,
                commands(redis) / Math.max(1, accepted));
    }

    /** Runs of the script since the statistics were reset, as far as one that was restarted still knows. */
    private static double commands(RedisProcess redis) throws IOException {
        double calls = 0;
        for (var line : redis.said("INFO commandstats").split("\r\n")) {
            if (line.startsWith("cmdstat_eval")) {
                calls += Double.parseDouble(line.replaceAll(".*:calls=(\\d+),.*", "$1"));
            }
        }
        return calls;
    }
}
