package dev.darkroom.internal.http;

import dev.darkroom.internal.http.HttpFailure.Kind;
import io.netty.handler.proxy.ProxyConnectException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Says in our words why a proxy opened no tunnel, which proxy that was, and whether it ever will. Never with what the proxy said
 * besides, nor with what it was told of us.
 */
final class ProxyFailures {

    /** How Netty's handlers tell what a proxy said: the protocol, how we proved who we are, from where to where, why. */
    private static final Pattern TOLD =
            Pattern.compile("(?s)(http|socks4|socks5), ([^,]*), (?:[^/,]*/)?([^ ,/]{1,300}?) => [^,]*(?:, (.*))?");

    private static final Pattern HTTP_STATUS = Pattern.compile("status: ([0-9]{3})\\b.*", Pattern.DOTALL);

    /** What SOCKS has to say on who we are. */
    private static final Pattern SOCKS_CREDENTIALS =
            Pattern.compile("authStatus: .*|unexpected authMethod: .*|status: IDENTD_.*", Pattern.DOTALL);

    /** What SOCKS refuses now and later: a rule of its own, or an address or command that it does not know. */
    private static final Pattern SOCKS_REFUSAL =
            Pattern.compile("status: (FORBIDDEN|COMMAND_UNSUPPORTED|ADDRESS_UNSUPPORTED)\\b.*", Pattern.DOTALL);

    private ProxyFailures() {}

    static HttpFailure failure(String host, boolean sent, ProxyConnectException refusal) {
        var told = TOLD.matcher(String.valueOf(refusal.getMessage()));
        var known = told.matches();
        var proxy =
                known ? "the " + told.group(1).toUpperCase(Locale.ROOT) + " proxy at " + told.group(3) : "the proxy";
        var why = known && told.group(4) != null ? told.group(4) : "";
        var status = HTTP_STATUS.matcher(why);
        var code = status.matches() ? Integer.parseInt(status.group(1)) : 0;
        var kind = code > 0 ? kind(code) : kind(why);
        var named = known && !told.group(2).equals("none");
        return new HttpFailure(
                kind,
                sent,
                proxy + " " + what(kind, code, why, named) + " for " + host,
                SanitizedException.of(refusal));
    }

    private static Kind kind(int code) {
        return switch (code) {
            case 407, 401 -> Kind.PROXY_CREDENTIALS;
            case 408, 425, 429 -> Kind.CONNECTION;
            default -> code >= 400 && code < 500 ? Kind.PROXY_REFUSAL : Kind.CONNECTION;
        };
    }

    private static Kind kind(String why) {
        if (SOCKS_CREDENTIALS.matcher(why).matches()) {
            return Kind.PROXY_CREDENTIALS;
        }
        return SOCKS_REFUSAL.matcher(why).matches() ? Kind.PROXY_REFUSAL : Kind.CONNECTION;
    }

    private static String what(Kind kind, int code, String why, boolean named) {
        var status = code > 0 ? " (" + code + ")" : "";
        if (kind == Kind.PROXY_CREDENTIALS) {
            return (named ? "does not take the credentials it was given" : "asks for credentials") + status
                    + " before it opens a tunnel";
        }
        return switch (why) {
            case "timeout" -> "opened no tunnel in time";
            case "disconnected" -> "hung up before it opened a tunnel";
            default -> (kind == Kind.PROXY_REFUSAL ? "refuses to open a tunnel" : "opened no tunnel") + status;
        };
    }
}
