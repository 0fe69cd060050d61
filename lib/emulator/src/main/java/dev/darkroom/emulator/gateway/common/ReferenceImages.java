package dev.darkroom.emulator.gateway.common;

import dev.darkroom.emulator.picture.Reference;
import java.util.Base64;
import java.util.Optional;

/** Reads references: decodes {@code data:} URLs, and never fetches the others. */
public final class ReferenceImages {

    private ReferenceImages() {}

    /**
     * A picture to follow.
     *
     * @param text an http or https URL, or a {@code data:} URL of a png, jpeg, webp, gif or bmp image
     * @return the picture, or empty if the text is something else
     */
    public static Optional<Reference> of(String text) {
        return text.startsWith("https://") || text.startsWith("http://")
                ? Optional.of(Reference.known(text))
                : dataUrl(text).flatMap(Reference::decode);
    }

    /**
     * The content of a {@code data:} URL.
     *
     * @param text the URL
     * @return the file, or empty if the text is something else
     */
    public static Optional<byte[]> dataUrl(String text) {
        int comma = text.indexOf(',');
        if (!text.startsWith("data:image/")
                || comma < 0
                || !text.substring(0, comma).endsWith(";base64")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(text.substring(comma + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
