package dev.darkroom.spring;

import dev.darkroom.redis.RedisGateSettings;
import io.lettuce.core.SslOptions;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** Where the properties say that the fleet's Redis is, and how it is asked. */
record RedisPlace(RedisGateProperties properties, @Nullable SslBundles bundles) {

    private static final String PREFIX = "darkroom.gate.redis.";

    RedisGateSettings ofUrl() {
        var url = properties.url();
        if (url == null || url.isBlank()) {
            throw wrong("url", "", "it says where Redis is, unless spring.data.redis does");
        }
        var bundle = properties.sslBundle();
        var settings = settings(url);
        return asked(bundle == null ? settings : settings.ssl(options(bundle(bundle))));
    }

    private static RedisGateSettings settings(String url) {
        try {
            return RedisGateSettings.of(url);
        } catch (IllegalArgumentException e) { // may quote a password
            throw wrong("url", "(not shown)", "it is no redis://, rediss:// or redis-sentinel:// URL");
        }
    }

    /** With the key prefix and the time-out of the properties. */
    RedisGateSettings asked(RedisGateSettings settings) {
        try {
            return settings.keyPrefix(properties.keyPrefix()).commandTimeout(properties.commandTimeout());
        } catch (IllegalArgumentException e) {
            var message = String.valueOf(e.getMessage());
            throw message.startsWith("keyPrefix")
                    ? wrong("key-prefix", properties.keyPrefix(), message)
                    : wrong("command-timeout", properties.commandTimeout(), message);
        }
    }

    private SslBundle bundle(String name) {
        try {
            if (bundles != null) {
                return bundles.getBundle(name);
            }
        } catch (NoSuchSslBundleException e) {
            throw wrong("ssl-bundle", name, "there is no such bundle under spring.ssl.bundle");
        }
        throw wrong("ssl-bundle", name, "the application has no SSL bundles");
    }

    static SslOptions options(SslBundle bundle) {
        var managers = bundle.getManagers();
        var options = SslOptions.builder()
                .keyManager(managers.getKeyManagerFactory())
                .trustManager(managers.getTrustManagerFactory());
        var ciphers = bundle.getOptions().getCiphers();
        var protocols = bundle.getOptions().getEnabledProtocols();
        if (ciphers != null) {
            options.cipherSuites(ciphers);
        }
        if (protocols != null) {
            options.protocols(protocols);
        }
        return options.build();
    }

    private static InvalidConfigurationPropertyValueException wrong(String name, Object value, String why) {
        return new InvalidConfigurationPropertyValueException(PREFIX + name, value, why);
    }
}
