package dev.darkroom.benchmarks.bars;

/**
 * How much is done.
 *
 * @param rounds how often each of the competitors has its turn
 * @param seconds how long a turn is, after as long a warm-up
 * @param heapStreams how many streams must pass in a small heap
 * @param largeEvent decoded bytes of the large event
 * @param repeats how often the large event is read
 * @param previewStreams how many streams are read for their latency
 * @param slowStreams how many streams come slowly, all at the same time
 * @param slowPreviews how many previews each of them has
 * @param freshJvms how many JVMs each of the competitors is started in
 * @param streamsBefore how many streams a JVM has read at most when it is measured
 */
public record Effort(
        int rounds,
        int seconds,
        int heapStreams,
        int largeEvent,
        int repeats,
        int previewStreams,
        int slowStreams,
        int slowPreviews,
        int freshJvms,
        int streamsBefore) {

    /** The names by which {@link #of} knows them. */
    public static Effort of(String name) {
        return switch (name) {
            case "full" -> new Effort(3, 3, 3, 192 << 20, 9, 25, 1000, 19, 10, 2000);
            case "smoke" -> new Effort(1, 1, 1, 12 << 20, 3, 3, 20, 2, 1, 20);
            default -> throw new IllegalArgumentException("effort is full or smoke, not " + name);
        };
    }
}
