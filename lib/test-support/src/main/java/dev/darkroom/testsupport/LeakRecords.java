package dev.darkroom.testsupport;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Collects what Netty's leak detector reports, so that a leak fails a test instead of scrolling by in a log.
 *
 * <p>The detector speaks only when a tracked buffer has been garbage-collected <em>and</em> another is allocated
 * afterwards; {@link #drain()} therefore collects garbage and allocates. A collection costs a tenth of a second and comes
 * after each test class, so it is left out where it could find nothing: where every buffer has been released but those
 * which outlived two collections, such as Netty's constants.
 */
final class LeakRecords {

    private static final Queue<String> RECORDS = new ConcurrentLinkedQueue<>();
    private static final Queue<Recording<?>> DETECTORS = new ConcurrentLinkedQueue<>();

    /** Trackers of what was not released when garbage was last collected; and those of them that had been there before. */
    private static Set<Object> survivors = Set.of();

    private static Set<Object> lasting = Set.of();

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

    static synchronized List<String> drain() {
        var isSuspicious = !lasting.containsAll(unreleased());
        if (isSuspicious) {
            System.gc();
        }
        for (int i = 0; i < 32; i++) {
            PooledByteBufAllocator.DEFAULT.heapBuffer(16).release();
            PooledByteBufAllocator.DEFAULT.directBuffer(16).release();
        }
        if (isSuspicious) {
            var before = survivors;
            survivors = unreleased();
            lasting = survivors.stream().filter(before::contains).collect(Collectors.toSet());
        }
        var records = new ArrayList<String>();
        for (String next = RECORDS.poll(); next != null; next = RECORDS.poll()) {
            records.add(next);
        }
        return records;
    }

    /** Trackers are equal to themselves only. */
    private static Set<Object> unreleased() {
        return DETECTORS.stream().flatMap(Recording::unreleased).collect(Collectors.toSet());
    }

    private static final class Recording<T> extends ResourceLeakDetector<T> {

        private final Set<?> unreleased;

        Recording(Class<T> resource, int samplingInterval) {
            super(resource, samplingInterval);
            try {
                var field = ResourceLeakDetector.class.getDeclaredField("allLeaks");
                field.setAccessible(true);
                unreleased = (Set<?>) field.get(this);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("Netty's leak detector keeps its trackers elsewhere by now", e);
            }
            DETECTORS.add(this);
        }

        Stream<?> unreleased() {
            return unreleased.stream();
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
