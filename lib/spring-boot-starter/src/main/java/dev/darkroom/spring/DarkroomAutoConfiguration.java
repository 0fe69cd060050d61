package dev.darkroom.spring;

import dev.darkroom.RateGates;
import dev.darkroom.gate.RateGate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Makes the {@link dev.darkroom.ImageClient}s that {@code darkroom.*} describes, unless the application makes its own.
 *
 * <p>A bean of type {@link RateGate} replaces the gate which all clients share; one of type {@link ImageApiKeySource} gives keys
 * to clients whose properties have none; beans of type {@link ImageClientCustomizer} have the last word on each client, and so
 * are the place to put something around all of them. An {@link dev.darkroom.image.ImageGenerator} of the application's stands
 * before them, and may have one of them injected; without any key it stands for them.
 */
@AutoConfiguration(
        after = EmulatorAutoConfiguration.class,
        afterName = "org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration")
@EnableConfigurationProperties({ClientProperties.class, NamedClientProperties.class})
public final class DarkroomAutoConfiguration {

    DarkroomAutoConfiguration() {}

    @Bean
    static ClientWarmUp imageClientWarmUp() {
        return new ClientWarmUp();
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(ClientsWanted.class)
    @Import(ClientRegistrar.class)
    static class Clients {

        @Bean
        @ConditionalOnMissingBean
        RateGate imageRateGate(Environment environment) {
            if (environment.getProperty(RedisGateProperties.ENABLED, Boolean.class, false)) {
                throw new InvalidConfigurationPropertyValueException(
                        RedisGateProperties.ENABLED,
                        true,
                        "a gate in Redis needs dev.darkroom:darkroom-redis on the class path");
            }
            return RateGates.inMemory();
        }

        @Bean
        static GeneratorPreference imageGeneratorPreference(Environment environment) {
            return new GeneratorPreference(environment);
        }

        @Bean
        ClientShutdown imageClientShutdown() {
            return new ClientShutdown();
        }

        @Bean
        ImageClients imageClients(
                ClientProperties defaults,
                NamedClientProperties named,
                ObjectProvider<EmulatorBaseUrls> emulated,
                ObjectProvider<SslBundles> bundles,
                RateGate gate,
                ClientShutdown shutdown,
                ObjectProvider<ImageApiKeySource> keys,
                ObjectProvider<ClientInstrumentation> instrument,
                ObjectProvider<ImageClientCustomizer> customizers,
                Environment environment) {
            var standIn = emulated.getIfAvailable();
            if (standIn == null && ClientRegistrar.isEmulated(environment)) {
                throw new MissingEmulatorException();
            }
            return new ImageClients(
                    defaults,
                    named,
                    standIn,
                    bundles.getIfAvailable(),
                    gate,
                    shutdown,
                    keys.getIfAvailable(),
                    instrument.getIfAvailable(),
                    customizers.orderedStream().toList(),
                    environment);
        }
    }
}
