package dev.darkroom.internal.call;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.gate.RateGate;
import dev.darkroom.internal.http.Timeouts;
import dev.darkroom.internal.wire.WireLimits;

/**
 * What a client is made of, besides its connections.
 *
 * @param dialect what the API says
 * @param access where it is and how we may use it
 * @param timeouts how long to wait for the server
 * @param limits how much of an answer to take
 * @param waiting how a refused request may wait
 * @param gate who may send, and when; shared by copies
 * @param checking how a request is held against what is known of the gateway
 * @param urlImages what becomes of images which a gateway sends by URL
 */
public record Settings(
        Dialect dialect,
        EndpointConfig access,
        Timeouts timeouts,
        WireLimits limits,
        RetrySettings waiting,
        RateGate gate,
        Checking checking,
        UrlImageRule urlImages) {

    /**
     * Another place, key or headers.
     *
     * @param other instead of the access
     * @return a copy
     */
    public Settings with(EndpointConfig other) {
        return new Settings(dialect, other, timeouts, limits, waiting, gate, checking, urlImages);
    }

    /**
     * Other limits on time.
     *
     * @param other instead of the timeouts
     * @return a copy
     */
    public Settings with(Timeouts other) {
        return new Settings(dialect, access, other, limits, waiting, gate, checking, urlImages);
    }

    /**
     * Other limits on bytes.
     *
     * @param other instead of the limits
     * @return a copy
     */
    public Settings with(WireLimits other) {
        return new Settings(dialect, access, timeouts, other, waiting, gate, checking, urlImages);
    }

    /**
     * Another way to wait.
     *
     * @param other instead of the waiting
     * @return a copy
     */
    public Settings with(RetrySettings other) {
        return new Settings(dialect, access, timeouts, limits, other, gate, checking, urlImages);
    }

    /**
     * Another gate.
     *
     * @param other instead of the gate
     * @return a copy
     */
    public Settings with(RateGate other) {
        return new Settings(dialect, access, timeouts, limits, waiting, other, checking, urlImages);
    }

    /**
     * Another check.
     *
     * @param other instead of the checking
     * @return a copy
     */
    public Settings with(Checking other) {
        return new Settings(dialect, access, timeouts, limits, waiting, gate, other, urlImages);
    }

    /**
     * Something else becomes of images by URL.
     *
     * @param other instead of the rule
     * @return a copy
     */
    public Settings with(UrlImageRule other) {
        return new Settings(dialect, access, timeouts, limits, waiting, gate, checking, other);
    }

    /** Asks the dialect only for what it takes. */
    Settings fitted() {
        return new Settings(
                new OptionFilter(dialect, checking.lenient()),
                access,
                timeouts,
                limits,
                waiting,
                gate,
                checking,
                urlImages);
    }
}
