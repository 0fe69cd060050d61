package dev.darkroom.startup;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Starts an application with and without the starter, in turn, and compares the medians. */
final class Starts {

    private static final long MOST_MILLIS = 150;

    private Starts() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        for (var web : List.of("reactive", "servlet")) {
            compare(web, Integer.parseInt(args[0]));
        }
        System.out.printf(
                Locale.ROOT,
                "%nJDK %s, %d processors, load average %.1f%n",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static void compare(String web, int starts) throws IOException, InterruptedException {
        var without = new ArrayList<Start>();
        var with = new ArrayList<Start>();
        pair(web, new ArrayList<>(), new ArrayList<>(), true); // the disk's turn
        for (int i = 0; i < starts; i++) {
            pair(web, without, with, i % 2 == 0);
        }
        var more = median(with, Start::millis) - median(without, Start::millis);
        System.out.printf(
                Locale.ROOT,
                "%n%s: the starter costs %d ms, asked is at most %d: %s%n",
                web,
                more,
                MOST_MILLIS,
                more <= MOST_MILLIS ? "met" : "missed");
        print("until ready, ms", without, with, Start::millis);
        print("CPU spent by then, ms", without, with, Start::cpuMillis);
    }

    /** Who goes first changes, so that neither always has the warmer caches. */
    private static void pair(String web, List<Start> without, List<Start> with, boolean withoutFirst)
            throws IOException, InterruptedException {
        (withoutFirst ? without : with).add(Start.of(web, !withoutFirst));
        (withoutFirst ? with : without).add(Start.of(web, withoutFirst));
    }

    private static void print(String what, List<Start> without, List<Start> with, ToLongFunction<Start> value) {
        System.out.printf(
                Locale.ROOT,
                "%-22s  without %5d (%d to %d)  with %5d (%d to %d)  more %4d%n",
                what,
                median(without, value),
                without.stream().mapToLong(value).min().orElseThrow(),
                without.stream().mapToLong(value).max().orElseThrow(),
                median(with, value),
                with.stream().mapToLong(value).min().orElseThrow(),
                with.stream().mapToLong(value).max().orElseThrow(),
                median(with, value) - median(without, value));
    }

    private static long median(List<Start> starts, ToLongFunction<Start> value) {
        var sorted = starts.stream().mapToLong(value).sorted().toArray();
        var middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
