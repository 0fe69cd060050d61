package dev.darkroom.cli;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * So many requests in so much time, as {@code --quota} says it.
 *
 * @param requests how many
 * @param period in how long
 */
record RequestRate(int requests, Duration period) {

    private static final Pattern RATE = Pattern.compile("\\s*(\\d{1,9})\\s*/(.+)", Pattern.DOTALL);

    /** {@code 10/s}, {@code 60/min}, {@code 5/1m}, {@code 20/10s}: a unit alone is one of it. */
    static RequestRate parse(String word) {
        var rate = RATE.matcher(word);
        var requests = rate.matches() ? Integer.parseInt(rate.group(1)) : 0;
        if (requests < 1) {
            throw usageError(word);
        }
        try {
            var unit = Durations.unit(rate.group(2));
            return new RequestRate(requests, Objects.requireNonNullElseGet(unit, () -> Durations.parse(rate.group(2))));
        } catch (IllegalArgumentException e) {
            throw usageError(word);
        }
    }

    private static IllegalArgumentException usageError(String word) {
        return new IllegalArgumentException(
                "'" + word + "' is no quota; try 10/s for ten requests a second, 60/min, or 20/10s");
    }
}
