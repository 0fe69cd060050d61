package dev.darkroom.dialect;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The head of an answer.
 *
 * @param status the HTTP status
 * @param headers values by name, whatever its case; of a repeated header the first
 * @param receivedAt when it arrived, by our clock
 */
public record Reply(int status, Map<String, String> headers, Instant receivedAt) {

    /**
     * Copies the headers.
     *
     * @param status the HTTP status
     * @param headers values by name, whatever its case; of a repeated header the first
     * @param receivedAt when it arrived, by our clock
     */
    public Reply {
        var lowerCase = new TreeMap<String, String>();
        headers.forEach((name, value) -> lowerCase.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        headers = Map.copyOf(lowerCase);
    }

    /**
     * A header.
     *
     * @param name in any case
     * @return its value; null if it was not sent
     */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /**
     * When the head says to come back, if it is a refusal: {@code Retry-After} and its like.
     *
     * @return an instant by our clock, later than {@link #receivedAt()}; null if it does not say
     */
    public @Nullable Instant retryAt() {
        var delay = new RetryHeaders(headers, receivedAt).delay();
        return delay == null ? null : receivedAt.plus(delay);
    }

    /** The status alone: headers may name accounts. */
    @Override
    public String toString() {
        return "Reply[" + status + "]";
    }
}
