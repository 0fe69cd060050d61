package dev.darkroom.testsupport;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Collects what Netty's leak detector reports, so that a leak fails a test instead of scrolling by in a log.
 *
 * <p>The detector speaks only when a tracked buffer has been garbage-collected <em>and</em> another is allocated
 * afterwards; {@link #drain()} therefore collects garbage and allocates.
 */
final class LeakRecords {

    private static final Queue<String> RECORDS = new ConcurrentLinkedQueue<>();

    private LeakRecords() {}

    static void install() {
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new ResourceLeakDetectorFactory() {
            @Override
            @SuppressWarnings("deprecation") // the abstract method of the factory still carries the old signature
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                    Class<T> resource, int samplingInterval, long maxActive) {
                return new Recording<>(resource, samplingInterval);
            }
        });
    }

    static List<String> drain() {
        System.gc();
        for (int i = 0; i < 32; i++) {
            PooledByteBufAllocator.DEFAULT.heapBuffer(16).release();
            PooledByteBufAllocator.DEFAULT.directBuffer(16).release();
        }
        var records = new ArrayList<String>();
        for (String next = RECORDS.poll(); next != null; next = RECORDS.poll()) {
            records.add(next);
        }
        return records;
    }

    private static final class Recording<T> extends ResourceLeakDetector<T> {

        Recording(Class<T> resource, int samplingInterval) {
            super(resource, samplingInterval);
        }

        @Override
        protected boolean needReport() {
            return true;
        }

        @Override
        protected void reportTracedLeak(String resourceType, String records) {
            RECORDS.add(resourceType + " was not released:" + records);
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            RECORDS.add(resourceType + " was not released");
        }
    }
}
