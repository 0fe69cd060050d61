package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.ImageEmulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void faultsAreOrderedAndAMistypedOneIsToldBeforeAnythingIsServed() {
        var run = Run.of("emulate", "--fault", "reset; bytes=1200; times=3", "--fault", "expired", "--models");
        assertThat(run.exitCode()).as(run.err()).isZero();
        var mistyped = Run.of("emulate", "--fault", "rset");
        assertThat(mistyped.exitCode()).isEqualTo(2);
        assertThat(mistyped.out()).isEmpty();
        assertThat(mistyped.err()).contains("did you mean reset?");
    }

    @Test
    void tlsIsServedBesideAndWhomToTrustIsInAFile(@TempDir Path folder) throws Exception {
        var interruptSignal = new InterruptSignal();
        interruptSignal.interrupt();
        var file = folder.resolve("ca.pem");
        var run = Run.of(Map.of(), interruptSignal, "emulate", "--tls", file.toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(130);
        assertThat(run.lines()).anyMatch(line -> line.matches("openai +https://localhost:\\d+/openai/v1"));
        try (var pem = Files.newInputStream(file)) {
            var authority =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
            authority.checkValidity();
            assertThat(authority.getBasicConstraints()).isNotNegative();
        }
    }
}
