package dev.darkroom.emulator.picture;

import java.util.Optional;

/** An image which stays as it is, but for the places which a mask leaves to a new picture. */
public final class Retouch {

    private final Canvas image;
    private final Mask mask;

    private Retouch(Canvas image, Mask mask) {
        this.image = image;
        this.mask = mask;
    }

    /**
     * An image and its mask.
     *
     * @param image the file of the image
     * @param mask of the same size
     * @return both, or empty if the image cannot be read
     */
    public static Optional<Retouch> of(byte[] image, Mask mask) {
        return ImageFiles.read(image).map(read -> new Retouch(read.canvas(), mask));
    }

    /** The image, scaled to the new picture's size, with the new picture in its places. */
    Canvas over(Canvas drawn) {
        var both = new Canvas(drawn.width(), drawn.height());
        for (int y = 0; y < drawn.height(); y++) {
            int sy = (int) ((long) y * image.height() / drawn.height());
            for (int x = 0; x < drawn.width(); x++) {
                int sx = (int) ((long) x * image.width() / drawn.width());
                double kept = mask.opacity(sx, sy) / 255.0;
                int old = image.at(sx, sy);
                int fresh = drawn.at(x, y);
                both.set(
                        x,
                        y,
                        Canvas.red(old) * kept + Canvas.red(fresh) * (1 - kept),
                        Canvas.green(old) * kept + Canvas.green(fresh) * (1 - kept),
                        Canvas.blue(old) * kept + Canvas.blue(fresh) * (1 - kept));
            }
        }
        return both;
    }
}
