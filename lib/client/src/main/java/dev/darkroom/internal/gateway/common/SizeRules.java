package dev.darkroom.internal.gateway.common;

import dev.darkroom.image.AspectRatio;
import dev.darkroom.image.Resolution;
import dev.darkroom.image.Size;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether an exact size contradicts a ratio or a tier. Only what no reading of the words can reconcile counts: services
 * round sides to multiples, and none says what exactly a tier measures.
 */
public final class SizeRules {

    private static final Pattern TIER = Pattern.compile("([0-9]{1,5}(?:\\.[0-9]{1,3})?)([Kk]?)");
    /** Rounding sides to multiples of 64 pixels moves a ratio by up to this factor at 1K. */
    private static final double RATIO_TOLERANCE = 1.05;
    /** A tier may mean the longer side, the shorter one, or the root of the area. */
    private static final double TIER_TOLERANCE = 1.1;

    private SizeRules() {}

    static boolean contradicts(Size size, AspectRatio aspectRatio) {
        var ratio = Ratio.of(aspectRatio);
        if (!size.isPixels() || ratio == null) {
            return false;
        }
        var asked = ratio.value();
        var exact = (double) size.width() / size.height();
        return Math.max(asked / exact, exact / asked) > RATIO_TOLERANCE;
    }

    static boolean contradicts(Size size, Resolution resolution) {
        var tier = pixels(resolution);
        if (!size.isPixels() || tier == null) {
            return false;
        }
        var longer = Math.max(size.width(), size.height());
        var shorter = Math.min(size.width(), size.height());
        return tier > longer * TIER_TOLERANCE || tier < shorter / TIER_TOLERANCE;
    }

    /** {@code 2K} is 2048, {@code 512} is 512; null if the tier does not read as a number. */
    public static @Nullable Double pixels(Resolution resolution) {
        var tier = TIER.matcher(resolution.value());
        if (!tier.matches()) {
            return null;
        }
        var number = Double.parseDouble(tier.group(1));
        return tier.group(2).isEmpty() ? number : number * 1024;
    }
}
