package dev.darkroom.emulator.picture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.ref.SoftReference;

/**
 * A picture: composed at once, painted when it is looked at. For one thread at a time.
 *
 * <p>Thousands of slow streams may wait between two looks, so the pixels, megabytes each, are held softly: when memory
 * runs short they are painted again.
 */
public final class Picture {

    private final Commission commission;
    private final Scene scene;
    private SoftReference<Canvas> painted = new SoftReference<>(null);

    private Picture(Commission commission) {
        this.commission = commission;
        this.scene = Composer.compose(commission);
    }

    /**
     * Composes a picture.
     *
     * @param commission what to draw
     * @return the picture
     */
    public static Picture of(Commission commission) {
        return new Picture(commission);
    }

    /**
     * What it shows.
     *
     * @return a sentence
     */
    public String plan() {
        return scene.plan();
    }

    /**
     * The picture as markup.
     *
     * @return the markup
     */
    public Markup markup() {
        return Markup.of(scene, commission.width(), commission.height());
    }

    /**
     * The finished picture as a file.
     *
     * @param format of the file
     * @param quality 0 to 100, higher is better and larger; jpeg and webp only
     * @return the file
     */
    public byte[] encode(Format format, int quality) {
        return format == Format.SVG ? markup().text().getBytes(UTF_8) : file(painted(), format, quality);
    }

    /**
     * A preview as a file.
     *
     * @param index which, from 0
     * @param of how many there are
     * @param format of the file, not {@link Format#SVG}
     * @param quality 0 to 100
     * @return the file
     */
    public byte[] preview(int index, int of, Format format, int quality) {
        return file(Preview.of(painted(), index, of), format, quality);
    }

    /**
     * The finished picture, moving: as if one turned round on the spot once.
     *
     * @param animation its frames
     * @return a GIF file which repeats for ever
     */
    public byte[] animate(Animation animation) {
        return GifFile.of(painted(), animation);
    }

    private Canvas painted() {
        var canvas = painted.get();
        if (canvas == null) {
            canvas = Painter.paint(scene, commission.width(), commission.height());
            painted = new SoftReference<>(canvas);
        }
        return canvas;
    }

    private byte[] file(Canvas canvas, Format format, int quality) {
        boolean alpha = commission.transparent();
        var retouch = commission.retouch();
        var whole = retouch == null ? canvas : retouch.over(canvas);
        return ImageFiles.encode(alpha ? Medallion.cut(whole) : whole, alpha, format, quality);
    }
}
