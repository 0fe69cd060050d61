package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.MINI;
import static dev.darkroom.emulator.TestClient.small;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.FaultHeader;
import dev.darkroom.emulator.journal.Outcome;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.scheduler.VirtualTimeScheduler;
import tools.jackson.databind.node.ObjectNode;

/** The faults which are a matter of time, on a clock which the test moves. */
class PacedFaultTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final RunningEmulator emulator = ImageEmulator.create().time(time).start();

    @AfterEach
    void stop() {
        emulator.close();
    }

    private static ObjectNode document() {
        return small(MINI).put("size", "16x16");
    }

    @ParameterizedTest
    @CsvSource({"slicer; size=100; delay=1s, 100, 1000", "bandwidth; rate=1, 20, 20"})
    void anAnswerComesInPiecesAndNoneBeforeItsTime(String order, int piece, int millis) throws IOException {
        try (var socket = RawTestClient.open(emulator, document(), FaultHeader.NAME, order)) {
            var text = new StringBuilder();
            int advances = 0;
            while (!text.toString().endsWith("}")) {
                time.advanceTimeBy(Duration.ofMillis(millis));
                advances++;
                text.append(next(socket));
            }
            assertThat(text).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(advances).isGreaterThanOrEqualTo(text.length() / piece);
        }
    }

    /** What has come by now, without waiting for what has not. */
    private static String next(Socket socket) throws IOException {
        socket.setSoTimeout(5);
        var bytes = new byte[100_000];
        try {
            int read = socket.getInputStream().read(bytes);
            return read < 0 ? "" : new String(bytes, 0, read, StandardCharsets.ISO_8859_1);
        } catch (SocketTimeoutException e) {
            return "";
        }
    }

    @Test
    void theEndCanComeLaterThanTheAnswer() throws IOException {
        try (var socket = RawTestClient.open(emulator, document(), FaultHeader.NAME, "slow_close; lasting=10")) {
            var whole = "";
            while (!whole.endsWith("}")) {
                whole += next(socket);
            }
            assertThat(RawTestClient.available(socket, 100))
                    .as("an open connection")
                    .isEmpty();
            assertThat(emulator.journal().entries().get(0).outcome()).isInstanceOf(Outcome.Pending.class);

            int end = 0;
            socket.setSoTimeout(20);
            while (end >= 0) {
                time.advanceTimeBy(Duration.ofSeconds(10));
                try {
                    end = socket.getInputStream().read();
                } catch (SocketTimeoutException e) {
                    end = 0; // the emulator has not heard of the time yet
                }
            }
            assertThat(emulator.journal()
                            .awaitSettled(Deadline.LIMIT)
                            .entries()
                            .get(0)
                            .outcome())
                    .isInstanceOf(Outcome.Accepted.class);
        }
    }
}
