package dev.darkroom.spring.test;

import dev.darkroom.gate.RateGate;
import dev.darkroom.spring.DarkroomAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** What {@link AutoConfigureImageEmulator} needs besides the emulator itself; in tests only. */
@AutoConfiguration(before = DarkroomAutoConfiguration.class)
@ConditionalOnProperty("darkroom.emulator.enabled")
public final class ImageEmulatorTestAutoConfiguration {

    ImageEmulatorTestAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(RateGate.class)
    ResettableGate imageRateGate() {
        return new ResettableGate();
    }
}
