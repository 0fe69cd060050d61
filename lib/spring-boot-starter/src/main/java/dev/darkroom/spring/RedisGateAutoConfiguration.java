package dev.darkroom.spring;

import dev.darkroom.gate.RateGate;
import dev.darkroom.redis.RedisRateGate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The gate which the application's instances share through Redis, where {@code darkroom.gate.redis.enabled} asks for it: at the URL of
 * {@code darkroom.gate.redis.url}, or where Boot's connection details say. It starts with Redis out of reach.
 */
@AutoConfiguration(
        before = DarkroomAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration",
            "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration"
        })
@ConditionalOnClass(RedisRateGate.class)
@ConditionalOnProperty(RedisGateProperties.ENABLED)
@EnableConfigurationProperties(RedisGateProperties.class)
public final class RedisGateAutoConfiguration {

    private static final String DETAILS =
            "org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails";

    RedisGateAutoConfiguration() {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = DETAILS)
    static class WithConnectionDetails {

        @Bean(destroyMethod = "close")
        @ConditionalOnMissingBean(RateGate.class)
        RedisRateGate imageRateGate(
                RedisGateProperties properties,
                ObjectProvider<DataRedisConnectionDetails> details,
                ObjectProvider<SslBundles> bundles) {
            var place = new RedisPlace(properties, bundles.getIfAvailable());
            var known = properties.url() == null ? details.getIfAvailable() : null;
            return RedisRateGate.connect(known == null ? place.ofUrl() : new RedisDetails(known).on(place));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass(DETAILS)
    static class WithUrl {

        @Bean(destroyMethod = "close")
        @ConditionalOnMissingBean(RateGate.class)
        RedisRateGate imageRateGate(RedisGateProperties properties, ObjectProvider<SslBundles> bundles) {
            return RedisRateGate.connect(new RedisPlace(properties, bundles.getIfAvailable()).ofUrl());
        }
    }
}
