package dev.darkroom;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.gateway.Ark;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.Size;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** What happens to an option which the gateway does not take, over real sockets. */
class LenientTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ImageRequest MARKED = ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse at dawn")
            .size(Size.pixels(64, 64))
            .with(Ark.WATERMARK, true);

    private final RunningEmulator emulator = ImageEmulator.create().start();
    private final ImageClient strict = ImageClient.openRouter("sk-test")
            .baseUrl(emulator.openRouterBaseUrl().toString());

    @AfterEach
    void stop() {
        strict.close();
        emulator.close();
    }

    @Test
    void aStrictClientRefusesItBeforeAnythingIsSent() {
        StepVerifier.create(settled(strict.result(MARKED)))
                .expectErrorSatisfies(e -> assertThat(e)
                        .isInstanceOf(RejectedException.class)
                        .hasMessageContaining("watermark is not taken by openrouter for model openai/gpt-image-1-mini"))
                .verify(PATIENCE);
        assertThat(emulator.journal().entries()).isEmpty();
    }

    @Test
    void aLenientClientSendsTheRestAndWarnsInTheResult() {
        StepVerifier.create(settled(strict.dropUnsupportedOptions(true).result(MARKED)))
                .assertNext(result ->
                        assertThat(result.warnings()).singleElement().asString().startsWith("watermark was left out"))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(emulator.journal().entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.body().has("watermark")).isFalse());
    }
}
