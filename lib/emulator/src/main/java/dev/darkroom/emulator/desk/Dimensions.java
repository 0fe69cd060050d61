package dev.darkroom.emulator.desk;

import dev.darkroom.emulator.picture.Reference;
import java.math.BigDecimal;
import java.util.List;
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
    private static final Pattern RATIO = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,2})?):(\\d{1,3}(?:\\.\\d{1,2})?)");
    private static final int SMALLEST = 16;
    private static final int LARGEST = 8192;
    private static final long MOST_PIXELS = 4096L * 4096;

    /**
     * A shape.
     *
     * @param across so many parts wide
     * @param down so many parts high
     */
    public record Ratio(int across, int down) {

        /** As high as wide. */
        public static final Ratio SQUARE = new Ratio(1, 1);

        /**
         * Reads a ratio.
         *
         * @param text such as {@code 16:9} or {@code 2.35:1}
         * @return the ratio, or empty if the text is something else
         */
        public static Optional<Ratio> parse(String text) {
            Matcher matcher = RATIO.matcher(text);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            var hundred = BigDecimal.valueOf(100);
            int across = new BigDecimal(matcher.group(1)).multiply(hundred).intValueExact();
            int down = new BigDecimal(matcher.group(2)).multiply(hundred).intValueExact();
            return across == 0 || down == 0 ? Optional.empty() : Optional.of(of(across, down));
        }

        /**
         * In lowest terms.
         *
         * @param across parts wide, 1 or more
         * @param down parts high, 1 or more
         * @return the ratio
         */
        public static Ratio of(int across, int down) {
            int divisor = gcd(across, down);
            return new Ratio(across / divisor, down / divisor);
        }

        /**
         * The shape of the first reference which is a picture.
         *
         * @param references pictures to follow
         * @return its ratio, or empty if there is none, or it is steeper than 8:1
         */
        public static Optional<Ratio> like(List<Reference> references) {
            return references.stream()
                    .filter(Reference::isPicture)
                    .findFirst()
                    .map(picture -> of(picture.width(), picture.height()))
                    .filter(ratio -> Math.max(ratio.across, ratio.down) <= 8L * Math.min(ratio.across, ratio.down))
                    .map(ratio -> Math.max(ratio.across, ratio.down) > 100 ? ratio.rounded() : ratio);
        }

        /** An odd photograph's ratio in twentieths, so that the whole parts fit a resolution. */
        private Ratio rounded() {
            return across >= down
                    ? of((int) Math.round(20.0 * across / down), 20)
                    : of(20, (int) Math.round(20.0 * down / across));
        }

        private static int gcd(int a, int b) {
            return b == 0 ? a : gcd(b, a % b);
        }
    }

    /**
     * Of a resolution and a ratio.
     *
     * @param base the side of a square of that many pixels
     * @param ratio the shape
     * @return the dimensions
     */
    public static Dimensions of(int base, Ratio ratio) {
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
        return Math.min(width, height) >= SMALLEST && Math.max(width, height) <= LARGEST && area() <= MOST_PIXELS;
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
    public boolean agreesWith(Ratio ratio) {
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
                : new Dimensions(Math.max(SMALLEST, width / divisor), Math.max(SMALLEST, height / divisor));
    }

    /** As on the wire: {@code 1024x768}. */
    @Override
    public String toString() {
        return width + "x" + height;
    }
}
