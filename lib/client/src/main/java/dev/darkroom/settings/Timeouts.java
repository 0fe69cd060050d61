package dev.darkroom.settings;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait for the server: {@code images.timeouts(t -> t.silence(ofMinutes(1)))}. Four separate limits, none of which
 * runs while your subscriber is the one who is waited for. One that runs out ends the request with an
 * {@link dev.darkroom.image.OutcomeUnknownException} ({@code TIMED_OUT}), or, if nothing was sent, an
 * {@link dev.darkroom.image.UnavailableException}. Each is more than zero; ten years and more are no limit. Immutable.
 */
public final class Timeouts {

    /** What gives the head of an answer more time, as exceptions name it. */
    public static final String FIRST_BYTE = "timeouts(t -> t.firstByte(..))";

    /** What lets the server be silent for longer, as exceptions name it. */
    public static final String SILENCE = "timeouts(t -> t.silence(..))";

    /** What gives an attempt more time altogether, as exceptions name it. */
    public static final String TOTAL = "timeouts(t -> t.total(..))";

    /** Long enough for the slowest renders that gateways document. */
    private static final Timeouts DEFAULTS =
            new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofMinutes(5), null);

    private final Duration connect;
    private final Duration firstByte;
    private final Duration silence;
    private final @Nullable Duration total;

    private Timeouts(Duration connect, Duration firstByte, Duration silence, @Nullable Duration total) {
        this.connect = connect;
        this.firstByte = firstByte;
        this.silence = silence;
        this.total = total;
    }

    /**
     * The timeouts of a client that was told none.
     *
     * @return 10 s to connect, 10 min to the head of the answer, 5 min of silence, no limit in total
     */
    public static Timeouts defaults() {
        return DEFAULTS;
    }

    /**
     * How long to wait for a connection.
     *
     * @return more than zero
     */
    public Duration connect() {
        return connect;
    }

    /**
     * How long to wait for a connection.
     *
     * @param limit more than zero; 10 s unless set
     * @return a copy
     * @throws IllegalArgumentException if it is not more than zero
     */
    public Timeouts connect(Duration limit) {
        return new Timeouts(Rule.moreThanZero("the connect timeout", limit), firstByte, silence, total);
    }

    /**
     * How long to wait for the head of the answer.
     *
     * @return more than zero
     */
    public Duration firstByte() {
        return firstByte;
    }

    /**
     * How long to wait for the head of the answer, once the server has taken the request. Where nothing is streamed that is the
     * whole render; where the gateway answers with a task to be asked for, it is how long that may take without anything new.
     *
     * @param limit more than zero; 10 min unless set
     * @return a copy
     * @throws IllegalArgumentException if it is not more than zero
     */
    public Timeouts firstByte(Duration limit) {
        return new Timeouts(connect, Rule.moreThanZero("the first-byte timeout", limit), silence, total);
    }

    /**
     * How long the server may be silent.
     *
     * @return more than zero
     */
    public Duration silence() {
        return silence;
    }

    /**
     * How long the server may be silent while it answers, or take nothing of the request; a keep-alive ends a silence.
     *
     * @param limit more than zero; 5 min unless set
     * @return a copy
     * @throws IllegalArgumentException if it is not more than zero
     */
    public Timeouts silence(Duration limit) {
        return new Timeouts(connect, firstByte, Rule.moreThanZero("the silence timeout", limit), total);
    }

    /**
     * How long to wait for the server altogether in one attempt.
     *
     * @return more than zero; null for no limit
     */
    public @Nullable Duration total() {
        return total;
    }

    /**
     * How long to wait for the server altogether in one attempt. Time in which your subscriber wants nothing does not count;
     * {@link dev.darkroom.image.ImageRequest#deadline(Duration)} spans all attempts and the waits between them.
     *
     * @param limit more than zero; no limit unless set
     * @return a copy
     * @throws IllegalArgumentException if it is not more than zero
     */
    public Timeouts total(Duration limit) {
        return new Timeouts(connect, firstByte, silence, Rule.moreThanZero("the total timeout", limit));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Timeouts that
                && connect.equals(that.connect)
                && firstByte.equals(that.firstByte)
                && silence.equals(that.silence)
                && Objects.equals(total, that.total);
    }

    @Override
    public int hashCode() {
        return Objects.hash(connect, firstByte, silence, total);
    }

    @Override
    public String toString() {
        return "Timeouts[connect=" + connect + ", firstByte=" + firstByte + ", silence=" + silence + ", total=" + total
                + "]";
    }
}
