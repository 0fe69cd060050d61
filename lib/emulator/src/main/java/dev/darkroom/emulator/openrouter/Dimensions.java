package dev.darkroom.emulator.openrouter;

import java.math.BigDecimal;
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
 * @param width 16 to 8192
 * @param height 16 to 8192
 */
record Dimensions(int width, int height) {

    static final String AUTO = "auto";

    private static final Map<String, Integer> BASES =
            Map.of("512", 512, "768", 768, "1K", 1024, "1.5K", 1536, "2K", 2048, "4K", 4096);
    private static final Pattern PIXELS = Pattern.compile("(\\d{1,5})x(\\d{1,5})");
    private static final Pattern RATIO = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,2})?):(\\d{1,3}(?:\\.\\d{1,2})?)");
    private static final int SMALLEST = 16;
    private static final int LARGEST = 8192;
    private static final long MOST_PIXELS = 4096L * 4096;

    /** A shape: so many parts wide, so many high. */
    record Ratio(int across, int down) {

        static Optional<Ratio> parse(String text) {
            Matcher matcher = RATIO.matcher(text);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            var hundred = BigDecimal.valueOf(100);
            int across = new BigDecimal(matcher.group(1)).multiply(hundred).intValueExact();
            int down = new BigDecimal(matcher.group(2)).multiply(hundred).intValueExact();
            return across == 0 || down == 0 ? Optional.empty() : Optional.of(of(across, down));
        }

        /** In lowest terms. */
        static Ratio of(int across, int down) {
            int divisor = gcd(across, down);
            return new Ratio(across / divisor, down / divisor);
        }

        private static int gcd(int a, int b) {
            return b == 0 ? a : gcd(b, a % b);
        }
    }

    /** Of a resolution and a ratio. */
    static Dimensions of(int base, Ratio ratio) {
        double parts = Math.sqrt((double) ratio.across() * ratio.down());
        long scale = Math.max(1, Math.round(base / parts));
        return new Dimensions((int) (scale * ratio.across()), (int) (scale * ratio.down()));
    }

    /** The base of a resolution, or nothing if it is not listed. */
    static Optional<Integer> base(String resolution) {
        return Optional.ofNullable(BASES.get(resolution));
    }

    /** Explicit pixels, or nothing if the text is something else. */
    static Optional<Dimensions> pixels(String size) {
        Matcher matcher = PIXELS.matcher(size);
        return matcher.matches()
                ? Optional.of(new Dimensions(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    boolean drawable() {
        return Math.min(width, height) >= SMALLEST && Math.max(width, height) <= LARGEST && area() <= MOST_PIXELS;
    }

    long area() {
        return (long) width * height;
    }

    /** Whether explicit pixels agree with a ratio, to a pixel. */
    boolean agreesWith(Ratio ratio) {
        return Math.abs((long) width * ratio.down() - (long) height * ratio.across())
                <= Math.max(ratio.across(), ratio.down());
    }

    /** Whether explicit pixels agree with a resolution: its pixel count, give or take 15 %. */
    boolean agreesWith(int base) {
        double share = (double) area() / ((double) base * base);
        return share > 0.85 && share < 1.15;
    }
}
