package dev.darkroom.cli;

import dev.darkroom.image.GeneratedImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** Small pictures for tests. */
final class Pictures {

    private Pictures() {}

    /** A PNG of one colour. */
    static GeneratedImage png(int index, int width, int height, int rgb) {
        return GeneratedImage.of(index, encoded(plain(width, height, rgb)));
    }

    static BufferedImage plain(int width, int height, int rgb) {
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        var pixels = new int[width * height];
        Arrays.fill(pixels, 0xff000000 | rgb);
        picture.setRGB(0, 0, width, height, pixels, 0, width);
        return picture;
    }

    /** Pixels as they are written, row by row. */
    static BufferedImage of(int width, int... argb) {
        var picture = new BufferedImage(width, argb.length / width, BufferedImage.TYPE_INT_ARGB);
        picture.setRGB(0, 0, width, argb.length / width, argb, 0, width);
        return picture;
    }

    private static byte[] encoded(BufferedImage picture) {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
