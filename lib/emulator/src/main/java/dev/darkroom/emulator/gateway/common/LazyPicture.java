package dev.darkroom.emulator.gateway.common;

import dev.darkroom.emulator.picture.Commission;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.picture.Picture;

/**
 * A finished picture as a file, which is drawn whenever it is looked at: so thousands can be kept.
 *
 * @param commission what it shows
 * @param format of the file
 * @param compression the encoder's quality for jpeg and webp
 */
public record LazyPicture(Commission commission, Format format, int compression) {

    /**
     * Draws it. Blocks.
     *
     * @return the file
     */
    public byte[] file() {
        return Picture.of(commission).encode(format, compression);
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
            case SVG -> "svg";
        };
    }
}
