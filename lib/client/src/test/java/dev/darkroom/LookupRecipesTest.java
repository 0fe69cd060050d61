package dev.darkroom;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.GenerationRecord;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The recipes that look up what became of a request. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LookupRecipesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final RunningEmulator emulator = ImageEmulator.create().shrink(16).start();
    private final List<GenerationRecord> noted = new ArrayList<>();

    @AfterAll
    void stop() {
        emulator.close();
    }

    private void note(GenerationRecord record) {
        noted.add(record);
    }

    @Test
    void beforeAnybodyPaysAgainItIsNotedWhatTheFirstTimeHasCost() {
        var request = ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse at dawn").stream(true);
        var images = ImageClient.openRouter("sk-test")
                .baseUrl(emulator.openRouterBaseUrl().toString());
        emulator.enqueue(Fault.CUT);
        var lookup = images.lookup().orElseThrow();
        var asked = Instant.now().minusSeconds(30);
        var once = images.result(request)
                .onErrorResume(
                        OutcomeUnknownException.class,
                        lost -> lookup.of(request, lost, asked)
                                .filter(GenerationRecord::isFinal)
                                .repeatWhenEmpty(again -> again.take(20).delayElements(Duration.ofSeconds(30)))
                                .doOnNext(record -> note(record))
                                .then(Mono.error(lost)));
        StepVerifier.create(settled(once))
                .expectError(OutcomeUnknownException.class)
                .verify(PATIENCE);
        assertThat(noted).singleElement().satisfies(record -> {
            assertThat(record.isFinal()).isTrue();
            assertThat(record.generationId()).startsWith("gen-img-");
        });
        images.close();
    }
}
