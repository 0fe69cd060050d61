package dev.darkroom.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long, as people write it: {@code 90s}, {@code 2 min}, {@code 1m30s}, {@code 500ms}, {@code PT1M30S}. */
final class Durations {

    private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s*([a-z]+)\\s*");

    private Durations() {}

    /** Longer than nothing, or an {@link IllegalArgumentException} with examples. */
    static Duration parse(String word) {
        var text = word.strip().toLowerCase(Locale.ROOT);
        var duration = text.startsWith("p") ? iso(text) : sum(text);
        if (duration == null || duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("'" + word + "' is no duration; try 90s, 2m, 1m30s, 500ms or PT1M30S");
        }
        return duration;
    }

    /** One of a unit; null if there is no such unit. */
    static @Nullable Duration unit(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "ms", "msec", "millis", "millisecond", "milliseconds" -> Duration.ofMillis(1);
            case "s", "sec", "secs", "second", "seconds" -> Duration.ofSeconds(1);
            case "m", "min", "mins", "minute", "minutes" -> Duration.ofMinutes(1);
            case "h", "hr", "hrs", "hour", "hours" -> Duration.ofHours(1);
            case "d", "day", "days" -> Duration.ofDays(1);
            default -> null;
        };
    }

    private static @Nullable Duration sum(String text) {
        var sum = Duration.ZERO;
        var parts = PART.matcher(text);
        var end = 0;
        while (parts.find() && parts.start() == end) {
            end = parts.end();
            var unit = unit(parts.group(2));
            if (unit == null) {
                return null;
            }
            var nanos = new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(unit.toMillis() * 1_000_000));
            sum = sum.plus(Duration.ofSeconds(
                    nanos.movePointLeft(9).longValue(),
                    nanos.remainder(BigDecimal.valueOf(1_000_000_000)).longValue()));
        }
        return end == text.length() ? sum : null;
    }

    private static @Nullable Duration iso(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
