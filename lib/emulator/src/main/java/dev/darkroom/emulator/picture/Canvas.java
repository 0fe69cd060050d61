package dev.darkroom.emulator.picture;

/**
 * Pixels.
 *
 * <p>Three bytes of colour and one of alpha in an int, row by row. Fractions of a level are dithered by a fixed pattern,
 * so that long gradients show no bands.
 */
final class Canvas {

    private static final int[] BAYER = {
        0, 32, 8, 40, 2, 34, 10, 42, 48, 16, 56, 24, 50, 18, 58, 26, 12, 44, 4, 36, 14, 46, 6, 38, 60, 28, 52, 20, 62,
        30, 54, 22, 3, 35, 11, 43, 1, 33, 9, 41, 51, 19, 59, 27, 49, 17, 57, 25, 15, 47, 7, 39, 13, 45, 5, 37, 63, 31,
        55, 23, 61, 29, 53, 21
    };
    private static final int OPAQUE = 0xff << 24;

    private final int width;
    private final int height;
    private final int[] pixels;

    Canvas(int width, int height) {
        this(width, height, new int[width * height]);
    }

    Canvas(int width, int height, int[] pixels) {
        this.width = width;
        this.height = height;
        this.pixels = pixels;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int[] pixels() {
        return pixels;
    }

    int at(int x, int y) {
        return pixels[y * width + x];
    }

    void set(int x, int y, double red, double green, double blue) {
        double threshold = (BAYER[((y & 7) << 3) | (x & 7)] + 0.5) / 64;
        pixels[y * width + x] =
                OPAQUE | (level(red, threshold) << 16) | (level(green, threshold) << 8) | level(blue, threshold);
    }

    /** Lays a colour over a pixel. */
    void blend(int x, int y, Colour colour, double opacity) {
        int under = pixels[y * width + x];
        double rest = 1 - opacity;
        set(
                x,
                y,
                red(under) * rest + colour.red() * opacity,
                green(under) * rest + colour.green() * opacity,
                blue(under) * rest + colour.blue() * opacity);
    }

    /** Adds light to a pixel, as on a screen: never brighter than white. */
    void shine(int x, int y, Colour colour, double strength) {
        int under = pixels[y * width + x];
        set(
                x,
                y,
                screen(red(under), colour.red() * strength),
                screen(green(under), colour.green() * strength),
                screen(blue(under), colour.blue() * strength));
    }

    static int red(int rgb) {
        return (rgb >> 16) & 0xff;
    }

    static int green(int rgb) {
        return (rgb >> 8) & 0xff;
    }

    static int blue(int rgb) {
        return rgb & 0xff;
    }

    private static double screen(int under, double light) {
        return 255 - (255 - under) * (255 - light) / 255;
    }

    private static int level(double value, double threshold) {
        int level = (int) (value + threshold);
        return level > 255 ? 255 : Math.max(level, 0);
    }
}
