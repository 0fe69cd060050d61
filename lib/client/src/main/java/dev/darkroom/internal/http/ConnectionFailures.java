package dev.darkroom.internal.http;

import dev.darkroom.internal.http.HttpFailure.Kind;
import dev.darkroom.settings.Limits;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.timeout.ReadTimeoutException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.netty.http.client.PrematureCloseException;

/**
 * Says in our words why a connection broke, and what that means. The other side's words are not repeated: a malformed head
 * may hold anything.
 */
final class ConnectionFailures {

    private static final int DEEPEST = 10;

    /** How Netty's handlers tell what a proxy said: the protocol, how we proved who we are, from where to where, why. */
    private static final Pattern PROXY =
            Pattern.compile("(?s)(http|socks4|socks5), [^,]*, (?:[^/,]*/)?([^ ,/]{1,300}?) => [^,]*(?:, (.*))?");

    private static final Pattern STATUS = Pattern.compile("status: ([0-9]{3})\\b.*", Pattern.DOTALL);

    private ConnectionFailures() {}

    static HttpFailure failure(String host, boolean sent, Throwable cause) {
        var proxy = find(ProxyConnectException.class, cause);
        if (proxy != null) {
            return ofProxy(host, sent, proxy);
        }
        if (find(TooLongHttpHeaderException.class, cause) != null) {
            return new HttpFailure(
                    Kind.HEAD_TOO_LARGE,
                    sent,
                    host + " sent a head that exceeds the limit for it; " + Limits.HEAD_BYTES + " raises it",
                    SanitizedException.of(cause));
        }
        var when = sent ? "after the request was sent" : "before the request was sent";
        return new HttpFailure(
                find(ReadTimeoutException.class, cause) != null ? Kind.TIMED_OUT : Kind.CONNECTION,
                sent,
                "the connection to " + host + " failed " + when + " (" + words(cause) + ")",
                SanitizedException.of(cause));
    }

    private static HttpFailure ofProxy(String host, boolean sent, ProxyConnectException refusal) {
        var told = PROXY.matcher(String.valueOf(refusal.getMessage()));
        var known = told.matches();
        var proxy =
                known ? "the " + told.group(1).toUpperCase(Locale.ROOT) + " proxy at " + told.group(2) : "the proxy";
        var why = known && told.group(3) != null ? told.group(3) : "";
        var status = STATUS.matcher(why);
        var code = status.matches() ? Integer.parseInt(status.group(1)) : 0;
        var kind = switch (code) {
            case 407, 401 -> Kind.PROXY_CREDENTIALS;
            case 408, 425, 429 -> Kind.CONNECTION;
            default -> code >= 400 && code < 500 ? Kind.PROXY_REFUSAL : Kind.CONNECTION;
        };
        return new HttpFailure(
                kind, sent, proxy + " " + what(kind, code, why) + " for " + host, SanitizedException.of(refusal));
    }

    private static String what(Kind kind, int code, String why) {
        if (kind == Kind.PROXY_CREDENTIALS) {
            return "asks for credentials (" + code + ") before it opens a tunnel";
        }
        if (code > 0) {
            return "opened no tunnel (" + code + ")";
        }
        return switch (why) {
            case "timeout" -> "opened no tunnel in time";
            case "disconnected" -> "hung up before it opened a tunnel";
            default -> "opened no tunnel";
        };
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

    private static <E extends Throwable> @Nullable E find(Class<E> type, Throwable failure) {
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
