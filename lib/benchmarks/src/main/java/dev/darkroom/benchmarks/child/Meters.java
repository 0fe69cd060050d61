package dev.darkroom.benchmarks.child;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/**
 * What this process has used up so far.
 *
 * @param nanos the clock
 * @param allocated bytes allocated on the heap by all threads that live; those of our clients live as long as the process
 * @param cpuNanos time on a processor, garbage collector and compiler included
 * @param collectionMillis time in which the garbage collector worked
 */
record Meters(long nanos, long allocated, long cpuNanos, long collectionMillis) {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    static Meters read() {
        long allocated = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            allocated += Math.max(0, bytes);
        }
        long collection = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
        return new Meters(System.nanoTime(), allocated, SYSTEM.getProcessCpuTime(), collection);
    }

    Meters since(Meters start) {
        return new Meters(
                nanos - start.nanos,
                allocated - start.allocated,
                cpuNanos - start.cpuNanos,
                collectionMillis - start.collectionMillis);
    }
}
