package dev.darkroom.dialect;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a refusal says to come back, as an instant by our clock. In this order, the first that makes sense:
 *
 * <ol>
 *   <li>{@code retry-after-ms}, {@code x-ms-retry-after-ms}: milliseconds;
 *   <li>{@code Retry-After} (<a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">RFC 9110, 10.2.3</a>):
 *       seconds, also fractional, or a date, which is held against the answer's own {@code Date} because clocks differ;
 *   <li>{@code RateLimit}: the {@code t} of a policy that is used up ({@code RateLimit-Policy} says how long a window is, not
 *       when it ends, and is no hint);
 *   <li>{@code RateLimit-Reset}, {@code X-RateLimit-Reset}, {@code X-RateLimit-Reset-Requests}, {@code -Tokens},
 *       {@code -Images}, {@code -Input-Images}, of what has nothing {@code Remaining}: an instant in epoch seconds, epoch
 *       milliseconds or ISO 8601, or from now in seconds or as Go writes durations;
 *   <li>the hint in the body ;
 *   <li>what the gateway's sentence says .
 * </ol>
 *
 * <p>What is not positive, or not a number, is no hint. What is absurdly far away counts as a year, so that no caller
 * waits for it.
 */
public final class RetryHint {

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

    private RetryHint() {}

    /**
     * Reads the hint of an answer.
     *
     * @param reply its head
     * @param bodySeconds the hint in its body in seconds; null if there is none
     * @return the instant, later than {@link Reply#receivedAt()}; null if there is no hint
     */
    public static @Nullable Instant of(Reply reply, @Nullable BigDecimal bodySeconds) {
        return of(reply, bodySeconds, null);
    }

    /**
     * Reads the hint of an answer.
     *
     * @param reply its head
     * @param bodySeconds the hint in its body in seconds; null if there is none
     * @param sentence what the gateway says in words; null if it says nothing
     * @return the instant, later than {@link Reply#receivedAt()}; null if there is no hint
     */
    public static @Nullable Instant of(Reply reply, @Nullable BigDecimal bodySeconds, @Nullable String sentence) {
        var delay = millis(reply.header("retry-after-ms"));
        if (delay == null) {
            delay = millis(reply.header("x-ms-retry-after-ms"));
        }
        if (delay == null) {
            delay = retryAfter(reply);
        }
        if (delay == null) {
            delay = rateLimit(reply.header("ratelimit"));
        }
        if (delay == null) {
            delay = vendors(reply);
        }
        if (delay == null && bodySeconds != null) {
            delay = positive(bodySeconds);
        }
        if (delay == null && sentence != null) {
            delay = inWords(sentence);
        }
        return delay == null ? null : reply.receivedAt().plus(delay);
    }

    private static @Nullable Duration inWords(String sentence) {
        var delay = SpokenDelay.in(sentence);
        return delay == null ? null : positive(delay);
    }

    /**
     * The reset of what is used up, the last of several; where nothing says what is left, the first. What is not used up does
     * not say when it is.
     */
    private static @Nullable Duration vendors(Reply reply) {
        Duration usedUp = null;
        Duration first = null;
        for (String reset : RESETS) {
            var delay = reset(reply, reply.header(reset));
            var left = reply.header(reset.replace("reset", "remaining"));
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

    private static @Nullable Duration retryAfter(Reply reply) {
        var value = reply.header("retry-after");
        var seconds = number(value);
        if (value == null || seconds != null) {
            return seconds == null ? null : positive(seconds);
        }
        var date = HttpDate.parse(value, reply.receivedAt());
        return date == null ? null : positive(Duration.between(serverNow(reply), date));
    }

    private static @Nullable Duration reset(Reply reply, @Nullable String value) {
        if (value == null) {
            return null;
        }
        var number = number(value);
        if (number == null) {
            var duration = GoDuration.parse(value.strip());
            return duration == null ? iso(reply, value.strip()) : positive(duration);
        }
        return delay(reply, number);
    }

    /**
     * How long it is until an instant that an answer names as a number.
     *
     * @param reply the head of the answer, against whose {@code Date} it is held
     * @param epoch seconds or milliseconds since 1970
     * @return seconds; null if it is over
     */
    public static @Nullable BigDecimal secondsUntil(Reply reply, BigDecimal epoch) {
        var delay = delay(reply, epoch);
        return delay == null ? null : BigDecimal.valueOf(delay.toMillis(), 3);
    }

    /**
     * How long it is until what an answer says as a text.
     *
     * @param reply the head of the answer, against whose {@code Date} it is held
     * @param text {@code 4s}, {@code 1m30s}, a date of HTTP or of ISO 8601
     * @return seconds, negative if it is over; null if it is none of these
     */
    public static @Nullable BigDecimal secondsUntil(Reply reply, String text) {
        var duration = GoDuration.parse(text);
        if (duration != null) {
            return seconds(duration);
        }
        var date = HttpDate.parse(text, reply.receivedAt());
        try {
            var until = date == null ? Instant.parse(text) : date;
            return seconds(Duration.between(serverNow(reply), until));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
    }

    private static @Nullable Duration delay(Reply reply, BigDecimal number) {
        if (number.compareTo(EPOCH_MILLIS_FROM) >= 0) {
            return positive(Duration.between(serverNow(reply), Instant.ofEpochMilli(capped(number))));
        }
        if (number.compareTo(EPOCH_SECONDS_FROM) >= 0) {
            return positive(Duration.between(serverNow(reply), Instant.ofEpochSecond(capped(number))));
        }
        return positive(number);
    }

    private static @Nullable Duration iso(Reply reply, String value) {
        try {
            return positive(Duration.between(serverNow(reply), Instant.parse(value)));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * Whether the head of an answer asks to come back at all, be it at once.
     *
     * @param reply the head
     * @return true if it names a time in {@code Retry-After} or its like
     */
    public static boolean isTold(Reply reply) {
        return Stream.of("retry-after-ms", "x-ms-retry-after-ms", "retry-after")
                .map(reply::header)
                .filter(Objects::nonNull)
                .anyMatch(value -> number(value) != null || HttpDate.parse(value, reply.receivedAt()) != null);
    }

    /** The server's clock, as far as it tells. */
    private static Instant serverNow(Reply reply) {
        var date = reply.header("date");
        var parsed = date == null ? null : HttpDate.parse(date, reply.receivedAt());
        return parsed == null ? reply.receivedAt() : parsed;
    }

    private static @Nullable BigDecimal number(@Nullable String value) {
        return value != null && NUMBER.matcher(value.strip()).matches() ? new BigDecimal(value.strip()) : null;
    }

    private static long capped(BigDecimal number) {
        return number.min(
                        BigDecimal.valueOf(Instant.parse("9999-01-01T00:00:00Z").toEpochMilli()))
                .longValue();
    }

    private static @Nullable Duration positive(BigDecimal seconds) {
        var capped = seconds.min(BigDecimal.valueOf(LONGEST.toSeconds()));
        return positive(Duration.ofNanos(capped.movePointRight(9).longValue()));
    }

    private static @Nullable Duration positive(Duration delay) {
        if (delay.isZero() || delay.isNegative()) {
            return null;
        }
        return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    }
}
