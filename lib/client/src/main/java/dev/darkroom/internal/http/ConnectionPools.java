package dev.darkroom.internal.http;

import dev.darkroom.settings.Connections;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.Disposable;
import reactor.core.publisher.Operators;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.util.context.Context;

/**
 * The connections of one client and all its copies: idle ones in pools, one for each way in which a copy wants them kept, and busy
 * ones by name, so that disposing ends all.
 */
public final class ConnectionPools implements Disposable {

    /** No more often are connections looked through for those that have lain or lived too long; whoever wants one looks, too. */
    private static final Duration LEAST_TO_EVICT = Duration.ofSeconds(1);

    /** Clients, because each has HTTP/2 connections of its own above its pool. */
    private final Map<Connections, HttpClient> pools = new ConcurrentHashMap<>();

    private final Set<Channel> busy = ConcurrentHashMap.newKeySet();
    private final Set<Runnable> disposals = ConcurrentHashMap.newKeySet();
    /** Our own: a pool without connections says that it is disposed of. */
    private volatile boolean disposed;

    /** No connection yet. */
    public ConnectionPools() {}

    /**
     * A plain client over a pool, which is shared by all who want their connections kept in that way.
     *
     * @param kept how many, and for how long
     * @return for the user to customize
     */
    public HttpClient client(Connections kept) {
        var client = pools.computeIfAbsent(kept.http2(false), ConnectionPools::made);
        if (disposed) {
            dispose(client);
        }
        return client;
    }

    private static HttpClient made(Connections kept) {
        var shorter = Collections.min(List.of(kept.maxIdle(), kept.maxLife()));
        return HttpClient.create(ConnectionProvider.builder("darkroom")
                .maxConnections(kept.max())
                .pendingAcquireTimeout(kept.maxWait())
                .pendingAcquireMaxCount(kept.maxWaiting())
                .maxIdleTime(kept.maxIdle())
                .maxLifeTime(kept.maxLife())
                .evictInBackground(Collections.max(List.of(shorter, LEAST_TO_EVICT)))
                .lifo()
                .build());
    }

    /** Whether a client uses a pool of ours, so that our limits are its limits. */
    boolean have(HttpClient client) {
        var its = client.configuration().connectionProvider();
        return pools.values().stream().anyMatch(ours -> ours.configuration().connectionProvider() == its);
    }

    /** A request is about to be written; on its event loop. */
    void begin(Channel channel) {
        busy.add(channel);
        var clean = CleanConnection.of(channel);
        if (clean == null) { // a stream of HTTP/2, which is closed behind its answer
            channel.closeFuture().addListener(closed -> busy.remove(channel));
        } else {
            clean.onEnd(() -> busy.remove(channel));
        }
        if (disposed) {
            close(channel);
        }
    }

    /** Whom to tell of the disposal, once: at once if it was. */
    void onDispose(Runnable disposal) {
        disposals.add(disposal);
        if (disposed && disposals.remove(disposal)) {
            disposal.run();
        }
    }

    void forget(Runnable disposal) {
        disposals.remove(disposal);
    }

    /** Every call in the air is told before its connection goes, whatever one of them throws. */
    @Override
    public void dispose() {
        disposed = true;
        disposals.forEach(disposal -> {
            if (disposals.remove(disposal)) {
                quietly(disposal);
            }
        });
        pools.values().forEach(ConnectionPools::dispose);
        busy.forEach(ConnectionPools::close);
    }

    private static void quietly(Runnable disposal) {
        try {
            disposal.run();
        } catch (RuntimeException e) {
            Operators.onErrorDropped(e, Context.empty());
        }
    }

    private static void dispose(HttpClient client) {
        client.configuration().connectionProvider().dispose();
    }

    private static void close(Channel channel) {
        channel.close().addListener(closed -> {}); // whoever reads from it is told
    }

    @Override
    public boolean isDisposed() {
        return disposed;
    }
}
