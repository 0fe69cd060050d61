package dev.darkroom.settings;

import dev.darkroom.gate.RateGate;
import dev.darkroom.gate.Throttled;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a request waits for a rate limit: {@code images.rateLimits(r -> r.maxWait(ofMinutes(10)).onThrottled(this::show))}.
 * Immutable.
 */
public final class RateLimits {

    /** What lets a request wait for longer, as exceptions name it. */
    public static final String MAX_WAIT = "rateLimits(r -> r.maxWait(..))";

    /** What lets a request be sent with less of its deadline left, as exceptions name it. */
    public static final String LEAST_TIME_TO_SEND = "rateLimits(r -> r.leastTimeToSend(..))";

    private static final Duration WAIT = Duration.ofMinutes(2);

    private final Duration maxWait;
    private final @Nullable Duration leastTimeToSend;
    private final Consumer<Throttled> onThrottled;
    private final RateGate gate;

    private RateLimits(
            Duration maxWait, @Nullable Duration leastTimeToSend, Consumer<Throttled> onThrottled, RateGate gate) {
        this.maxWait = maxWait;
        this.leastTimeToSend = leastTimeToSend;
        this.onThrottled = onThrottled;
        this.gate = gate;
    }

    /**
     * How a client waits that was told nothing but its gate.
     *
     * @param gate who may send, and when
     * @return 2 min at most, and nobody hears of it
     */
    public static RateLimits of(RateGate gate) {
        return new RateLimits(WAIT, null, throttled -> {}, Objects.requireNonNull(gate, "gate"));
    }

    /**
     * How long one request may wait.
     *
     * @return zero never to wait
     */
    public Duration maxWait() {
        return maxWait;
    }

    /**
     * How long one request may wait after it was refused, from the first refusal to the last try, or because others of its
     * quota were: for a closed gate, or for its turn at the pace which the refusals suggest. What does not fit fails at once with
     * a {@link dev.darkroom.image.RateLimitedException}, which holds the earliest instant.
     *
     * @param limit zero or more; 2 min unless set; zero never to wait
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    public RateLimits maxWait(Duration limit) {
        return new RateLimits(Rule.notNegative("the maximum wait", limit), leastTimeToSend, onThrottled, gate);
    }

    /**
     * How much of a deadline must be left for a request to be sent.
     *
     * @return zero or more; null for a second or a tenth of the deadline, whichever is less
     */
    public @Nullable Duration leastTimeToSend() {
        return leastTimeToSend;
    }

    /**
     * How much of a request's {@link dev.darkroom.image.ImageRequest#deadline(Duration) deadline} must be left for it to be sent:
     * an answer that cannot come in time would be paid for and thrown away. With less, it fails with an
     * {@link dev.darkroom.image.UnavailableException}, and nothing was sent.
     *
     * @param rest zero or more; unless set, a second or a tenth of the deadline, whichever is less
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    public RateLimits leastTimeToSend(Duration rest) {
        return new RateLimits(maxWait, Rule.notNegative("the least time to send", rest), onThrottled, gate);
    }

    /**
     * Who hears of each wait.
     *
     * @return all listeners as one
     */
    public Consumer<Throttled> onThrottled() {
        return onThrottled;
    }

    /**
     * Hears of each wait for a rate limit before it begins. For a while after one, requests leave at the pace which the
     * refusals suggest: a wait for that is told, too, if it is longer than a second. Of the requests of all: one subscription
     * hears of its own by {@link dev.darkroom.gate.Throttled#listener(Consumer)}.
     *
     * @param listener called on an event loop or timer thread, which other requests share: one that blocks holds them all
     *     up. Listeners add up; none unless set. One that throws fails its request with a
     *     {@link dev.darkroom.image.RejectedException} that says so, its cause what was thrown; others are not hurt
     * @return a copy
     */
    public RateLimits onThrottled(Consumer<Throttled> listener) {
        return new RateLimits(maxWait, leastTimeToSend, onThrottled.andThen(listener), gate);
    }

    /**
     * Who may send, and when.
     *
     * @return the gate
     */
    public RateGate gate() {
        return gate;
    }

    /**
     * Another gate, for example one which several clients of an application share because they share a quota. Copies of a
     * client share theirs anyway.
     *
     * @param shared who may send, and when; unless set one in memory, of this client and its copies
     * @return a copy
     */
    public RateLimits gate(RateGate shared) {
        return new RateLimits(maxWait, leastTimeToSend, onThrottled, Objects.requireNonNull(shared, "gate"));
    }

    /** Two listeners, and two gates, are equal if they are the same one. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RateLimits that
                && maxWait.equals(that.maxWait)
                && Objects.equals(leastTimeToSend, that.leastTimeToSend)
                && onThrottled.equals(that.onThrottled)
                && gate.equals(that.gate);
    }

    @Override
    public int hashCode() {
        return Objects.hash(maxWait, leastTimeToSend, onThrottled, gate);
    }

    @Override
    public String toString() {
        return "RateLimits[maxWait=" + maxWait + ", leastTimeToSend=" + leastTimeToSend + "]";
    }
}
