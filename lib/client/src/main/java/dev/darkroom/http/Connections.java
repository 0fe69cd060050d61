package dev.darkroom.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.Disposable;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * The connections of one client and all its copies: idle ones in a pool, busy ones by name, so that disposing ends both.
 */
public final class Connections implements Disposable {

    /** So many that the pool is never the queue in which requests wait: waiting is the gate's business. */
    private static final int MOST_CONNECTIONS = 10_000;

    /** Shorter than the idle limits of common load balancers, so that we seldom write into a closing connection. */
    private static final Duration IDLE = Duration.ofSeconds(20);

    private final ConnectionProvider pool = ConnectionProvider.builder("darkroom")
            .maxConnections(MOST_CONNECTIONS)
            .maxIdleTime(IDLE)
            .evictInBackground(IDLE)
            .lifo()
            .build();
    private final Set<Connection> busy = ConcurrentHashMap.newKeySet();
    /** Our own: a pool without connections says that it is disposed of. */
    private volatile boolean disposed;

    /** No connection yet. */
    public Connections() {}

    /**
     * A plain client over the pool.
     *
     * @return for the user to customize
     */
    public HttpClient client() {
        return HttpClient.create(pool);
    }

    void begin(Connection connection) {
        busy.add(connection);
        connection
                .onTerminate()
                .subscribe(nothing -> {}, failure -> busy.remove(connection), () -> busy.remove(connection));
        if (disposed) {
            close(connection);
        }
    }

    @Override
    public void dispose() {
        disposed = true;
        pool.dispose();
        busy.forEach(Connections::close);
    }

    /** At the channel: disposing of an operation that waits for its answer would end it without a signal. */
    private static void close(Connection connection) {
        connection.channel().close().addListener(closed -> {}); // whoever reads from it is told
    }

    @Override
    public boolean isDisposed() {
        return disposed;
    }
}
