package dev.darkroom.internal.http;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Passes over the body of an answer whose head says it all, so that its connection can be used again.
 *
 * @param meaning what the head means
 * @param <T> what another answer would have held
 */
record DiscardBody<T>(RuntimeException meaning) implements BodyDecoder<T> {

    @Override
    public List<T> feed(ByteBuf chunk) {
        return List.of();
    }

    @Override
    public boolean isDone() {
        return true;
    }

    @Override
    public List<T> end() {
        throw meaning;
    }

    @Override
    public List<T> end(BodyEnd end) {
        throw meaning;
    }
}
