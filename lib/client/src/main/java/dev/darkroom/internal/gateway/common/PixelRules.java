package dev.darkroom.internal.gateway.common;

import dev.darkroom.image.AspectRatio;
import dev.darkroom.image.Resolution;
import dev.darkroom.image.Size;
import org.jspecify.annotations.Nullable;

/**
 * Turns a ratio and a tier into pixels for a gateway that wants pixels, within what it takes. A tier is the side of the
 * square of its area: {@code 2K} is 2048 times 2048 pixels in whatever shape, which is how the services' own tables read
 * ({@code 16:9} at {@code 2K} is 2560x1440, {@code 3:2} is 2496x1664).
 *
 * @param step of which both sides are multiples
 * @param fewest pixels in all
 * @param most pixels in all
 * @param longest side
 * @param widest the longer side by the shorter one
 */
public record PixelRules(int step, long fewest, long most, int longest, int widest) {

    /** Below this part of the area, exactness of the ratio has cost too much of it. */
    private static final double WORTH = 0.75;

    /** The largest such size; null if none does what both words say. */
    @Nullable
    public Size size(AspectRatio aspectRatio, Resolution resolution) {
        var ratio = Ratio.of(aspectRatio);
        var side = SizeRules.pixels(resolution);
        if (ratio == null || side == null) {
            return null;
        }
        var area = Math.min(side * side, (double) most);
        var exact = exact(ratio, area);
        var size = exact == null || area(exact) < area * WORTH ? near(ratio, area) : exact;
        return size == null
                        || !takes(size)
                        || SizeRules.contradicts(size, aspectRatio)
                        || SizeRules.contradicts(size, resolution)
                ? null
                : size;
    }

    /** Whether an exact size is within the rules. */
    public boolean takes(Size size) {
        return size.width() % step == 0
                && size.height() % step == 0
                && Math.max(size.width(), size.height()) <= longest
                && Math.max(size.width(), size.height()) <= widest * Math.min(size.width(), size.height())
                && area(size) >= fewest
                && area(size) <= most;
    }

    /** What is within the rules, for a message. */
    public String inWords() {
        return "sides are multiples of " + step + ", at most " + longest + " and " + widest + ":1, " + fewest + " to "
                + most + " pixels in all";
    }

    /** Of exactly this ratio. */
    private @Nullable Size exact(Ratio ratio, double area) {
        var unit = lcm(step / gcd(ratio.width(), step), step / gcd(ratio.height(), step));
        var width = ratio.width() * unit;
        var height = ratio.height() * unit;
        var unitArea = (double) width * height;
        var least = (long) Math.ceil(Math.sqrt(fewest / unitArea));
        var times = Math.min(Math.max((long) Math.sqrt(area / unitArea), least), longest / Math.max(width, height));
        return times < 1 ? null : pixels(width * times, height * times);
    }

    /** Of nearly this ratio. */
    private @Nullable Size near(Ratio ratio, double area) {
        var width = Math.sqrt(area * ratio.value());
        var scale = Math.min(1, longest / Math.max(width, width / ratio.value()));
        return pixels(down(width * scale), down(width * scale / ratio.value()));
    }

    private long down(double side) {
        return (long) side / step * step;
    }

    private static @Nullable Size pixels(long width, long height) {
        return width < 1 || height < 1 ? null : Size.pixels((int) width, (int) height);
    }

    private static double area(Size size) {
        return (double) size.width() * size.height();
    }

    private static long lcm(long a, long b) {
        return a / gcd(a, b) * b;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
