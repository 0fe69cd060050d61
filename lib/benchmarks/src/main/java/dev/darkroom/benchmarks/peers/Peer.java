package dev.darkroom.benchmarks.peers;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/** A client that reads streams of images. */
public interface Peer extends AutoCloseable {

    /**
     * Asks for one stream, and waits for its end.
     *
     * @param images takes the bytes of each image, previews first, on whatever thread they arrive
     */
    void read(Consumer<List<ByteBuffer>> images);

    @Override
    default void close() {}
}
