package dev.darkroom.dialect;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations as Go writes them ({@code 1s}, {@code 6m0s}, {@code 20ms}), in which some gateways tell when a limit resets.
 *
 * @see <a href="https://pkg.go.dev/time#ParseDuration">Go, time.ParseDuration</a>
 */
final class GoDuration {

    private static final Pattern WHOLE = Pattern.compile("([+-]?)(0|(?:[0-9]*\\.?[0-9]*(?:ns|us|µs|μs|ms|s|m|h))+)");
    private static final Pattern PART = Pattern.compile("([0-9]*)(\\.?)([0-9]*)(ns|us|µs|μs|ms|s|m|h)");
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "μs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);
    private static final int MOST_DIGITS = 19;
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);

    private GoDuration() {}

    /** The duration, negative ones included; null if it is none, or does not fit into 64 bits of nanoseconds. */
    static @Nullable Duration parse(String text) {
        var whole = WHOLE.matcher(text);
        if (!whole.matches()) {
            return null;
        }
        var nanos = BigInteger.ZERO;
        var part = PART.matcher(whole.group(2));
        while (part.find()) {
            if (part.group(1).isEmpty() && part.group(3).isEmpty()) {
                return null; // a point or a unit without a digit
            }
            var unit = NANOS.getOrDefault(part.group(4), 0L);
            nanos = nanos.add(new BigInteger("0" + part.group(1)).multiply(BigInteger.valueOf(unit)))
                    .add(BigInteger.valueOf(fraction(part.group(3), unit)));
        }
        var signed = whole.group(1).equals("-") ? nanos.negate() : nanos;
        return signed.compareTo(MOST) > 0 || signed.compareTo(LEAST) < 0 ? null : Duration.ofNanos(signed.longValue());
    }

    /** Go counts fractions in floating point, and leaves out digits beyond what 63 bits hold. */
    private static long fraction(String digits, long unit) {
        var kept = digits.substring(0, Math.min(digits.length(), MOST_DIGITS));
        if (kept.length() == MOST_DIGITS && new BigInteger(kept).compareTo(MOST) > 0) {
            kept = kept.substring(0, MOST_DIGITS - 1);
        }
        return kept.isEmpty() ? 0 : (long) (Long.parseLong(kept) * (unit / Math.pow(10, kept.length())));
    }
}
