package dev.darkroom.spring;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
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
        var emulator = with(ImageEmulator.create(), "port", properties.port(), ImageEmulator::port);
        emulator = with(emulator, "latency", properties.latency(), ImageEmulator::latency);
        emulator = with(emulator, "partials", properties.partials(), ImageEmulator::partials);
        emulator = with(emulator, "shrink", properties.shrink(), ImageEmulator::shrink);
        var period = properties.quotaPeriod();
        return with(emulator, "quota", properties.quota(), (plain, quota) -> plain.quota(quota, period))
                .start();
    }

    private static <T> ImageEmulator with(
            ImageEmulator emulator,
            String property,
            @Nullable T value,
            BiFunction<ImageEmulator, T, ImageEmulator> wither) {
        if (value == null) {
            return emulator;
        }
        try {
            return wither.apply(emulator, value);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationPropertyValueException(
                    "darkroom.emulator." + property, value, String.valueOf(e.getMessage()));
        }
    }

    @Bean
    EmulatorBaseUrls emulatorBaseUrls(RunningEmulator emulator) {
        LoggerFactory.getLogger(EmulatorAutoConfiguration.class)
                .info(
                        "Image clients talk to the emulator on port {}: no key is used, nothing costs money",
                        emulator.port());
        return emulator::baseUrl;
    }
}
