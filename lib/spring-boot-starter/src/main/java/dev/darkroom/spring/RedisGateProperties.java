package dev.darkroom.spring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A rate gate which all instances of the application share through Redis.
 *
 * @param enabled Whether the gate is shared through Redis. Needs darkroom-redis.
 * @param url The Redis, as redis://user:password@host:port/database, or rediss:// for TLS; the one of spring.data.redis unless set.
 * @param sslBundle The SSL bundle for a rediss:// URL, by its name under spring.ssl.bundle.
 * @param keyPrefix What the names of all keys in Redis begin with. Who shares a quota uses the same.
 * @param commandTimeout How long Redis may take to answer, 10 ms to 10 s. Then this instance goes on alone, and no request waits longer.
 */
@ConfigurationProperties("darkroom.gate.redis")
public record RedisGateProperties(
        @DefaultValue("false") boolean enabled,
        @Nullable String url,
        @Nullable String sslBundle,
        @DefaultValue("darkroom") String keyPrefix,
        @DefaultValue("250ms") Duration commandTimeout) {

    static final String ENABLED = "darkroom.gate.redis.enabled";

    @Override
    public String toString() {
        return "RedisGateProperties[enabled=" + enabled + ", keyPrefix=" + keyPrefix + "]";
    }
}
