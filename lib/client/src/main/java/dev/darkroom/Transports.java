package dev.darkroom;

import dev.darkroom.internal.address.DownloadSources;
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
 * @param transport to the API
 * @param downloads to everywhere else
 */
record Transports(
        Connections connections, HttpClient base, HttpClient outside, Transport transport, Downloads downloads) {

    /** More than any head, and a number that a codec can count up to. */
    private static final int MOST_HEAD_BYTES = 1 << 30;

    static Transports of(Settings settings, Connections connections, HttpClient base) {
        return of(
                settings,
                connections,
                base,
                settings.downloads().customization().apply(base));
    }

    private static Transports of(Settings settings, Connections connections, HttpClient base, HttpClient outside) {
        var connect = settings.timeouts().connect();
        var head = (int) Math.min(settings.limits().headBytes(), MOST_HEAD_BYTES);
        var transport = Transport.over(connections, base, connect, head);
        var others = outside == base ? transport : Transport.over(connections, outside, connect, head);
        var sources = DownloadSources.of(settings.downloads().allowed());
        return new Transports(connections, base, outside, transport, Downloads.over(others, sources));
    }

    Transports customized(Settings settings, UnaryOperator<HttpClient> customization) {
        return of(settings, connections, customization.apply(base));
    }

    Transports changed(Settings before, Settings now) {
        var old = before.downloads();
        var ways = now.downloads();
        if (!ways.customization().equals(old.customization())) {
            return of(now, connections, base);
        }
        var same = now.timeouts().connect().equals(before.timeouts().connect())
                && now.limits().headBytes() == before.limits().headBytes()
                && ways.allowed().equals(old.allowed());
        return same ? this : of(now, connections, base, outside);
    }
}
