package dev.darkroom.internal.gateway.common;

import dev.darkroom.image.ImageOption;
import java.util.List;
import java.util.stream.Stream;

/** The options that each way to OpenAI's image models takes: its Images API, Azure's, and the tool of the Responses API. */
public final class ImagesApiOptions {

    private static final List<ImageOption<?>> COMMON = List.of(
            ImageOption.SIZE,
            ImageOption.ASPECT_RATIO,
            ImageOption.RESOLUTION,
            ImageOption.QUALITY,
            ImageOption.OUTPUT_FORMAT,
            ImageOption.OUTPUT_COMPRESSION,
            ImageOption.BACKGROUND,
            ImageOption.REFERENCES,
            ImageOption.MASK,
            ImageOption.PARTIAL_IMAGES,
            ImageOption.USER);

    private ImagesApiOptions() {}

    /**
     * The common ones and some more.
     *
     * @param more what this way alone takes
     */
    public static List<ImageOption<?>> and(ImageOption<?>... more) {
        return Stream.concat(COMMON.stream(), Stream.of(more)).toList();
    }
}
