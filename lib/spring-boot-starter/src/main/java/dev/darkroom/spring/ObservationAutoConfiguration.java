package dev.darkroom.spring;

import dev.darkroom.gate.RateGate;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Observes every generation of every client where the application has an {@link ObservationRegistry}, and keeps meters where it
 * has a {@link MeterRegistry}: durations, previews, tokens, money, images, waits, retries, and the state of the gate.
 */
@AutoConfiguration(
        after = DarkroomAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean({ObservationRegistry.class, ImageClients.class})
public final class ObservationAutoConfiguration {

    ObservationAutoConfiguration() {}

    @Bean
    TagValueLimit observedImageModels() {
        return new TagValueLimit();
    }

    @Bean
    ClientInstrumentation imageClientInstrument(
            ObservationRegistry registry,
            TagValueLimit observedImageModels,
            ObjectProvider<ImageGenerationObservationConvention> convention,
            ObjectProvider<QuotaListener> gauges) {
        var own = convention.getIfAvailable();
        var listener = gauges.getIfAvailable(() -> quota -> {});
        return (client, name, provider, gate) -> client.rateLimits(r -> r.gate(new ObservedGate(gate, listener)))
                .decorate(next -> new ObservedImageGenerator(next, name, provider, observedImageModels, registry, own));
    }

    /** Only where meters are kept. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean(MeterRegistry.class)
    static class Meters {

        @Bean
        GenerationMeters imageGenerationMeters(MeterRegistry registry) {
            return new GenerationMeters(registry);
        }

        @Bean
        GateGauges imageGateGauges(RateGate gate, TagValueLimit observedImageModels) {
            return new GateGauges(gate, observedImageModels);
        }
    }
}
