package dev.darkroom.dialect;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
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
 *   <li>the hint in the body, which the dialect has read;
 *   <li>what the gateway's sentence says: {@code Please try again in 12s}.
 * </ol>
 *
 * <p>What is not positive, or not a number, is no hint. What is absurdly far away counts as a year, so that no caller
 * waits for it.
 */
public final class RetryHint {

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
        var delay = headers(reply).delay();
        if (delay == null && bodySeconds != null) {
            delay = RetryHeaders.positive(bodySeconds);
        }
        if (delay == null && sentence != null) {
            delay = inWords(sentence);
        }
        return delay == null ? null : reply.receivedAt().plus(delay);
    }

    private static @Nullable Duration inWords(String sentence) {
        var delay = SpokenDelay.in(sentence);
        return delay == null ? null : RetryHeaders.positive(delay);
    }

    /**
     * How long it is until an instant that an answer names as a number.
     *
     * @param reply the head of the answer, against whose {@code Date} it is held
     * @param epoch seconds or milliseconds since 1970
     * @return seconds; null if it is over
     */
    public static @Nullable BigDecimal secondsUntil(Reply reply, BigDecimal epoch) {
        var delay = headers(reply).delay(epoch);
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
            return seconds(Duration.between(headers(reply).serverNow(), until));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
    }

    /**
     * Whether the head of an answer asks to come back at all, be it at once.
     *
     * @param reply the head
     * @return true if it names a time in {@code Retry-After} or its like
     */
    public static boolean isTold(Reply reply) {
        return headers(reply).areTold();
    }

    private static RetryHeaders headers(Reply reply) {
        return new RetryHeaders(reply.headers(), reply.receivedAt());
    }
}
