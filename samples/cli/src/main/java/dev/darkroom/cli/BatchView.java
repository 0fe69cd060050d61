package dev.darkroom.cli;

import dev.darkroom.pipeline.JobEvent;
import dev.darkroom.pipeline.Progress;
import dev.darkroom.pipeline.Summary;

/** Who hears how a batch goes; all on one thread. */
sealed interface BatchView extends AutoCloseable permits BatchDisplay, BatchLines {

    /** A prompt has come to its end. */
    void ended(JobEvent event);

    /** A while has passed. */
    void tick(Progress progress);

    /** The user wants to stop, and what is in flight is waited for. */
    void stopping(Progress progress);

    /** The end. */
    void summary(Summary summary);

    @Override
    default void close() {}
}
