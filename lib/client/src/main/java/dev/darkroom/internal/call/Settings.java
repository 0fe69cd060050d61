package dev.darkroom.internal.call;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.settings.Connections;
import dev.darkroom.settings.Downloads;
import dev.darkroom.settings.Limits;
import dev.darkroom.settings.RateLimits;
import dev.darkroom.settings.Timeouts;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * What a client is made of, besides its connections.
 *
 * @param access where the API is, what it says, and how we may use it
 * @param timeouts how long to wait for the server
 * @param connections how connections are made and kept
 * @param limits how much of an answer to take
 * @param downloads what becomes of images which a gateway sends by URL
 * @param rateLimits how a request waits, and at which gate
 * @param checking how a request is held against what is known of the gateway
 */
public record Settings(
        EndpointConfig access,
        Timeouts timeouts,
        Connections connections,
        Limits limits,
        Downloads downloads,
        RateLimits rateLimits,
        Checking checking) {

    /**
     * Those of a client that was told nothing else.
     *
     * @param access where the API is
     * @param rateLimits with a gate of its own
     */
    public Settings(EndpointConfig access, RateLimits rateLimits) {
        this(
                access,
                Timeouts.defaults(),
                Connections.defaults(),
                Limits.defaults(),
                Downloads.defaults(),
                rateLimits,
                new Checking());
    }

    /**
     * What the API says.
     *
     * @return its dialect
     */
    public Dialect dialect() {
        return access.dialect();
    }

    /**
     * Another place, key or headers.
     *
     * @param other instead of the access
     * @return a copy
     */
    public Settings with(EndpointConfig other) {
        return new Settings(other, timeouts, connections, limits, downloads, rateLimits, checking);
    }

    /**
     * Other limits on time.
     *
     * @param other instead of the timeouts
     * @return a copy
     */
    public Settings with(Timeouts other) {
        return new Settings(access, other, connections, limits, downloads, rateLimits, checking);
    }

    /**
     * Other limits on bytes.
     *
     * @param other instead of the limits
     * @return a copy
     */
    public Settings with(Limits other) {
        return new Settings(access, timeouts, connections, other, downloads, rateLimits, checking);
    }

    /**
     * Other connections.
     *
     * @param other instead of the connections
     * @return a copy
     */
    public Settings with(Connections other) {
        return new Settings(access, timeouts, other, limits, downloads, rateLimits, checking);
    }

    /**
     * Something else becomes of images by URL.
     *
     * @param other instead of the downloads
     * @return a copy
     */
    public Settings with(Downloads other) {
        return new Settings(access, timeouts, connections, limits, other, rateLimits, checking);
    }

    /**
     * Another way to wait.
     *
     * @param other instead of the rate limits
     * @return a copy
     */
    public Settings with(RateLimits other) {
        return new Settings(access, timeouts, connections, limits, downloads, other, checking);
    }

    /**
     * Another check.
     *
     * @param other instead of the checking
     * @return a copy
     */
    public Settings with(Checking other) {
        return new Settings(access, timeouts, connections, limits, downloads, rateLimits, other);
    }

    /**
     * A value as its user changes it.
     *
     * @param wither through which, for the message
     * @param change of theirs
     * @param value as it is
     * @param <T> what it is
     * @return as it is to be
     */
    public static <T> T changed(String wither, UnaryOperator<T> change, T value) {
        return Objects.requireNonNull(
                change.apply(value), () -> wither + "(..) was given a function that returned null");
    }
}
