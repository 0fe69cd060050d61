package dev.darkroom.spring;

import dev.darkroom.redis.RedisGateSettings;
import io.lettuce.core.RedisURI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Node;

/** Where Boot's connection details say that Redis is: one, one that sentinels name, or a cluster. */
record RedisDetails(DataRedisConnectionDetails details) {

    RedisGateSettings on(RedisPlace place) {
        var settings = settings();
        var bundle = details.getSslBundle();
        return place.asked(bundle == null ? settings : settings.ssl(RedisPlace.options(bundle)));
    }

    private RedisGateSettings settings() {
        var cluster = details.getCluster();
        if (cluster != null) {
            return RedisGateSettings.cluster(
                    cluster.getNodes().stream().map(this::node).toList());
        }
        var sentinel = details.getSentinel();
        if (sentinel != null) {
            return RedisGateSettings.of(named(sentinel));
        }
        var one = details.getStandalone();
        if (one == null) {
            throw new IllegalStateException(
                    "the connection details name no Redis, no sentinels and no cluster: set darkroom.gate.redis.url");
        }
        return RedisGateSettings.of(uri(one.getHost(), one.getPort(), one.getDatabase()));
    }

    private RedisURI node(Node node) {
        return uri(node.host(), node.port(), 0);
    }

    private RedisURI uri(String host, int port, int database) {
        var builder = RedisURI.builder()
                .withHost(host)
                .withPort(port)
                .withDatabase(database)
                .withSsl(details.getSslBundle() != null);
        authenticate(builder, details.getUsername(), details.getPassword());
        return builder.build();
    }

    private RedisURI named(DataRedisConnectionDetails.Sentinel sentinel) {
        List<Node> nodes = sentinel.getNodes();
        var builder = RedisURI.builder()
                .withSentinelMasterId(sentinel.getMaster())
                .withDatabase(sentinel.getDatabase())
                .withSsl(details.getSslBundle() != null);
        for (var node : nodes) {
            var one = RedisURI.builder()
                    .withHost(node.host())
                    .withPort(node.port())
                    .withSsl(details.getSslBundle() != null);
            authenticate(one, sentinel.getUsername(), sentinel.getPassword());
            builder.withSentinel(one.build());
        }
        authenticate(builder, details.getUsername(), details.getPassword());
        return builder.build();
    }

    private static void authenticate(RedisURI.Builder builder, @Nullable String username, @Nullable String password) {
        if (username != null && password != null) {
            builder.withAuthentication(username, password);
        } else if (password != null) {
            builder.withPassword(password.toCharArray());
        }
    }
}
