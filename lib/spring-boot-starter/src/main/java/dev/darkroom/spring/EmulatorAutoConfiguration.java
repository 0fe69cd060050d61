package dev.darkroom.spring;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Starts an emulator in this process if {@code darkroom.emulator.enabled} is true; every client then talks to it, whatever
 * key and base URL say, so that nothing costs money. A {@link RunningEmulator} of the application's own is used instead.
 */
@AutoConfiguration
@ConditionalOnClass(ImageEmulator.class)
@ConditionalOnProperty("darkroom.emulator.enabled")
@EnableConfigurationProperties(EmulatorProperties.class)
public final class EmulatorAutoConfiguration {

    EmulatorAutoConfiguration() {}

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    RunningEmulator imageEmulator(EmulatorProperties properties) {
        var emulator = ImageEmulator.create()
                .port(properties.port())
                .latency(properties.latency())
                .partials(properties.partials());
        var quota = properties.quota();
        return (quota == null ? emulator : emulator.quota(quota, properties.quotaPeriod())).start();
    }

    @Bean
    EmulatedGateway emulatedGateway(RunningEmulator emulator) {
        LoggerFactory.getLogger(EmulatorAutoConfiguration.class)
                .info(
                        "Image clients talk to the emulator on port {}: no key is used, nothing costs money",
                        emulator.port());
        return provider -> switch (provider) {
            case OPENROUTER -> emulator.openRouterBaseUrl();
        };
    }
}
