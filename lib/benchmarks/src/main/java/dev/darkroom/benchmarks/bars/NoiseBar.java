package dev.darkroom.benchmarks.bars;

import dev.darkroom.benchmarks.peers.Worker;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Refused at random: by a server without a quota, a few calls at a time; and on top of the quota of {@link GateBar}. */
public final class NoiseBar implements Bar {

    private static final int FEW = 8;
    private static final double OFTEN = 0.1;
    private static final double SELDOM = 0.05;
    private static final int SCRIPTED = 10_000;

    @Override
    public void measure(Bench bench, Findings findings) throws IOException, InterruptedException {
        int rounds = bench.effort().rounds();
        int pictures = rounds == 1 ? GateBar.PICTURES / 10 : GateBar.PICTURES;
        findings.table(
                pictures + " pictures, refused at random with a hint of a second",
                "client",
                "server",
                "attempts a picture",
                "makespan over ideal",
                "failed");
        for (var kind : new Worker.Kind[] {Worker.Kind.DARKROOM, Worker.Kind.WEBCLIENT, Worker.Kind.OPENAI_JAVA}) {
            var ours = kind == Worker.Kind.DARKROOM;
            var often = new ArrayList<GateBar.Run>();
            var onQuota = new ArrayList<GateBar.Run>();
            for (int round = 0; round < (ours ? rounds : 1); round++) {
                often.add(noise(kind, GateBar.painting(), OFTEN, pictures, FEW, round));
                onQuota.add(noise(
                        kind,
                        GateBar.painting().quota(GateBar.PER_SECOND, Duration.ofSeconds(1), GateBar.BURST),
                        SELDOM,
                        pictures,
                        pictures,
                        round));
            }
            row(kind, "no quota, 10 % refused, 8 at a time", often, findings);
            row(kind, "ten a second, 5 % refused", onQuota, findings);
            if (ours) {
                var odds = 1 / (1 - OFTEN);
                findings.atMost(
                        odds + 0.1, "attempts a picture, 10 % refused", "", Spread.of(often, GateBar.Run::attempts));
                findings.atMost(
                        1 / 0.85, "makespan over ideal, 10 % refused", "x", Spread.of(often, GateBar.Run::makespan));
                findings.atMost(
                        1.15, "attempts a picture, 5 % on a quota", "", Spread.of(onQuota, GateBar.Run::attempts));
                findings.atMost(
                        1.25, "makespan over ideal, 5 % on a quota", "x", Spread.of(onQuota, GateBar.Run::makespan));
            }
        }
    }

    private static void row(Worker.Kind kind, String server, List<GateBar.Run> runs, Findings findings) {
        findings.row(
                kind.title(),
                server,
                Spread.of(runs, GateBar.Run::attempts).text(""),
                Spread.of(runs, GateBar.Run::makespan).text(""),
                Spread.of(runs, GateBar.Run::failed).text(""));
    }

    private static GateBar.Run noise(
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
            var one = GateBar.work(kind, emulator, 1, pictures, concurrency).get(0);
            double made = one.get("made");
            double attempts = emulator.journal().entries().size();
            return new GateBar.Run(
                    attempts / Math.max(1, made),
                    one.get("seconds") / idealAmidNoise(odds, pictures, concurrency),
                    1,
                    pictures - made);
        }
    }

    /** Of somebody who knows the odds and waits each hint for that picture alone. */
    private static double idealAmidNoise(double odds, int pictures, int concurrency) {
        return concurrency < pictures
                ? pictures * (GateBar.PAINTING_SECONDS + odds / (1 - odds)) / concurrency
                : (pictures - GateBar.BURST) / (double) GateBar.PER_SECOND + GateBar.PAINTING_SECONDS;
    }
}
