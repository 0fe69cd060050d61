package dev.darkroom.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param progress its last
 * @param stopped why it ended early, as a word: {@code credentials}, {@code credits}, {@code cost}, {@code deadline}, {@code disk},
 *     {@code interrupted}; null if it did not
 * @param why the same as a sentence; null if it did not
 * @param unknownLines the first lines of which nobody knows whether they are paid for, as they stand in the input
 */
public record Summary(
        Progress progress,
        @Nullable String stopped,
        @Nullable String why,
        List<Long> unknownLines) {

    /** Copies the list. */
    public Summary {
        unknownLines = List.copyOf(unknownLines);
    }

    /** {@return whether every prompt has its pictures} */
    public boolean isComplete() {
        return progress.done() == progress.total();
    }
}
