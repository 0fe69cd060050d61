package dev.darkroom.benchmarks.child;

import dev.darkroom.RateGates;
import dev.darkroom.gate.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** Enters very many quotas, each of which is refused with a long hint; says what entering costs, and what stays in memory. */
public final class Quotas {

    private static final int QUOTAS = 100_000;
    private static final Duration HINT = Duration.ofHours(1);
    private static final int COLLECTIONS = 3;

    private Quotas() {}

    /** Takes nothing; tells microseconds, megabytes and a count. */
    public static void main(String[] arguments) {
        var gate = RateGates.inMemory();
        var before = used();
        var nanos = new long[QUOTAS];
        for (int i = 0; i < QUOTAS; i++) {
            var quota = new Quota("images.example", "key" + i, "painter");
            long start = System.nanoTime();
            var ticket = gate.enter(quota, 1);
            nanos[i] = System.nanoTime() - start;
            ticket.permit().subscribe(turn -> turn.refused(Instant.now().plus(HINT)));
            ticket.close();
        }
        var heap = used() - before;
        Arrays.sort(nanos);
        Say.number("median", nanos[QUOTAS / 2] / 1e3);
        Say.number("p99", nanos[QUOTAS / 100 * 99] / 1e3);
        Say.number("megabytes", heap / 1e6);
        Say.number("known", gate.states().size());
    }

    private static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
