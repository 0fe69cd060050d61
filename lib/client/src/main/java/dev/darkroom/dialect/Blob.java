package dev.darkroom.dialect;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes which a string of a payload stood for, in segments. Immutable, safe to share. */
public interface Blob {

    /**
     * How many bytes there are, or would be if they had not been too many.
     *
     * @return bytes
     */
    long size();

    /**
     * The bytes, without a copy.
     *
     * @return read-only views with positions of their own; none if this is empty or too large
     */
    List<ByteBuffer> segments();

    /**
     * What a {@code data:} URL said the bytes are.
     *
     * @return the media type with its parameters; null if there was no such URL or it did not say
     */
    @Nullable
    String declaredMediaType();

    /**
     * Whether this exceeded the limit for one image, so that its bytes were thrown away while they passed.
     *
     * @return true if only {@link #size()} is left of it
     */
    boolean isTooLarge();
}
