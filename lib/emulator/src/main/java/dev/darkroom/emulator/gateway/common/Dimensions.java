package dev.darkroom.emulator.gateway.common;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Width and height in pixels.
 *
 * <p>Pixels asked for are taken as they are. Otherwise the resolution says how many pixels there are in all (the
 * square of its base: 1K is 1024 x 1024, whatever the shape) and the aspect ratio, which is kept exactly, says how
 * they are spread.
 *
 * @param width in pixels
 * @param height in pixels
 */
public record Dimensions(int width, int height) {

    /** The word which leaves the choice to the model. */
    public static final String AUTO = "auto";

    private static final Map<String, Integer> BASES =
            Map.of("512", 512, "768", 768, "1K", 1024, "1.5K", 1536, "2K", 2048, "4K", 4096);
    private static final Pattern PIXELS = Pattern.compile("(\\d{1,5})x(\\d{1,5})");
    private static final int MIN_SIDE = 16;
    private static final int MAX_SIDE = 8192;
    private static final long MAX_PIXELS = 4096L * 4096;

    /**
     * Of a resolution and a ratio.
     *
     * @param base the side of a square of that many pixels
     * @param ratio the shape
     * @return the dimensions
     */
    public static Dimensions of(int base, AspectRatio ratio) {
        double parts = Math.sqrt((double) ratio.across() * ratio.down());
        long scale = Math.max(1, Math.round(base / parts));
        return new Dimensions((int) (scale * ratio.across()), (int) (scale * ratio.down()));
    }

    /**
     * The base of a resolution.
     *
     * @param resolution such as {@code 2K}
     * @return the side of a square, or empty if it is not listed
     */
    public static Optional<Integer> base(String resolution) {
        return Optional.ofNullable(BASES.get(resolution));
    }

    /**
     * Explicit pixels.
     *
     * @param size such as {@code 1024x768}
     * @return the dimensions, or empty if the text is something else
     */
    public static Optional<Dimensions> pixels(String size) {
        Matcher matcher = PIXELS.matcher(size);
        return matcher.matches()
                ? Optional.of(new Dimensions(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /**
     * Whether the emulator can draw this.
     *
     * @return true if each side is 16 to 8192, and all is 4096 x 4096 pixels at most
     */
    public boolean drawable() {
        return Math.min(width, height) >= MIN_SIDE && Math.max(width, height) <= MAX_SIDE && area() <= MAX_PIXELS;
    }

    /**
     * All pixels.
     *
     * @return width times height
     */
    public long area() {
        return (long) width * height;
    }

    /**
     * How much longer one side is than the other.
     *
     * @return 1 or more
     */
    public double steepness() {
        return (double) Math.max(width, height) / Math.min(width, height);
    }

    /**
     * Whether explicit pixels agree with a ratio, to a pixel.
     *
     * @param ratio the shape
     * @return true if so
     */
    public boolean agreesWith(AspectRatio ratio) {
        return Math.abs((long) width * ratio.down() - (long) height * ratio.across())
                <= Math.max(ratio.across(), ratio.down());
    }

    /**
     * Whether explicit pixels agree with a resolution: its pixel count, give or take 15 %.
     *
     * @param base the side of a square of that many pixels
     * @return true if so
     */
    public boolean agreesWith(int base) {
        double share = (double) area() / ((double) base * base);
        return share > 0.85 && share < 1.15;
    }

    /** Both sides divided, but no smaller than can be drawn. */
    Dimensions shrunk(int divisor) {
        return divisor == 1
                ? this
                : new Dimensions(Math.max(MIN_SIDE, width / divisor), Math.max(MIN_SIDE, height / divisor));
    }

    /** As on the wire: {@code 1024x768}. */
    @Override
    public String toString() {
        return width + "x" + height;
    }
}
