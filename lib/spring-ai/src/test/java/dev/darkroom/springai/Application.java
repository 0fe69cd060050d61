package dev.darkroom.springai;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.journal.Entry;
import example.lighthouses.Lighthouses;
import io.micrometer.observation.tck.TestObservationRegistry;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** An application that knows Spring AI, and Darkroom by its properties; its gateway counts requests. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(Lighthouses.class)
class Application {

    @Bean(destroyMethod = "close")
    RunningEmulator gateway() {
        return ImageEmulator.create()
                .shrink(16)
                .latency(Duration.ZERO)
                .partials(2)
                .start();
    }

    @Bean
    TestObservationRegistry registry() {
        return TestObservationRegistry.create();
    }

    static List<Entry> posts(RunningEmulator gateway) {
        return gateway.journal().entries().stream()
                .filter(entry -> entry.method().equals("POST"))
                .toList();
    }
}
