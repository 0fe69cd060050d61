package dev.darkroom;

import dev.darkroom.internal.address.DownloadSources;
import dev.darkroom.internal.call.Settings;
import dev.darkroom.internal.http.ConnectionPools;
import dev.darkroom.internal.http.Downloads;
import dev.darkroom.internal.http.Routes;
import dev.darkroom.internal.http.Transport;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

/**
 * The ways out of one client and its copies. Copies share them as long as nothing changes of which they are made, because
 * a pool keeps connections apart that were made in different ways.
 *
 * <p>Made when the first call asks for them: reactor-netty's client, and all of Netty behind it, would be most of what a client costs an
 * application that starts. What a user makes of that client is made at once, so that a fault is told where it is.
 */
final class Transports {

    /** More than any head, and a number that a codec can count up to. */
    private static final int MOST_HEAD_BYTES = 1 << 30;

    private final Settings settings;
    private final ConnectionPools pools;

    /** What the user makes of reactor-netty's client, altogether. */
    private final UnaryOperator<HttpClient> customization;
    /** Reactor-netty's client as the user wants it, for the API; null if it is the pool's own. */
    private final @Nullable HttpClient base;
    /** The same for downloads; null if it is the same one. */
    private final @Nullable HttpClient outside;

    private volatile @Nullable Routes routes;

    private Transports(
            Settings settings,
            ConnectionPools pools,
            UnaryOperator<HttpClient> customization,
            @Nullable HttpClient base,
            @Nullable HttpClient outside) {
        this.settings = settings;
        this.pools = pools;
        this.customization = customization;
        this.base = base;
        this.outside = outside;
    }

    static Transports of(Settings settings) {
        return new Transports(settings, new ConnectionPools(), UnaryOperator.identity(), null, null);
    }

    ConnectionPools pools() {
        return pools;
    }

    /** By any thread; event loops among them, which wait for no more than classes that are loaded. */
    Routes routes() {
        var made = routes;
        return made == null ? made() : made;
    }

    private synchronized Routes made() {
        if (routes == null) {
            routes = make();
        }
        return Objects.requireNonNull(routes);
    }

    private Routes make() {
        var transport = over(base(settings));
        var others = outside == null ? transport : over(outside);
        var sources = DownloadSources.of(settings.downloads().allowed());
        return new Routes(transport, Downloads.over(others, sources));
    }

    private Transport over(HttpClient client) {
        var head = (int) Math.min(settings.limits().headBytes(), MOST_HEAD_BYTES);
        return Transport.over(
                pools,
                client,
                settings.connections().http2(),
                settings.timeouts().connect(),
                head);
    }

    /** The pool's own is the same one each time. */
    private HttpClient base(Settings now) {
        return base == null ? pools.client(now.connections()) : base;
    }

    Transports customized(Settings now, UnaryOperator<HttpClient> further) {
        var earlier = customization;
        return based(now, http -> further.apply(earlier.apply(http)), further.apply(base(now)));
    }

    Transports changed(Settings before, Settings now) {
        if (!now.connections().http2(false).equals(before.connections().http2(false))) {
            var pool = base == null ? null : customization.apply(pools.client(now.connections()));
            return based(now, customization, pool);
        }
        var old = before.downloads();
        var ways = now.downloads();
        if (!ways.customization().equals(old.customization())) {
            return based(now, customization, base);
        }
        var same = now.timeouts().connect().equals(before.timeouts().connect())
                && now.limits().headBytes() == before.limits().headBytes()
                && now.connections().http2() == before.connections().http2()
                && ways.allowed().equals(old.allowed());
        return same ? this : new Transports(now, pools, customization, base, outside);
    }

    private Transports based(Settings now, UnaryOperator<HttpClient> altogether, @Nullable HttpClient client) {
        var further = now.downloads().customization();
        var usual = further.equals(dev.darkroom.settings.Downloads.defaults().customization());
        var others = usual ? null : further.apply(client == null ? pools.client(now.connections()) : client);
        return new Transports(now, pools, altogether, client, others);
    }
}
