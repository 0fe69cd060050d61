package dev.darkroom;

import dev.darkroom.call.Settings;
import dev.darkroom.http.Connections;
import dev.darkroom.http.Downloads;
import dev.darkroom.http.Transport;
import java.util.function.UnaryOperator;
import reactor.netty.http.client.HttpClient;

/**
 * The ways out of one client and its copies. Copies share them as long as nothing changes of which they are made, because
 * a pool keeps connections apart that were made in different ways.
 *
 * @param connections all of them
 * @param base reactor-netty's client as the user wants it
 * @param transport to the API
 * @param downloads to everywhere else
 */
record Lines(Connections connections, HttpClient base, Transport transport, Downloads downloads) {

    static Lines of(Settings settings, Connections connections, HttpClient base) {
        var transport = Transport.over(connections, base, settings.timeouts().connect());
        return new Lines(
                connections,
                base,
                transport,
                Downloads.over(transport, settings.urlImages().sources()));
    }

    Lines customized(Settings settings, UnaryOperator<HttpClient> customization) {
        return of(settings, connections, customization.apply(base));
    }

    Lines changed(Settings before, Settings now) {
        if (!now.timeouts().connect().equals(before.timeouts().connect())) {
            return of(now, connections, base);
        }
        var sources = now.urlImages().sources();
        return sources == before.urlImages().sources()
                ? this
                : new Lines(connections, base, transport, Downloads.over(transport, sources));
    }
}
