package dev.darkroom.emulator.picture;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a picture can be written as. */
public enum Format {
    /** Lossless, with alpha. */
    PNG("image/png"),
    /** Lossy, opaque. */
    JPEG("image/jpeg"),
    /** Lossy, with alpha. */
    WEBP("image/webp"),
    /** 256 colours, opaque, moving. */
    GIF("image/gif"),
    /** Markup. */
    SVG("image/svg+xml");

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    /**
     * The media type.
     *
     * @return such as {@code image/png}
     */
    public String mediaType() {
        return mediaType;
    }

    /**
     * The format of that name.
     *
     * @param name in lower case, such as {@code png}
     * @return the format, or empty
     */
    public static Optional<Format> of(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }
}
