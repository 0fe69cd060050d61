package dev.darkroom.internal.http;

import dev.darkroom.image.PartialResult;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of one answer into elements. Belongs to one exchange; called on its event loop.
 *
 * @param <T> what it makes of them
 */
public interface BodyDecoder<T> {

    /** Reading an answer failed. What that means for whoever waits for it is not for a decoder to say. */
    final class Failure extends RuntimeException {

        private static final long serialVersionUID = 1;

        /** Over what. The first three are about the bytes, and their cause says it in words for people. */
        public enum Kind {
            /** The answer broke off. */
            CUT,
            /** It is more than a limit allows. */
            TOO_LARGE,
            /** It says what cannot be read. */
            UNREADABLE,
            /** Whoever read it threw the cause. */
            THROWN
        }

        private final Kind kind;
        private final transient PartialResult arrived;

        /**
         * A failure.
         *
         * @param kind over what
         * @param cause in detail
         * @param arrived what had arrived before
         */
        public Failure(Kind kind, Throwable cause, PartialResult arrived) {
            super(null, cause, false, false);
            this.kind = kind;
            this.arrived = arrived;
        }

        /**
         * Over what it failed.
         *
         * @return the kind
         */
        public Kind kind() {
            return kind;
        }

        /**
         * What had arrived before.
         *
         * @return what there is of a result
         */
        public PartialResult arrived() {
            return arrived;
        }
    }

    /**
     * Reads a chunk, which is only valid during the call.
     *
     * @param chunk the next bytes; neither retained nor released. None, to go on with what it {@link #hasMore()} of
     * @return the elements which it completed, mostly none
     */
    List<T> feed(ByteBuf chunk);

    /**
     * Whether it has stopped before the end of what it was fed, since that was enough for once: a few compressed bytes can
     * mean many.
     *
     * @return true if it is to be fed nothing, when there is demand, before it is fed the next chunk
     */
    default boolean hasMore() {
        return false;
    }

    /**
     * Whether the rest of the answer, if there is any, does not matter: it is complete, or has failed.
     *
     * @return true once {@link #end()} will say all that is left to say
     */
    boolean isDone();

    /**
     * How long the body may take from its head on, besides all other limits.
     *
     * @return null for as long as others allow
     */
    default @Nullable Duration limit() {
        return null;
    }

    /**
     * Whether all that matters is here, so that the end is worth a short wait and no more: a server may keep us waiting for it,
     * or say something behind.
     *
     * @return true once nothing that comes can change the elements
     */
    default boolean isWhole() {
        return false;
    }

    /**
     * The answer ended, or {@link #isDone()}. Called once.
     *
     * @return the elements which that completes
     * @throws RuntimeException what the answer means, if it means a failure
     */
    List<T> end();

    /**
     * The answer ended in one way or another, or {@link #isDone()}. Called once, instead of {@link #end()}.
     *
     * @param end how
     * @return the elements which that completes
     * @throws RuntimeException what the answer means, if it means a failure; what broke it off, if that is all there is to say
     */
    default List<T> end(BodyEnd end) {
        if (end.failure() != null) {
            throw end.failure();
        }
        return end();
    }
}
