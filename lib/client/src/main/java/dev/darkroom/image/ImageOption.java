package dev.darkroom.image;

import java.util.Locale;

/**
 * The options a request can carry, beside its model and prompt. A gateway either takes an option or refuses the request
 * before it is sent; none is dropped silently. The only exception is {@link #STREAM}, a wish which any gateway may answer
 * with the end alone. Values are read with the getter of the same name.
 */
public enum ImageOption {
    /** How many images. */
    N,
    /** Pixels or tier. */
    SIZE,
    /** Width to height. */
    ASPECT_RATIO,
    /** Tier. */
    RESOLUTION,
    /** Effort. */
    QUALITY,
    /** Encoding. */
    OUTPUT_FORMAT,
    /** Encoder's compression. */
    OUTPUT_COMPRESSION,
    /** Transparent or not. */
    BACKGROUND,
    /** For the same picture again. */
    SEED,
    /** Images sent along. */
    REFERENCES,
    /** Which part of the first reference may change. */
    MASK,
    /** Previews wanted. */
    STREAM,
    /** How many previews. */
    PARTIAL_IMAGES,
    /** Bytes or a URL. */
    RESPONSE_FORMAT,
    /** A mark of the maker in the image. */
    WATERMARK,
    /** A group of images which belong together. */
    SEQUENTIAL_IMAGES,
    /** Rewriting of the prompt. */
    OPTIMIZE_PROMPT,
    /** Which providers a router may use. */
    PROVIDER,
    /** The end user, for abuse reports. */
    USER,
    /** Groups requests. */
    SESSION_ID,
    /** For the router's observability. */
    TRACE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
