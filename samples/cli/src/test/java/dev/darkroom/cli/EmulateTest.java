package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.ImageEmulator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class EmulateTest {

    @Test
    void itServesWhatItPrintsUntilItIsStopped() throws InterruptedException, ExecutionException, TimeoutException {
        var interruptSignal = new InterruptSignal();
        interruptSignal.interrupt();
        var run = CompletableFuture.supplyAsync(
                        () -> Run.of(Map.of(), interruptSignal, "emulate", "--quota", "5/1m", "--latency", "1s"))
                .get(3, TimeUnit.MINUTES);
        assertThat(run.exitCode()).isEqualTo(130);
        try (var emulator = ImageEmulator.create().start()) {
            assertThat(run.lines()).hasSameSizeAs(emulator.gateways());
        }
        assertThat(run.lines().get(0)).matches("openrouter +http://127\\.0\\.0\\.1:\\d+/openrouter/api/v1");
        assertThat(run.err()).contains("serving until stopped");
    }

    @Test
    void itListsTheModelsOfEveryGatewayAndServesNothing() {
        var run = Run.of("emulate", "--models");
        assertThat(run.exitCode()).isZero();
        assertThat(run.lines())
                .contains(
                        "openrouter        openai/gpt-image-1-mini",
                        "token360          seedream-4.5",
                        "myrouter          seedream-4.5",
                        "openai            gpt-image-2",
                        "ark               seedream-4-5-251128",
                        "minimax           MiniMax-H3-Image",
                        "openai-responses  gpt-5");
    }

    @Test
    void picturesAreDrawnSmallerWithinWhatTheEmulatorDoes() {
        assertThat(Run.of("emulate", "--shrink", "16", "--models").exitCode()).isZero();
        var run = Run.of("emulate", "--shrink", "1000");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("shrink must be 1 to 256");
    }
}
