package dev.darkroom.emulator.gateway.common;

import dev.darkroom.emulator.picture.Animation;
import dev.darkroom.emulator.picture.Commission;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.picture.Picture;
import org.jspecify.annotations.Nullable;

/**
 * A finished picture as a file, which is drawn whenever it is looked at: so thousands can be kept.
 *
 * @param commission what it shows
 * @param format of the file
 * @param compression the encoder's quality for jpeg and webp
 * @param animation how it moves, null for a picture which does not
 */
public record LazyPicture(
        Commission commission,
        Format format,
        int compression,
        @Nullable Animation animation) {

    /**
     * Draws it. Blocks.
     *
     * @return the file
     */
    public byte[] file() {
        var picture = Picture.of(commission);
        return animation == null ? picture.encode(format, compression) : picture.animate(animation);
    }

    /**
     * What its name ends in.
     *
     * @return such as {@code png}
     */
    public String extension() {
        return switch (format) {
            case PNG -> "png";
            case JPEG -> "jpeg";
            case WEBP -> "webp";
            case GIF -> "gif";
            case SVG -> "svg";
        };
    }
}
