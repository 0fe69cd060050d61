package dev.darkroom.emulator.picture;

/**
 * A colour between others, as the eye sees it.
 *
 * <p>Mixes in OKLab. {@code StrictMath} and IEEE arithmetic only, so that every machine gets the same bits.
 *
 * @param red 0 to 255, not rounded
 * @param green likewise
 * @param blue likewise
 * @see <a href="https://bottosson.github.io/posts/oklab/">Björn Ottosson, a perceptual color space</a>
 */
record Colour(double red, double green, double blue) {

    static Colour of(int rgb) {
        return new Colour((rgb >> 16) & 0xff, (rgb >> 8) & 0xff, rgb & 0xff);
    }

    Colour mix(Colour other, double share) {
        var a = lab();
        var b = other.lab();
        return fromLab(a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share);
    }

    /** The same, a little further round the colour circle, lighter or darker. */
    Colour turned(double radians, double lighter) {
        var lab = lab();
        double cos = StrictMath.cos(radians);
        double sin = StrictMath.sin(radians);
        return fromLab(
                Math.min(1, Math.max(0, lab[0] + lighter)), lab[1] * cos - lab[2] * sin, lab[1] * sin + lab[2] * cos);
    }

    /** The same, more or less colourful. */
    Colour vivid(double factor) {
        var lab = lab();
        return fromLab(lab[0], lab[1] * factor, lab[2] * factor);
    }

    double lightness() {
        return lab()[0];
    }

    double chroma() {
        var lab = lab();
        return Math.sqrt(lab[1] * lab[1] + lab[2] * lab[2]);
    }

    int rgb() {
        return (byteOf(red) << 16) | (byteOf(green) << 8) | byteOf(blue);
    }

    String hex() {
        return "#" + Integer.toHexString(0x1000000 | rgb()).substring(1);
    }

    private double[] lab() {
        double r = linear(red);
        double g = linear(green);
        double b = linear(blue);
        double l = StrictMath.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
        double m = StrictMath.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
        double s = StrictMath.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
        return new double[] {
            0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
        };
    }

    private static Colour fromLab(double lightness, double a, double b) {
        double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
        double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
        double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
        return new Colour(
                gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
                gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
                gamma(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
    }

    private static double cube(double value) {
        return value * value * value;
    }

    private static double linear(double channel) {
        double c = channel / 255;
        return c <= 0.04045 ? c / 12.92 : StrictMath.pow((c + 0.055) / 1.055, 2.4);
    }

    private static double gamma(double linear) {
        double c = linear <= 0.0031308 ? 12.92 * linear : 1.055 * StrictMath.pow(linear, 1 / 2.4) - 0.055;
        return Math.min(255, Math.max(0, c * 255));
    }

    private static int byteOf(double channel) {
        return (int) (channel + 0.5);
    }
}
