package dev.darkroom.emulator.gateway.dashscope;

import dev.darkroom.emulator.gateway.common.Dimensions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which sizes a model takes. They are written with a star; a tier such as {@code 2K} is one model's alone.
 *
 * @param fixed the only ones, none if any within the bounds is taken
 * @param least the side of the square with the fewest pixels
 * @param most the side of the square with the most pixels
 * @param tiers whether a tier is taken
 */
record Sizes(List<String> fixed, int least, int most, boolean tiers) {

    private static final Pattern PIXELS = Pattern.compile("(\\d{2,5})\\*(\\d{2,5})");
    private static final int STEEPEST = 8;

    static Sizes oneOf(String... sizes) {
        return new Sizes(List.of(sizes), 1, 1, false);
    }

    static Sizes between(int least, int most) {
        return new Sizes(List.of(), least, most, false);
    }

    Sizes orTier() {
        return new Sizes(fixed, least, most, true);
    }

    /** The pixels of a size, or empty if the model does not take it. */
    Optional<Dimensions> pixels(String size) {
        if (tiers && size.matches("[124]K")) {
            return Dimensions.base(size).filter(base -> base <= most).map(base -> new Dimensions(base, base));
        }
        var matcher = PIXELS.matcher(size);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var pixels = new Dimensions(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        boolean taken = fixed.isEmpty()
                ? pixels.area() >= (long) least * least
                        && pixels.area() <= (long) most * most
                        && pixels.steepness() <= STEEPEST
                : fixed.contains(size);
        return taken && pixels.drawable() ? Optional.of(pixels) : Optional.empty();
    }

    static String written(Dimensions pixels) {
        return pixels.width() + "*" + pixels.height();
    }

    @Override
    public String toString() {
        return fixed.isEmpty()
                ? "total pixels between " + least + "*" + least + " and " + most + "*" + most
                : String.join(", ", fixed);
    }
}
