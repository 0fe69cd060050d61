package dev.darkroom;

import dev.darkroom.internal.call.Settings;
import dev.darkroom.internal.http.Connections;
import dev.darkroom.internal.http.Downloads;
import dev.darkroom.internal.http.Transport;
import java.util.function.UnaryOperator;
import reactor.netty.http.client.HttpClient;

/**
 * The ways out of one client and its copies. Copies share them as long as nothing changes of which they are made, because
 * a pool keeps connections apart that were made in different ways.
 *
 * @param connections all of them
 * @param base reactor-netty's client as the user wants it, for the API
 * @param outside the same for downloads, usually the same one
 * @param headBytes how large the head of an answer may be
 * @param transport to the API
 * @param downloads to everywhere else
 */
record Transports(
        Connections connections,
        HttpClient base,
        HttpClient outside,
        int headBytes,
        Transport transport,
        Downloads downloads) {

    private static final int HEAD_BYTES = 64 * 1024;

    /** More than any head, and a number that a codec can count up to. */
    private static final int MOST_HEAD_BYTES = 1 << 30;

    static Transports of(Settings settings, Connections connections, HttpClient base) {
        return of(settings, connections, base, base, HEAD_BYTES);
    }

    private static Transports of(
            Settings settings, Connections connections, HttpClient base, HttpClient outside, int headBytes) {
        var connect = settings.timeouts().connect();
        var transport = Transport.over(connections, base, connect, headBytes);
        var others = outside == base ? transport : Transport.over(connections, outside, connect, headBytes);
        return new Transports(
                connections,
                base,
                outside,
                headBytes,
                transport,
                Downloads.over(others, settings.urlImages().sources()));
    }

    Transports customized(Settings settings, UnaryOperator<HttpClient> customization) {
        var customized = customization.apply(base);
        return of(
                settings,
                connections,
                customized,
                outside == base ? customized : customization.apply(outside),
                headBytes);
    }

    Transports customizedOutside(Settings settings, UnaryOperator<HttpClient> customization) {
        return of(settings, connections, base, customization.apply(outside), headBytes);
    }

    Transports withHeadBytes(Settings settings, long limit) {
        return of(settings, connections, base, outside, (int) Math.min(limit, MOST_HEAD_BYTES));
    }

    Transports changed(Settings before, Settings now) {
        var same = now.timeouts().connect().equals(before.timeouts().connect())
                && now.urlImages().sources() == before.urlImages().sources();
        return same ? this : of(now, connections, base, outside, headBytes);
    }
}
