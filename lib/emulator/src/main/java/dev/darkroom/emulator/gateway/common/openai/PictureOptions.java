package dev.darkroom.emulator.gateway.common.openai;

import dev.darkroom.emulator.gateway.common.Dimensions;
import dev.darkroom.emulator.picture.Animation;
import dev.darkroom.emulator.picture.Format;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a picture shall be like, whichever request says so.
 *
 * @param model the model which paints
 * @param size in pixels
 * @param format of the file
 * @param compression the encoder's quality for jpeg and webp, 0 to 100
 * @param transparent whether the background is left out
 * @param quality the word asked for; {@code medium} for {@code auto}
 * @param animation its frames, null for a picture which does not move
 * @param author the model which writes markup, empty for pixels
 */
public record PictureOptions(
        Model model,
        Dimensions size,
        Format format,
        int compression,
        boolean transparent,
        String quality,
        @Nullable Animation animation,
        String author) {

    /** Whether it can come in a stream. */
    boolean streams() {
        return format != Format.GIF && format != Format.SVG;
    }

    /**
     * What is behind the picture.
     *
     * @return the word on the wire
     */
    public String background() {
        return transparent ? "transparent" : "opaque";
    }

    /**
     * The file's format.
     *
     * @return the word on the wire, such as {@code png}
     */
    public String outputFormat() {
        return format.name().toLowerCase(Locale.ROOT);
    }
}
