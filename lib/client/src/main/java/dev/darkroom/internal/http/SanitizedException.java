package dev.darkroom.internal.http;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.timeout.ReadTimeoutException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.PrematureCloseException;

/**
 * Stands for an exception whose message may repeat what the other side sent: a status line, a header, the beginning of a
 * picture. It says which it was and where it came from, and nothing else.
 */
final class SanitizedException extends Exception {

    private static final long serialVersionUID = 1;

    private static final int DEEPEST = 10;

    /** Their messages are made of names and addresses that we asked for. */
    private static final Set<Class<?>> HARMLESS = Set.of(
            HttpFailure.class,
            AddressGuard.DeniedException.class,
            ConnectException.class,
            ConnectTimeoutException.class,
            UnknownHostException.class,
            ClosedChannelException.class,
            ReadTimeoutException.class,
            AbortedException.class,
            PrematureCloseException.class);

    private SanitizedException(Throwable original, @Nullable Throwable cause) {
        super(original.getClass().getName(), cause);
        setStackTrace(original.getStackTrace());
    }

    /** The exception itself if nothing of it can quote, with all that it carries; otherwise what stands for it. */
    static Throwable of(Throwable original) {
        return isHarmless(original, DEEPEST) ? original : standIn(original, DEEPEST);
    }

    private static Throwable standIn(Throwable original, int depth) {
        var cause = original.getCause();
        if (isHarmless(original, DEEPEST)) {
            return original;
        }
        return new SanitizedException(original, cause == null || depth == 0 ? null : standIn(cause, depth - 1));
    }

    private static boolean isHarmless(Throwable failure, int depth) {
        if (depth == 0 || !isKnown(failure)) {
            return false;
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (!isHarmless(suppressed, depth - 1)) {
                return false;
            }
        }
        return failure.getCause() == null || isHarmless(failure.getCause(), depth - 1);
    }

    private static boolean isKnown(Throwable failure) {
        return HARMLESS.stream().anyMatch(type -> type.isInstance(failure))
                && !(failure instanceof ProxyConnectException); // which repeats what the proxy said
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
