package dev.darkroom.emulator.picture;

import java.util.Optional;

/** Says where an image is to be painted anew: where the mask is transparent. */
public final class Mask {

    private final Canvas canvas;
    private final boolean alpha;

    private Mask(Canvas canvas, boolean alpha) {
        this.canvas = canvas;
        this.alpha = alpha;
    }

    /**
     * Reads a file.
     *
     * @param file a png
     * @return the mask, or empty if it cannot be read
     */
    public static Optional<Mask> decode(byte[] file) {
        return ImageFiles.read(file).map(image -> new Mask(image.canvas(), image.alpha()));
    }

    /**
     * Its width.
     *
     * @return in pixels
     */
    public int width() {
        return canvas.width();
    }

    /**
     * Its height.
     *
     * @return in pixels
     */
    public int height() {
        return canvas.height();
    }

    /**
     * Whether it can be transparent at all.
     *
     * @return true if the file has an alpha channel
     */
    public boolean hasAlpha() {
        return alpha;
    }

    /** 0 where the image is to be painted anew, 255 where it stays. */
    int opacity(int x, int y) {
        return canvas.at(x, y) >>> 24;
    }
}
