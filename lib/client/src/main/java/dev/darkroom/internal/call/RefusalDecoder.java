package dev.darkroom.internal.call;

import dev.darkroom.image.ImageException;
import dev.darkroom.internal.http.BodyDecoder;
import dev.darkroom.internal.http.BodyEnd;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the small body of an answer without success, to its end, so that the connection is free before anybody waits.
 * What is longer than any error is cut; and where others wait for what it says, the head decides if it does not come in time,
 * with what there is of the body.
 *
 * @param <T> what the answer would have held
 */
final class RefusalDecoder<T> implements BodyDecoder<T> {

    /** How long the body may take, from its head on, if others wait for it. */
    static final Duration LIMIT = Duration.ofSeconds(1);

    static final byte[] NOTHING = {};

    private static final int MOST_BYTES = 64 * 1024;

    private final Function<byte[], ImageException> meaning;
    private final boolean hurried;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    /**
     * A decoder.
     *
     * @param meaning of the body
     * @param hurried whether others wait for it
     */
    RefusalDecoder(Function<byte[], ImageException> meaning, boolean hurried) {
        this.meaning = meaning;
        this.hurried = hurried;
    }

    @Override
    public synchronized List<T> feed(ByteBuf chunk) {
        var bytes = new byte[Math.min(chunk.readableBytes(), MOST_BYTES - body.size())];
        chunk.readBytes(bytes);
        body.writeBytes(bytes);
        return List.of();
    }

    @Override
    public synchronized boolean isDone() {
        return body.size() >= MOST_BYTES;
    }

    @Override
    public @Nullable Duration limit() {
        return hurried ? LIMIT : null;
    }

    @Override
    public List<T> end() {
        throw failure();
    }

    /** It has begun to refuse; whether the rest of its words came does not matter. */
    @Override
    public List<T> end(BodyEnd end) {
        throw failure();
    }

    /** What the answer means, as far as it was read; asked on any thread. */
    synchronized ImageException failure() {
        return meaning.apply(body.toByteArray());
    }
}
