package dev.darkroom.dialect;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When the head of an answer says to come back: the first four rules of {@link RetryHint}, which adds what a body says.
 *
 * @param headers values by name in lower case
 * @param receivedAt when it arrived, by our clock
 */
record RetryHeaders(Map<String, String> headers, Instant receivedAt) {

    private static final List<String> RESETS = List.of(
            "ratelimit-reset",
            "x-ratelimit-reset",
            "x-ratelimit-reset-requests",
            "x-ratelimit-reset-tokens",
            "x-ratelimit-reset-images",
            "x-ratelimit-reset-input-images");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final BigDecimal EPOCH_MILLIS_FROM = BigDecimal.valueOf(100_000_000_000L);
    private static final BigDecimal EPOCH_SECONDS_FROM = BigDecimal.valueOf(1_000_000_000L);

    /** How long it is until then; null if it does not say. */
    @Nullable
    Duration delay() {
        var delay = millis(header("retry-after-ms"));
        if (delay == null) {
            delay = millis(header("x-ms-retry-after-ms"));
        }
        if (delay == null) {
            delay = retryAfter();
        }
        if (delay == null) {
            delay = rateLimit(header("ratelimit"));
        }
        return delay == null ? vendors() : delay;
    }

    /** Whether it asks to come back at all, be it at once. */
    boolean areTold() {
        return Stream.of("retry-after-ms", "x-ms-retry-after-ms", "retry-after")
                .map(this::header)
                .filter(Objects::nonNull)
                .anyMatch(value -> number(value) != null || HttpDate.parse(value, receivedAt) != null);
    }

    private @Nullable String header(String name) {
        return headers.get(name);
    }

    /**
     * The reset of what is used up, the last of several; where nothing says what is left, the first. What is not used up does
     * not say when it is.
     */
    private @Nullable Duration vendors() {
        Duration usedUp = null;
        Duration first = null;
        for (String reset : RESETS) {
            var delay = reset(header(reset));
            var left = header(reset.replace("reset", "remaining"));
            if (delay != null && left == null) {
                first = first == null ? delay : first;
            } else if (delay != null && isZero(number(left))) {
                usedUp = usedUp == null || delay.compareTo(usedUp) > 0 ? delay : usedUp;
            }
        }
        return usedUp == null ? first : usedUp;
    }

    /** Of the policies that are used up, the one that resets last; of those that are not, none says when. */
    private static @Nullable Duration rateLimit(@Nullable String field) {
        return field == null
                ? null
                : RateLimitField.parse(field).stream()
                        .filter(item -> Long.valueOf(0).equals(item.number("r")))
                        .map(item -> item.number("t"))
                        .filter(Objects::nonNull)
                        .map(seconds -> positive(BigDecimal.valueOf(seconds)))
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(null);
    }

    private static boolean isZero(@Nullable BigDecimal number) {
        return number != null && number.signum() == 0;
    }

    private static @Nullable Duration millis(@Nullable String value) {
        var number = number(value);
        return number == null ? null : positive(number.movePointLeft(3));
    }

    private @Nullable Duration retryAfter() {
        var value = header("retry-after");
        var seconds = number(value);
        if (value == null || seconds != null) {
            return seconds == null ? null : positive(seconds);
        }
        var date = HttpDate.parse(value, receivedAt);
        return date == null ? null : positive(Duration.between(serverNow(), date));
    }

    private @Nullable Duration reset(@Nullable String value) {
        if (value == null) {
            return null;
        }
        var number = number(value);
        if (number == null) {
            var duration = GoDuration.parse(value.strip());
            return duration == null ? iso(value.strip()) : positive(duration);
        }
        return delay(number);
    }

    @Nullable
    Duration delay(BigDecimal number) {
        if (number.compareTo(EPOCH_MILLIS_FROM) >= 0) {
            return positive(Duration.between(serverNow(), Instant.ofEpochMilli(capped(number))));
        }
        if (number.compareTo(EPOCH_SECONDS_FROM) >= 0) {
            return positive(Duration.between(serverNow(), Instant.ofEpochSecond(capped(number))));
        }
        return positive(number);
    }

    private @Nullable Duration iso(String value) {
        try {
            return positive(Duration.between(serverNow(), Instant.parse(value)));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The server's clock, as far as it tells. */
    Instant serverNow() {
        var date = header("date");
        var parsed = date == null ? null : HttpDate.parse(date, receivedAt);
        return parsed == null ? receivedAt : parsed;
    }

    private static @Nullable BigDecimal number(@Nullable String value) {
        return value != null && NUMBER.matcher(value.strip()).matches() ? new BigDecimal(value.strip()) : null;
    }

    private static long capped(BigDecimal number) {
        return number.min(
                        BigDecimal.valueOf(Instant.parse("9999-01-01T00:00:00Z").toEpochMilli()))
                .longValue();
    }

    static @Nullable Duration positive(BigDecimal seconds) {
        var capped = seconds.min(BigDecimal.valueOf(LONGEST.toSeconds()));
        return positive(Duration.ofNanos(capped.movePointRight(9).longValue()));
    }

    static @Nullable Duration positive(Duration delay) {
        if (delay.isZero() || delay.isNegative()) {
            return null;
        }
        return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    }

    /** How many there are: they may name accounts. */
    @Override
    public String toString() {
        return "RetryHeaders[" + headers.size() + "]";
    }
}
