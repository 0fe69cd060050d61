package dev.darkroom.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the Redis of a fleet is, and how it is asked. Immutable: each wither returns a copy. */
public final class RedisGateSettings {

    private static final Duration LEAST_TIMEOUT = Duration.ofMillis(10);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(10);

    private final List<RedisURI> nodes;
    private final boolean cluster;
    private final String keyPrefix;
    private final Duration commandTimeout;
    private final @Nullable SslOptions ssl;
    private final String instance;

    private RedisGateSettings(
            List<RedisURI> nodes,
            boolean cluster,
            String keyPrefix,
            Duration commandTimeout,
            @Nullable SslOptions ssl,
            String instance) {
        this.nodes = nodes;
        this.cluster = cluster;
        this.keyPrefix = keyPrefix;
        this.commandTimeout = commandTimeout;
        this.ssl = ssl;
        this.instance = instance;
    }

    /**
     * One Redis, or one that sentinels name.
     *
     * @param uri {@code redis://[user:password@]host[:port][/database]}, {@code rediss://…} for TLS, or
     *     {@code redis-sentinel://…}
     * @return the settings
     * @throws IllegalArgumentException if it is no such URI
     */
    public static RedisGateSettings of(String uri) {
        return of(RedisURI.create(uri));
    }

    /**
     * One Redis, or one that sentinels name.
     *
     * @param uri where, and as whom
     * @return the settings
     */
    public static RedisGateSettings of(RedisURI uri) {
        return new RedisGateSettings(
                List.of(uri),
                false,
                "darkroom",
                Duration.ofMillis(250),
                null,
                UUID.randomUUID().toString());
    }

    /**
     * A Redis Cluster. All that belongs to one quota lies in one slot.
     *
     * @param nodes some of its nodes, at least one
     * @return the settings
     */
    public static RedisGateSettings cluster(List<RedisURI> nodes) {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("a cluster is found by at least one of its nodes");
        }
        return new RedisGateSettings(
                List.copyOf(nodes),
                true,
                "darkroom",
                Duration.ofMillis(250),
                null,
                UUID.randomUUID().toString());
    }

    /**
     * What the names of all keys and channels begin with. Who shares a quota uses the same.
     *
     * @param prefix {@code darkroom} unless set; without braces and spaces
     * @return a copy
     */
    public RedisGateSettings keyPrefix(String prefix) {
        if (!prefix.matches("[^\\s{}]+")) {
            throw new IllegalArgumentException("keyPrefix is empty or has a space or brace in it");
        }
        return new RedisGateSettings(nodes, cluster, prefix, commandTimeout, ssl, instance);
    }

    /**
     * How long Redis may take to answer. Then this instance goes on alone, so that a request waits for Redis no longer than this.
     *
     * @param timeout from 10 ms to 10 s; 250 ms unless set
     * @return a copy
     */
    public RedisGateSettings commandTimeout(Duration timeout) {
        if (timeout.compareTo(LEAST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("commandTimeout is not from 10 ms to 10 s");
        }
        return new RedisGateSettings(nodes, cluster, keyPrefix, timeout, ssl, instance);
    }

    /**
     * Whom to trust, and as whom to come, where a URI asks for TLS.
     *
     * @param options Lettuce's; those of the platform unless set
     * @return a copy
     */
    public RedisGateSettings ssl(SslOptions options) {
        return new RedisGateSettings(nodes, cluster, keyPrefix, commandTimeout, options, instance);
    }

    /**
     * By which name this instance is known in Redis: who has the probe, and who shares a quota.
     *
     * @param name one that no other instance has, without spaces and colons; a random one unless set
     * @return a copy
     */
    public RedisGateSettings instance(String name) {
        if (!name.matches("[^\\s:]+")) {
            throw new IllegalArgumentException("instance is empty or has a space or colon in it");
        }
        return new RedisGateSettings(nodes, cluster, keyPrefix, commandTimeout, ssl, name);
    }

    String instance() {
        return instance;
    }

    List<RedisURI> nodes() {
        return nodes;
    }

    boolean isCluster() {
        return cluster;
    }

    String keyPrefix() {
        return keyPrefix;
    }

    Duration commandTimeout() {
        return commandTimeout;
    }

    @Nullable
    SslOptions ssl() {
        return ssl;
    }

    boolean isTls() {
        return nodes.stream()
                .anyMatch(node -> node.isSsl() || node.getSentinels().stream().anyMatch(RedisURI::isSsl));
    }

    /** Where, without who: no user, no password. */
    String where() {
        return nodes.stream()
                .flatMap(node -> node.getSentinels().isEmpty() ? Stream.of(node) : node.getSentinels().stream())
                .map(node -> node.getSocket() != null ? node.getSocket() : node.getHost() + ":" + node.getPort())
                .collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        return "RedisGateSettings[" + where() + ", " + keyPrefix + ", " + commandTimeout.toMillis() + " ms]";
    }
}
