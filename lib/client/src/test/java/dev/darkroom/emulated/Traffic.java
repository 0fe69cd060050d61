package dev.darkroom.emulated;

import io.netty.channel.ChannelId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientState;

/** Watches the connections of a client: one on which a request was begun must go back to its pool or be closed. */
final class Traffic implements ConnectionObserver {

    private final Set<ChannelId> used = ConcurrentHashMap.newKeySet();
    private final Set<ChannelId> busy = ConcurrentHashMap.newKeySet();

    HttpClient watch(HttpClient http) {
        return http.observe(this);
    }

    @Override
    public void onStateChange(Connection connection, State state) {
        var id = connection.channel().id();
        if (state == HttpClientState.REQUEST_PREPARED) {
            busy.add(id);
            if (used.add(id)) {
                connection.channel().closeFuture().addListener(closed -> busy.remove(id));
            }
        } else if (state == State.RELEASED) {
            busy.remove(id);
        }
    }

    int connections() {
        return used.size();
    }

    /** Blocks until no connection is held by anybody; fails after a while. */
    void awaitQuiet(Duration patience) {
        Mono.fromSupplier(() -> Set.copyOf(busy))
                .filter(Set::isEmpty)
                .repeatWhenEmpty(times -> times.delayElements(Duration.ofMillis(20)))
                .timeout(patience, Mono.error(() -> new AssertionError(busy.size() + " connections are still held")))
                .block();
    }
}
