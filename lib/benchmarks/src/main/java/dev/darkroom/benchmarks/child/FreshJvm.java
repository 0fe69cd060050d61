package dev.darkroom.benchmarks.child;

import com.sun.management.OperatingSystemMXBean;
import dev.darkroom.benchmarks.peers.Peer;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Reads some streams in a JVM that has read few or none, as most applications do who make a few pictures. Nothing is
 * compared, and nothing else loaded, before: whatever a first stream costs belongs to it, the making of the client too.
 */
public final class FreshJvm {

    /** Who is slow has compiled by then all that counts. */
    private static final long MOST_NANOS_BEFORE = TimeUnit.SECONDS.toNanos(15);

    /** What is read is counted, so that no compiler finds that nobody wants it. */
    private static final LongAdder BYTES = new LongAdder();

    private FreshJvm() {}

    /** See {@link Arguments}; the count is in streams. Then: how many before, and whether there is other work. */
    public static void main(String[] arguments) {
        var told = Arguments.parse(arguments);
        int mostBefore = Integer.parseInt(arguments[5]);
        if (Boolean.parseBoolean(arguments[6])) {
            OtherWork.begin();
        }
        var begin = Used.now();
        try (var peer = told.contender().connect(told.base())) {
            int before = 0;
            while (before < mostBefore && System.nanoTime() - begin.nanos() < MOST_NANOS_BEFORE) {
                read(peer);
                before++;
            }
            var start = before == 0 ? begin : Used.now();
            for (int i = 0; i < told.count(); i++) {
                read(peer);
            }
            var end = Used.now();
            Say.number("before", before);
            Say.number("millisPerStream", (end.nanos() - start.nanos()) / 1e6 / told.count());
            Say.number("cpuMillisPerStream", (end.cpuMillis() - start.cpuMillis()) / told.count());
            Say.number("decodedBytes", BYTES.sum() / (double) (before + told.count()));
        }
        System.exit(0);
    }

    private static void read(Peer peer) {
        peer.read(image -> {
            for (var segment : image) {
                BYTES.add(segment.remaining());
            }
        });
    }

    /** The clock, and the time on a processor so far, that of the compiler and the collector included. */
    private record Used(long nanos, double cpuMillis) {

        private static final OperatingSystemMXBean SYSTEM =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

        static Used now() {
            return new Used(System.nanoTime(), SYSTEM.getProcessCpuTime() / 1e6);
        }
    }
}
