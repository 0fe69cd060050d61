package dev.darkroom.emulator.gateway.common;

import dev.darkroom.emulator.picture.Reference;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shape of a picture.
 *
 * @param across so many parts wide
 * @param down so many parts high
 */
public record AspectRatio(int across, int down) {

    /** As high as wide. */
    public static final AspectRatio SQUARE = new AspectRatio(1, 1);

    private static final Pattern RATIO = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,2})?):(\\d{1,3}(?:\\.\\d{1,2})?)");

    /**
     * Reads a ratio.
     *
     * @param text such as {@code 16:9} or {@code 2.35:1}
     * @return the ratio, or empty if the text is something else
     */
    public static Optional<AspectRatio> parse(String text) {
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
    public static AspectRatio of(int across, int down) {
        int divisor = gcd(across, down);
        return new AspectRatio(across / divisor, down / divisor);
    }

    /**
     * The shape of the first reference which is a picture.
     *
     * @param references pictures to follow
     * @return its ratio, or empty if there is none, or it is steeper than 8:1
     */
    public static Optional<AspectRatio> like(List<Reference> references) {
        return references.stream()
                .filter(Reference::isPicture)
                .findFirst()
                .map(picture -> of(picture.width(), picture.height()))
                .filter(ratio -> Math.max(ratio.across, ratio.down) <= 8L * Math.min(ratio.across, ratio.down))
                .map(ratio -> Math.max(ratio.across, ratio.down) > 100 ? ratio.rounded() : ratio);
    }

    /** A photograph's ratio in twentieths, so that the whole parts fit a resolution. */
    private AspectRatio rounded() {
        return across >= down
                ? of((int) Math.round(20.0 * across / down), 20)
                : of(20, (int) Math.round(20.0 * down / across));
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
