package dev.darkroom.internal.http;

import dev.darkroom.internal.http.HttpFailure.Kind;
import dev.darkroom.settings.Connections;
import dev.darkroom.settings.Limits;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.timeout.ReadTimeoutException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/**
 * Says in our words why a connection broke, and what that means. The other side's words are not repeated: a malformed head
 * may hold anything.
 */
final class ConnectionFailures {

    private static final int DEEPEST = 10;

    private static final String BROUGHT = "their pool came by customize(..): raise its ";

    private ConnectionFailures() {}

    /**
     * A connection that failed, or was never had.
     *
     * @param ours whether the pool is one of ours, so that its size is ours to advise
     */
    static HttpFailure failure(String host, boolean sent, boolean ours, Throwable cause) {
        var proxy = find(ProxyConnectException.class, cause);
        if (proxy != null) {
            return ProxyFailures.failure(host, sent, proxy);
        }
        if (find(TooLongHttpHeaderException.class, cause) != null) {
            return new HttpFailure(
                    Kind.HEAD_TOO_LARGE,
                    sent,
                    host + " sent a head that exceeds the limit for it; " + Limits.HEAD_BYTES + " raises it",
                    SanitizedException.of(cause));
        }
        var full = full(host, ours, cause);
        if (full != null) {
            return new HttpFailure(Kind.CONNECTION, sent, full, SanitizedException.of(cause));
        }
        var when = sent ? "after the request was sent" : "before the request was sent";
        return new HttpFailure(
                find(ReadTimeoutException.class, cause) != null ? Kind.TIMED_OUT : Kind.CONNECTION,
                sent,
                "the connection to " + host + " failed " + when + " (" + words(cause) + ")",
                SanitizedException.of(cause));
    }

    /** What is said of a pool all of whose connections are in use; null if it is not that. */
    private static @Nullable String full(String host, boolean ours, Throwable cause) {
        if (find(PoolAcquireTimeoutException.class, cause) != null) {
            return "all connections to " + host + " are in use, and none became free in time; "
                    + (ours
                            ? Connections.MAX + " allows more, " + Connections.MAX_WAIT + " waits longer"
                            : BROUGHT + "maxConnections or pendingAcquireTimeout");
        }
        if (find(PoolAcquirePendingLimitException.class, cause) != null) {
            return "all connections to " + host + " are in use, and as many requests wait for one as may; "
                    + (ours
                            ? Connections.MAX + " allows more, " + Connections.MAX_WAITING + " lets more wait"
                            : BROUGHT + "maxConnections or pendingAcquireMaxCount");
        }
        return null;
    }

    /** The server never accepted what was written. */
    static HttpFailure refusal(String host, String why, Throwable cause) {
        return new HttpFailure(
                Kind.CONNECTION, false, host + " did not take the request: " + why, SanitizedException.of(cause));
    }

    private static String words(Throwable cause) {
        var root = Exceptions.unwrap(cause);
        if (root instanceof ConnectTimeoutException) {
            return "it was not made in time";
        }
        if (root instanceof ConnectException) {
            return "refused";
        }
        if (root instanceof UnknownHostException) {
            return "unknown host";
        }
        if (root instanceof SSLException || root.getCause() instanceof SSLException) {
            return "TLS";
        }
        return root instanceof PrematureCloseException
                ? "closed"
                : root.getClass().getSimpleName();
    }

    static <E extends Throwable> @Nullable E find(Class<E> type, Throwable failure) {
        var cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
            cause = cause.getCause();
        }
        return null;
    }
}
