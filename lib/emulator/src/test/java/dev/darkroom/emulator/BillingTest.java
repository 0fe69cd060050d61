package dev.darkroom.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.journal.ImageCounts;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.test.scheduler.VirtualTimeScheduler;

class BillingTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private RunningEmulator emulator;

    @BeforeEach
    void start() {
        emulator = ImageEmulator.create()
                .shrink(64)
                .time(time)
                .partials(0)
                .latency(Duration.ofSeconds(10))
                .start();
    }

    @AfterEach
    void stop() {
        emulator.close();
        time.dispose();
    }

    @ParameterizedTest
    @CsvSource({
        "OPENROUTER, 0, 0",
        "OPENAI, 3, 0",
        "AZURE, 3, 0",
        "OPENAI_RESPONSES, 3, 0",
        "ARK, 0, 1",
        "MINIMAX, 3, 0"
    })
    void aStreamDroppedAfterItsFirstImageIsBilledByTheRuleOfItsService(TestGateway gateway, int inAll, int forEachMade)
            throws Exception {
        try (var socket = RawTestClient.open(emulator, gateway.path(emulator, true), gateway.several(3, true))) {
            advanceUntilMade(1);
            assertThat(socket.isConnected()).isTrue();
        }

        var images = cancelled();
        assertThat(images.made()).isBetween(1, 2); // a second one may be made before the hang-up is noticed
        var billed = inAll + forEachMade * images.made();
        assertThat(images).isEqualTo(new ImageCounts(3, images.made(), billed));
        assertThat(emulator.journal().billed()).isEqualTo(billed);
    }

    @ParameterizedTest
    @CsvSource({
        "OPENROUTER, 0",
        "TOKEN360, 1",
        "MYROUTER, 1",
        "OPENAI, 1",
        "AZURE, 1",
        "OPENAI_RESPONSES, 1",
        "ARK, 0",
        "MINIMAX, 1"
    })
    void aDocumentNobodyWaitsForIsBilledByTheRuleOfItsService(TestGateway gateway, int billed) throws Exception {
        try (var socket = RawTestClient.open(emulator, gateway.path(emulator, false), gateway.body(false))) {
            Deadline.until(() -> !emulator.journal().accepted().isEmpty());
            assertThat(socket.isConnected()).isTrue();
        }

        assertThat(cancelled()).isEqualTo(new ImageCounts(1, 0, billed));
    }

    @ParameterizedTest
    @EnumSource(TestGateway.class)
    void whatIsWhollyDeliveredIsBilledWhole(TestGateway gateway) {
        try (var swift = ImageEmulator.create().shrink(64).start()) {
            gateway.client(swift).post(gateway.route(), gateway.several(2, false));

            assertThat(settled(swift)).isEqualTo(new ImageCounts(2, 2, 2));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OPENROUTER, 0",
        "TOKEN360, 2",
        "MYROUTER, 2",
        "OPENAI, 2",
        "AZURE, 2",
        "OPENAI_RESPONSES, 2",
        "ARK, 2",
        "MINIMAX, 2"
    })
    void anImageWhichFailedIsNotBilled(TestGateway gateway, int billed) {
        try (var swift = ImageEmulator.create().shrink(64).start()) {
            swift.enqueue(Fault.IMAGE_FAILED.after(1));
            gateway.client(swift).post(gateway.route(), gateway.several(3, false));

            assertThat(settled(swift)).isEqualTo(new ImageCounts(3, 2, billed));
        }
    }

    @ParameterizedTest
    @CsvSource({"OPENROUTER, 0", "OPENAI, 1", "AZURE, 1", "OPENAI_RESPONSES, 1", "ARK, 1", "MINIMAX, 1"})
    void anAnswerCutOnItsWayIsBilledByTheRuleOfItsService(TestGateway gateway, int billed) {
        try (var swift = ImageEmulator.create().shrink(64).start()) {
            swift.enqueue(Fault.CUT.after(0));
            RawTestClient.post(swift, gateway.path(swift, true), gateway.body(true));

            assertThat(settled(swift).billed()).isEqualTo(billed);
        }
    }

    @Test
    void twoRequestsForOnePictureAreSeenAsTwo() {
        try (var swift = ImageEmulator.create().shrink(64).start()) {
            var client = TestGateway.MINIMAX.client(swift);
            swift.enqueue(Fault.RATE_LIMIT);
            for (int i = 0; i < 3; i++) {
                client.post(TestGateway.MINIMAX.route(), TestGateway.MINIMAX.body(false));
            }

            assertThat(swift.journal().entries()).hasSize(3);
            assertThat(swift.journal().accepted()).hasSize(2);
        }
    }

    private void advanceUntilMade(int images) {
        Deadline.until(() -> {
            time.advanceTimeBy(Duration.ofMillis(100));
            LockSupport.parkNanos(2_000_000); // whoever draws keeps up
            return emulator.journal().entries().stream()
                            .mapToInt(entry -> entry.images().made())
                            .sum()
                    >= images;
        });
    }

    private ImageCounts cancelled() {
        return emulator.journal().cancelled().block(Deadline.LIMIT).images();
    }

    private static ImageCounts settled(RunningEmulator emulator) {
        return emulator.journal().settled().next().block(Deadline.LIMIT).images();
    }
}
