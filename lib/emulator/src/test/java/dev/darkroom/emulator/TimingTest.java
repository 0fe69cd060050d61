package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.FLUX;
import static dev.darkroom.emulator.TestClient.MINI;
import static dev.darkroom.emulator.TestClient.small;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.testsupport.SideBySide;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class TimingTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

    @AfterEach
    void stopTheClock() {
        time.dispose();
    }

    @Test
    @SideBySide
    void keepAlivesFillTheTimeUntilEachEvent() throws Exception {
        var settings = ImageEmulator.create()
                .time(time)
                .latency(Duration.ofMillis(6800))
                .keepAlive(Duration.ofMillis(500));
        try (var emulator = settings.start();
                var socket = RawTestClient.open(emulator, small(MINI).put("stream", true))) {
            var stream = new StringBuilder();
            while (!stream.toString().endsWith("0\r\n\r\n")) {
                stream.append(RawTestClient.available(socket, 40));
                time.advanceTimeBy(
                        Duration.ofMillis(500)); // nothing comes any more until the clock moves, or it is drawn
            }
            var events = stream.toString().split("data: ");

            assertThat(alive(events[0])).as("before the partial").isGreaterThanOrEqualTo(6);
            assertThat(alive(events[1])).as("before the completed event").isGreaterThanOrEqualTo(6);
            assertThat(events[1]).contains("partial_image_index");
            assertThat(events[2]).contains("image_generation.completed");
        }
    }

    private static int alive(String text) {
        return text.split(": \n\n", -1).length - 1;
    }

    @Test
    void aBufferedImageTakesItsLatency() {
        try (var emulator =
                ImageEmulator.create().time(time).latency(Duration.ofSeconds(4)).start()) {
            var answer = new TestClient(emulator).postLater(small("darkroom/studio"));
            assertThat(arrived(emulator)).isTrue();
            assertThat(answer).isNotDone();
            while (!answer.isDone()) {
                time.advanceTimeBy(Duration.ofSeconds(1));
                Thread.onSpinWait();
            }

            assertThat(answer.join().statusCode()).isEqualTo(200);
            assertThat(time.now(TimeUnit.SECONDS)).isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void withoutLatencyNothingWaitsForTheClock() {
        try (var emulator = ImageEmulator.create().time(time).start()) {
            assertThat(new TestClient(emulator)
                            .post(TestClient.imageRequest(FLUX))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private static boolean arrived(RunningEmulator emulator) {
        Deadline.until(() -> !emulator.journal().entries().isEmpty());
        return true;
    }
}
