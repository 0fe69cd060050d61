package dev.darkroom.internal.gateway.common;

import dev.darkroom.image.AspectRatio;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An aspect ratio in its smallest whole numbers: {@code 2.35:1} is 47 to 20.
 *
 * @param width 1 or more
 * @param height 1 or more
 */
record Ratio(long width, long height) {

    private static final String NUMBER = "([0-9]{1,4}(?:\\.[0-9]{1,4})?)";
    private static final Pattern RATIO = Pattern.compile(NUMBER + ":" + NUMBER);
    private static final int DECIMALS = 4;

    /** The ratio; null if it does not read as two numbers, as {@code auto} does not. */
    static @Nullable Ratio of(AspectRatio aspectRatio) {
        var ratio = RATIO.matcher(aspectRatio.value());
        if (!ratio.matches()) {
            return null;
        }
        var width = whole(ratio.group(1));
        var height = whole(ratio.group(2));
        if (width.signum() == 0 || height.signum() == 0) {
            return null;
        }
        var common = width.gcd(height);
        return new Ratio(
                width.divide(common).longValueExact(), height.divide(common).longValueExact());
    }

    private static BigInteger whole(String number) {
        return new BigDecimal(number).movePointRight(DECIMALS).toBigIntegerExact();
    }

    double value() {
        return (double) width / height;
    }
}
