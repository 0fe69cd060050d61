package dev.darkroom.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubListener;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import reactor.core.scheduler.Schedulers;

/** Lettuce for one Redis or a cluster of them, behind what both have in common. Connects, and ends, without blocking. */
final class LettuceClient {

    private static final Duration SOONEST_RECONNECT = Duration.ofMillis(50);
    private static final Duration LATEST_RECONNECT = Duration.ofSeconds(1);

    /** What says that it connects asynchronously may wait for others of its threads all the same. */
    private static final Executor BLOCKING = task -> Schedulers.boundedElastic().schedule(task);

    private final ClientResources resources;
    private final AbstractRedisClient client;
    private final Runnable ready;
    private final Supplier<CompletionStage<Asking>> asking;
    private final Supplier<CompletableFuture<? extends StatefulRedisPubSubConnection<String, String>>> listening;

    private record Asking(
            StatefulConnection<String, String> connection, RedisScriptingAsyncCommands<String, String> commands) {}

    private LettuceClient(
            ClientResources resources,
            AbstractRedisClient client,
            Runnable ready,
            Supplier<CompletionStage<Asking>> asking,
            Supplier<CompletableFuture<? extends StatefulRedisPubSubConnection<String, String>>> listening) {
        this.resources = resources;
        this.client = client;
        this.ready = ready;
        this.asking = asking;
        this.listening = listening;
    }

    /**
     * A client that is not connected.
     *
     * @param options asked for before each connection, where they may block
     */
    static LettuceClient of(RedisGateSettings settings, Supplier<ClientOptions> options) {
        var resources = DefaultClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .reconnectDelay(Delay.fullJitter(SOONEST_RECONNECT, LATEST_RECONNECT, 50, TimeUnit.MILLISECONDS))
                .build();
        return settings.isCluster() ? cluster(settings, options, resources) : single(settings, options, resources);
    }

    private static LettuceClient single(
            RedisGateSettings settings, Supplier<ClientOptions> options, ClientResources resources) {
        var client = RedisClient.create(resources);
        var uri = settings.nodes().get(0);
        return new LettuceClient(
                resources,
                client,
                () -> client.setOptions(options.get()),
                () -> client.connectAsync(StringCodec.UTF8, uri).thenApply(made -> new Asking(made, made.async())),
                () -> client.connectPubSubAsync(StringCodec.UTF8, uri).toCompletableFuture());
    }

    private static LettuceClient cluster(
            RedisGateSettings settings, Supplier<ClientOptions> options, ClientResources resources) {
        var client = RedisClusterClient.create(resources, settings.nodes());
        return new LettuceClient(
                resources,
                client,
                () -> client.setOptions(ClusterClientOptions.builder(options.get())
                        .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                                .enablePeriodicRefresh() // and, as it is, whenever something speaks for a failover
                                .build())
                        .build()),
                () -> client.refreshPartitionsAsync() // it does not connect before it knows its nodes
                        .thenComposeAsync(known -> client.connectAsync(StringCodec.UTF8), BLOCKING)
                        .thenApply(made -> new Asking(made, made.async())),
                () -> client.connectPubSubAsync(StringCodec.UTF8));
    }

    /** Both connections. */
    static final class Connections {

        private final Asking asking;
        private final StatefulRedisPubSubConnection<String, String> ear;

        private Connections(Asking asking, StatefulRedisPubSubConnection<String, String> ear) {
            this.asking = asking;
            this.ear = ear;
        }

        RedisScriptingAsyncCommands<String, String> commands() {
            return asking.commands();
        }

        void subscribe(String channel) {
            var unused = ear.async().subscribe(channel);
        }

        void unsubscribe(String channel) {
            var unused = ear.async().unsubscribe(channel);
        }

        boolean listens() {
            return ear.isOpen();
        }

        void close() {
            var unused = asking.connection().closeAsync();
            var unusedEar = ear.closeAsync();
        }
    }

    CompletionStage<Connections> connect(RedisPubSubListener<String, String> words) {
        return CompletableFuture.runAsync(ready, BLOCKING)
                .thenCompose(done -> asking.get())
                .thenComposeAsync(asks -> listening(asks, words), BLOCKING);
    }

    private CompletionStage<Connections> listening(Asking asks, RedisPubSubListener<String, String> words) {
        return listening.get().handle((ear, failure) -> {
            if (ear == null) {
                var unused = asks.connection().closeAsync();
                throw new IllegalStateException("asks, and cannot listen", failure);
            }
            ear.addListener(words);
            return new Connections(asks, ear);
        });
    }

    void later(Runnable task, Duration delay) {
        var unused = resources.eventExecutorGroup().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends everything; returns at once. */
    void close() {
        // A moment for a connection that is being made: its loop would end before it gives its buffer back. The loops
        // are the client's.
        var unused = client.shutdownAsync(100, 2000, TimeUnit.MILLISECONDS).whenComplete((done, failure) -> {
            var unusedEnd = resources.shutdown(100, 2000, TimeUnit.MILLISECONDS);
        });
    }
}
