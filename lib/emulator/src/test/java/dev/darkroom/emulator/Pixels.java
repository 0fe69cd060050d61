package dev.darkroom.emulator;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Looks at pictures. */
final class Pixels {

    private Pixels() {}

    static BufferedImage decode(byte[] file) {
        try {
            if (file[0] == 'R' && file[8] == 'W') {
                var reader = new WebPImageReaderSpi().createReaderInstance();
                reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)));
                return reader.read(0);
            }
            return ImageIO.read(new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The mean difference of channels, 0 to 255. */
    static double distance(byte[] a, byte[] b) {
        var first = decode(a);
        var second = decode(b);
        long sum = 0;
        for (int y = 0; y < first.getHeight(); y++) {
            for (int x = 0; x < first.getWidth(); x++) {
                int p = first.getRGB(x, y);
                int q = second.getRGB(x, y);
                for (int shift = 0; shift < 24; shift += 8) {
                    sum += Math.abs(((p >> shift) & 0xff) - ((q >> shift) & 0xff));
                }
            }
        }
        return sum / (3.0 * first.getWidth() * first.getHeight());
    }

    static int alpha(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) >>> 24;
    }
}
