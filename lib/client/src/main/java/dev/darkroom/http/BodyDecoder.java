package dev.darkroom.http;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Turns the bytes of one answer into elements. Belongs to one exchange; called on its event loop.
 *
 * @param <T> what it makes of them
 */
public interface BodyDecoder<T> {

    /**
     * Reads a chunk, which is only valid during the call.
     *
     * @param chunk the next bytes; neither retained nor released
     * @return the elements which it completed, mostly none
     */
    List<T> feed(ByteBuf chunk);

    /**
     * Whether the rest of the answer, if there is any, does not matter: it is complete, or has failed.
     *
     * @return true once {@link #end()} will say all that is left to say
     */
    boolean isDone();

    /**
     * The answer ended, or {@link #isDone()}. Called once.
     *
     * @return the elements which that completes
     * @throws RuntimeException what the answer means, if it means a failure
     */
    List<T> end();
}
