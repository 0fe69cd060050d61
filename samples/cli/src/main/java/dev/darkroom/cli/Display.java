package dev.darkroom.cli;

import dev.darkroom.gate.Throttled;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import java.util.List;

/**
 * Where one generation is shown. Called by one thread after another, never by two at a time and never by an event loop,
 * so that it may block; it throws nothing.
 */
interface Display extends AutoCloseable {

    /** The request is about to leave. */
    void begin(ImageRequest request);

    /** Something came, and is on disk. */
    void show(SavedEvent savedEvent);

    /** The gateway refused for now; the next try is at a known instant. */
    void throttled(Throttled throttled);

    /** A moment passed. */
    default void tick() {}

    /** It failed; these finished images were among what had come, and are on disk. */
    void fail(ImageException failure, List<SavedImage> salvaged);

    /** The user does not want it any more. */
    void interrupt();

    @Override
    default void close() {}
}
