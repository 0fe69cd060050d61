package dev.darkroom.settings;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How connections are made and kept: {@code images.connections(c -> c.http2(true).maxLife(ofMinutes(1)))}. They belong to a client
 * and all its copies; what is said of their number and age does not hold for a pool that {@code customize(..)} brings along, which has
 * its own rules. Immutable.
 */
public final class Connections {

    /** What offers HTTP/2, as exceptions name it. */
    public static final String HTTP2 = "connections(c -> c.http2(..))";

    /** What allows more connections, as exceptions name it. */
    public static final String MAX = "connections(c -> c.max(..))";

    /** What lets a request wait longer for a connection, as exceptions name it. */
    public static final String MAX_WAIT = "connections(c -> c.maxWait(..))";

    /** What lets more requests wait for a connection, as exceptions name it. */
    public static final String MAX_WAITING = "connections(c -> c.maxWaiting(..))";

    /**
     * So many that the pool is never the queue in which requests wait: waiting is the gate's business. An idle connection is given up
     * before common load balancers do, so that we seldom write into a closing one; and a name may mean another address after a few
     * minutes.
     */
    private static final Connections DEFAULTS = new Connections(
            false, 10_000, Duration.ofSeconds(45), 10_000, Duration.ofSeconds(20), Duration.ofMinutes(5));

    private final boolean http2;
    private final int max;
    private final Duration maxWait;
    private final int maxWaiting;
    private final Duration maxIdle;
    private final Duration maxLife;

    private Connections(boolean http2, int max, Duration maxWait, int maxWaiting, Duration maxIdle, Duration maxLife) {
        this.http2 = http2;
        this.max = max;
        this.maxWait = maxWait;
        this.maxWaiting = maxWaiting;
        this.maxIdle = maxIdle;
        this.maxLife = maxLife;
    }

    /**
     * The connections of a client that was told nothing of them.
     *
     * @return HTTP/1.1; 10,000 to one host, for which as many requests wait, 45 s at most; idle for 20 s, and used for 5 min
     */
    public static Connections defaults() {
        return DEFAULTS;
    }

    /**
     * Whether HTTP/2 is offered.
     *
     * @return false if HTTP/1.1 alone is spoken
     */
    public boolean http2() {
        return http2;
    }

    /**
     * Whether HTTP/2 is offered where TLS is, and spoken with a server that takes it; one that does not is spoken to in HTTP/1.1, as
     * is every {@code http://} URL. Requests to one host then share connections, as many at a time as the server allows on each.
     *
     * @param offered false unless set
     * @return a copy
     */
    public Connections http2(boolean offered) {
        return new Connections(offered, max, maxWait, maxWaiting, maxIdle, maxLife);
    }

    /**
     * How many connections there may be to one host.
     *
     * @return more than zero
     */
    public int max() {
        return max;
    }

    /**
     * How many connections there may be to one host at a time, of the API and of downloads each. With fewer than there are requests
     * at a time, requests wait here behind their turn at the rate limit: better let fewer through, {@code flatMap(client::generate, 8, 1)}.
     *
     * @param limit more than zero; 10,000 unless set
     * @return a copy
     * @throws IllegalArgumentException if it is not more than zero
     */
    public Connections max(int limit) {
        return new Connections(
                http2, Rule.moreThanZero("the number of connections", limit), maxWait, maxWaiting, maxIdle, maxLife);
    }

    /**
     * How long a request waits for a connection where all are in use.
     *
     * @return more than zero
     */
    public Duration maxWait() {
        return maxWait;
    }

    /**
     * How long a request waits for a connection where all are in use; then it fails with an
     * {@link dev.darkroom.image.UnavailableException}, and nothing was sent.
     *
     * @param limit more than zero; 45 s unless set
     * @return a copy
     * @throws IllegalArgumentException if it is not more than zero
     */
    public Connections maxWait(Duration limit) {
        return new Connections(
                http2, max, Rule.moreThanZero("the wait for a connection", limit), maxWaiting, maxIdle, maxLife);
    }

    /**
     * How many requests may wait for a connection.
     *
     * @return more than zero
     */
    public int maxWaiting() {
        return maxWaiting;
    }

    /**
     * How many requests may wait for a connection to one host where all are in use; one more fails at once, as after
     * {@link #maxWait(Duration)}. Over HTTP/2 it is not counted.
     *
     * @param limit more than zero; 10,000 unless set
     * @return a copy
     * @throws IllegalArgumentException if it is not more than zero
     */
    public Connections maxWaiting(int limit) {
        return new Connections(
                http2,
                max,
                maxWait,
                Rule.moreThanZero("the number of requests that wait for a connection", limit),
                maxIdle,
                maxLife);
    }

    /**
     * How long a connection may lie idle.
     *
     * @return more than zero
     */
    public Duration maxIdle() {
        return maxIdle;
    }

    /**
     * How long a connection may lie idle before it is closed.
     *
     * @param limit more than zero; 20 s unless set
     * @return a copy
     * @throws IllegalArgumentException if it is not more than zero
     */
    public Connections maxIdle(Duration limit) {
        return new Connections(
                http2,
                max,
                maxWait,
                maxWaiting,
                Rule.moreThanZero("the time a connection may lie idle", limit),
                maxLife);
    }

    /**
     * How long a connection is used.
     *
     * @return more than zero
     */
    public Duration maxLife() {
        return maxLife;
    }

    /**
     * How long a connection is used before its host is looked up anew for another one, so that an address which is gone is not used
     * for ever. It never ends a request: a connection that is older by the end of one is closed then.
     *
     * @param limit more than zero; 5 min unless set
     * @return a copy
     * @throws IllegalArgumentException if it is not more than zero
     */
    public Connections maxLife(Duration limit) {
        return new Connections(
                http2, max, maxWait, maxWaiting, maxIdle, Rule.moreThanZero("the time a connection is used", limit));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Connections that
                && http2 == that.http2
                && max == that.max
                && maxWait.equals(that.maxWait)
                && maxWaiting == that.maxWaiting
                && maxIdle.equals(that.maxIdle)
                && maxLife.equals(that.maxLife);
    }

    @Override
    public int hashCode() {
        return Objects.hash(http2, max, maxWait, maxWaiting, maxIdle, maxLife);
    }

    @Override
    public String toString() {
        return "Connections[http2=" + http2 + ", max=" + max + ", maxWait=" + maxWait + ", maxWaiting=" + maxWaiting
                + ", maxIdle=" + maxIdle + ", maxLife=" + maxLife + "]";
    }
}
