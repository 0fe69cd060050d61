package dev.darkroom.redis;

import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Prints what refusals that say nothing of a rate cost a fleet: eight instances, one call at a time each, pictures of two seconds, ten
 * minutes. And what it costs where there is a quota, or where everything is refused now and then.
 */
final class NoiseTable {

    private static final double SECONDS = 600;
    private static final int SEEDS = 8;

    private NoiseTable() {}

    public static void main(String[] args) {
        System.out.println("| refused | pictures of the ideal: median (lowest – highest) | attempts a picture |");
        System.out.println("|---|---|---|");
        for (var share : new double[] {0.01, 0.05, 0.1, 0.2, 0.3}) {
            row(share * 100 + " %", seed -> random(share, seed), 8 * SECONDS / (2.07 + share / (1 - share) * 1.1));
        }
        row("in storms of 10 s, each minute", seed -> at(1000, seed).storms(60, 10), 8 * SECONDS * 5 / 6 / 2.07);
        row("in storms of 20 s, each minute", seed -> at(1000, seed).storms(60, 20), 8 * SECONDS * 4 / 6 / 2.07);
        row("beyond two a second", seed -> at(2, seed), 2 * SECONDS);
        row("beyond one each two seconds", seed -> at(0.5, seed), 0.5 * SECONDS);
        row("beyond one each four seconds, hints of one", seed -> at(0.25, seed).hintsAtMost(1), 0.25 * SECONDS);
        row("beyond two a second, and 5 %", seed -> at(2, seed).refusesAtRandom(0.05), 2 * SECONDS);
        row("beyond two a second, and storms of 10 s", seed -> at(2, seed).storms(60, 10), 2 * SECONDS * 5 / 6);
    }

    private interface Fleet {
        FleetSimulation of(long seed);
    }

    private static FleetSimulation random(double share, long seed) {
        return at(1000, seed).refusesAtRandom(share);
    }

    private static FleetSimulation at(double rate, long seed) {
        return new FleetSimulation(rate, Math.max(2, rate), seed);
    }

    private static void row(String what, Fleet fleet, double ideal) {
        var results = IntStream.rangeClosed(1, SEEDS)
                .mapToObj(seed -> fleet.of(seed).shared(8, 1).run(100_000, SECONDS))
                .toList();
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s |%n",
                what,
                text(results.stream()
                        .mapToDouble(one -> one.done() / ideal)
                        .sorted()
                        .toArray()),
                text(results.stream()
                        .mapToDouble(FleetSimulation.Result::perSuccess)
                        .sorted()
                        .toArray()));
    }

    private static String text(double[] sorted) {
        return String.format(
                Locale.ROOT, "%.2f (%.2f – %.2f)", sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }
}
