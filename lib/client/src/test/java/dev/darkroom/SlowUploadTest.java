package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.testsupport.SideBySide;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A large reference over a slow line, and a gateway that has its answer before it has the reference. */
class SlowUploadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(50);

    /** Servers of one connection each, whose windows are so small that what is not read stays with the client. */
    private interface Reading {
        void read(Socket socket, int length) throws Exception;
    }

    private final ImageClient client = ImageClient.openRouter("sk-test").rateLimits(r -> r.maxWait(Duration.ZERO));
    private final AtomicLong taken = new AtomicLong();
    /** A socket that nobody holds is closed with the garbage. */
    private final Queue<Socket> held = new ConcurrentLinkedQueue<>();

    private ServerSocket server;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket();
        server.setReceiveBufferSize(32 * 1024);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
        for (var socket : held) {
            socket.close();
        }
    }

    private ImageClient reads(Reading reading) {
        RawGateway.start("slow-gateway", () -> {
            while (true) {
                var socket = server.accept();
                held.add(socket);
                RawGateway.start("slow-connection", () -> {
                    var head = RawGateway.head(socket.getInputStream());
                    reading.read(socket, RawGateway.length(head));
                });
            }
        });
        return client.baseUrl("http://127.0.0.1:" + server.getLocalPort());
    }

    private static ImageRequest withReference(int bytes) {
        var picture = new byte[bytes];
        System.arraycopy(RawGateway.picture(1), 0, picture, 0, 9);
        return ImageRequest.of("a/b", "p").references(ImageReference.bytes(picture));
    }

    private static ImageException failure(ImageClient images, ImageRequest request) {
        return (ImageException)
                images.generate(request).then().materialize().block(PATIENCE).getThrowable();
    }

    @Test
    @SideBySide
    void theFirstByteIsAwaitedOnlyOnceTheWholeRequestHasLeft() {
        var there = reads((socket, length) -> {
            taken.addAndGet(socket.getInputStream().readNBytes(1_000_000).length);
            TimeUnit.SECONDS.sleep(6); // a line that stands still, with megabytes before it
            taken.addAndGet(socket.getInputStream().readNBytes(length - 1_000_000).length);
            RawGateway.say(socket, RawGateway.ok(RawGateway.document(1)));
        });
        var result = there.timeouts(t -> t.firstByte(Duration.ofSeconds(5)))
                .result(withReference(6 << 20))
                .block(PATIENCE);
        assertThat(result.images()).hasSize(1);
        assertThat(taken).hasValueGreaterThan(8 << 20);
    }

    @Test
    @SideBySide
    void aServerThatTakesNothingForTheSilenceTimeoutIsGivenUp() {
        var there = reads((socket, length) -> socket.getInputStream().readNBytes(100_000));
        var failure = failure(there.timeouts(t -> t.silence(Duration.ofMillis(400))), withReference(12 << 20));
        assertThat(failure)
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("no byte of the request was taken");
    }

    @ParameterizedTest
    @CsvSource({
        "413, dev.darkroom.image.RejectedException",
        "401, dev.darkroom.image.RejectedException",
        "429, dev.darkroom.image.RateLimitedException",
        "503, dev.darkroom.image.RateLimitedException"
    })
    void anEarlyRefusalIsToldThoughAResetIsBehindIt(int status, Class<?> type) {
        var there = reads((socket, length) -> {
            socket.getInputStream().readNBytes(50_000);
            RawGateway.say(
                    socket,
                    "HTTP/1.1 " + status
                            + " No\r\nRetry-After: 30\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");
            socket.close(); // with bytes unread: a reset
        });
        for (int i = 0; i < 10; i++) {
            assertThat(failure(there, withReference(12 << 20))).isInstanceOf(type);
        }
    }

    @Test
    void whereTheResetOvertakesTheHeadTheOutcomeIsUnknown() {
        var there = reads((socket, length) -> {
            socket.getInputStream().readNBytes(50_000);
            RawGateway.reset(socket);
        });
        assertThat(failure(there, withReference(12 << 20))).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    @SideBySide
    void theUploadStopsWhereAnAnswerBegins() {
        var there = reads((socket, length) -> {
            socket.getInputStream().readNBytes(50_000);
            RawGateway.say(socket, "HTTP/1.1 413 Too Large\r\nContent-Length: 100\r\n\r\n{");
            var piece = new byte[64 * 1024];
            socket.setSoTimeout(500);
            try {
                for (int read = 0; read >= 0; read = socket.getInputStream().read(piece)) {
                    taken.addAndGet(read);
                }
            } catch (IOException quiet) {
                RawGateway.say(socket, " ".repeat(98) + "}");
            }
        });
        assertThat(failure(there, withReference(40 << 20))).isInstanceOf(RejectedException.class);
        assertThat(taken).as("what was under way when the answer came").hasValueLessThan(30 << 20);
    }
}
