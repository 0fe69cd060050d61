package dev.darkroom.spring.test;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.Size;
import dev.darkroom.image.UnavailableException;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import reactor.test.StepVerifier;

/** The application of this test has nothing but what the annotation brings. */
@SpringBootTest(classes = AutoConfigureImageEmulatorTest.Application.class)
@AutoConfigureImageEmulator(partials = 2)
class AutoConfigureImageEmulatorTest {

    private static final ImageRequest REQUEST =
            ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse").size(Size.pixels(64, 64));

    @Autowired
    ImageClient client;

    @Autowired
    RunningEmulator emulator;

    @Test
    void aTestSeesPreviewsAndTheEnd() {
        StepVerifier.create(settled(client.generate(REQUEST.stream(true))))
                .expectNextCount(2)
                .assertNext(event -> assertThat(event).isInstanceOf(ImageEvent.ImageReady.class))
                .assertNext(event -> assertThat(event).isInstanceOf(ImageEvent.Completed.class))
                .verifyComplete();
        assertThat(emulator.journal().entries()).hasSize(1);
    }

    @RepeatedTest(2)
    void whatATestScriptedAndDidNotMeetIsForgotten() {
        assertThat(emulator.remainingFaults()).isZero();
        emulator.enqueue(Fault.UNAVAILABLE.times(10));

        StepVerifier.create(
                        settled(client.rateLimits(r -> r.maxWait(Duration.ZERO)).generate(REQUEST)))
                .expectError(UnavailableException.class)
                .verify(Duration.ofMinutes(3));

        assertThat(emulator.remainingFaults()).isEqualTo(9);
    }

    @RepeatedTest(2)
    void aRateLimitOfOneTestDoesNotHoldBackTheNext() {
        emulator.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofHours(1)).times(2));

        StepVerifier.create(settled(client.generate(REQUEST)))
                .expectError(RateLimitedException.class)
                .verify(Duration.ofMinutes(3));

        assertThat(emulator.journal().entries()).hasSize(1);
        assertThat(emulator.remainingFaults()).isEqualTo(1);
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {}
}
