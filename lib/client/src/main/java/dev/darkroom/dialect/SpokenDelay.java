package dev.darkroom.dialect;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A delay in a sentence: {@code Please try again in 12s.}, {@code … in 1m30s}, {@code Retry after 1 minute and 30 seconds},
 * {@code please wait 250ms}. A number without a unit is none: nobody knows of what.
 */
final class SpokenDelay {

    private static final int LONGEST_SENTENCE = 10_000;
    private static final Pattern LEAD =
            Pattern.compile("(?i)\\b(?:try again|retry|wait|resets?)(?: (?:in|after|for|at least|another))*(?= )");
    private static final Pattern PART = Pattern.compile("(?i)(?:,? ?(?:and )?)([0-9]{1,15}(?:\\.[0-9]{1,15})?) ?"
            + "(ms|msecs?|milliseconds?|d|days?|h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?)(?![a-z])");

    private SpokenDelay() {}

    /** The first delay in the sentence; null if there is none. */
    static @Nullable Duration in(String sentence) {
        var text = sentence.substring(0, Math.min(sentence.length(), LONGEST_SENTENCE));
        var lead = LEAD.matcher(text);
        while (lead.find()) {
            var seconds = parts(text, lead.end());
            if (seconds != null) {
                return Duration.ofNanos(seconds.movePointRight(9)
                        .min(BigDecimal.valueOf(Long.MAX_VALUE))
                        .longValue());
            }
        }
        return null;
    }

    private static @Nullable BigDecimal parts(String text, int from) {
        BigDecimal sum = null;
        var part = PART.matcher(text).region(from, text.length());
        while (part.lookingAt()) {
            var seconds =
                    new BigDecimal(part.group(1)).multiply(unit(part.group(2).toLowerCase(Locale.ROOT)));
            sum = sum == null ? seconds : sum.add(seconds);
            part.region(part.end(), text.length());
        }
        return sum;
    }

    private static BigDecimal unit(String name) {
        if (name.equals("ms") || name.startsWith("msec") || name.startsWith("milli")) {
            return BigDecimal.valueOf(1, 3);
        }
        return switch (name.charAt(0)) {
            case 'd' -> BigDecimal.valueOf(86_400);
            case 'h' -> BigDecimal.valueOf(3_600);
            case 'm' -> BigDecimal.valueOf(60);
            default -> BigDecimal.ONE;
        };
    }
}
