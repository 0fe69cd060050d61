package dev.darkroom.spring;

import dev.darkroom.RateGates;
import dev.darkroom.gate.RateGate;
import dev.darkroom.image.ImageGenerator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Makes the {@link dev.darkroom.ImageClient}s that {@code darkroom.*} describes, unless the application brings an
 * {@link ImageGenerator} of its own.
 *
 * <p>A bean of type {@link RateGate} replaces the gate which all clients share; one of type {@link ImageApiKeySource} gives keys
 * to clients whose properties have none; beans of type {@link ImageClientCustomizer} have the last word on each client, and so
 * are the place to put something around what is made here: an {@code ImageGenerator} bean that wants a client of ours injected
 * would replace it.
 */
@AutoConfiguration(
        after = EmulatorAutoConfiguration.class,
        afterName = "org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration")
@EnableConfigurationProperties({ClientProperties.class, NamedClientProperties.class, EmulatorProperties.class})
public final class DarkroomAutoConfiguration {

    DarkroomAutoConfiguration() {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(ImageGenerator.class)
    @Import(ClientRegistrar.class)
    static class Clients {

        @Bean
        @ConditionalOnMissingBean
        RateGate imageRateGate() {
            return RateGates.inMemory();
        }

        @Bean
        ImageClients imageClients(
                ClientProperties defaults,
                NamedClientProperties named,
                EmulatorProperties emulator,
                ObjectProvider<EmulatorBaseUrls> emulated,
                ObjectProvider<SslBundles> bundles,
                RateGate gate,
                ObjectProvider<ImageApiKeySource> keys,
                ObjectProvider<ClientInstrumentation> instrument,
                ObjectProvider<ImageClientCustomizer> customizers,
                Environment environment) {
            var standIn = emulated.getIfAvailable();
            if (emulator.enabled() && standIn == null) {
                throw new MissingEmulatorException();
            }
            return new ImageClients(
                    defaults,
                    named,
                    standIn,
                    bundles.getIfAvailable(),
                    gate,
                    keys.getIfAvailable(),
                    instrument.getIfAvailable(),
                    customizers.orderedStream().toList(),
                    environment);
        }
    }
}
