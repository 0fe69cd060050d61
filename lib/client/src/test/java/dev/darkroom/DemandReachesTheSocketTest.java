package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** With {@code request(1)} we read little more than the event asked for: the rest stays with the server. */
class DemandReachesTheSocketTest {

    private static final int EVENTS = 100;
    private static final byte[] PREVIEW = new byte[1 << 20];
    /** What two socket buffers, one in the kernel at either end, may swallow at the most, and one event. */
    private static final long MOST = 24L << 20;

    private final AtomicLong written = new AtomicLong();

    private void serve(ServerSocket server) {
        try (var socket = server.accept()) {
            socket.getInputStream().readNBytes(100); // the head of the request will do
            var out = socket.getOutputStream();
            write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
            var event = "data: {\"type\":\"image_generation.partial_image\",\"partial_image_index\":0,\"b64_json\":\""
                    + Base64.getEncoder().encodeToString(PREVIEW) + "\"}\n\n";
            for (int i = 0; i < EVENTS; i++) {
                write(out, event);
            }
        } catch (IOException e) {
            // the client has gone, as it should
        }
    }

    private void write(OutputStream out, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < bytes.length; at += 8192) {
            var length = Math.min(8192, bytes.length - at);
            out.write(bytes, at, length);
            written.addAndGet(length);
        }
    }

    @Test
    void demandReachesTheSocketSoThatASlowReaderLeavesTheRestWithTheServer() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var thread = new Thread(() -> serve(server), "server");
            thread.start();
            var client = ImageClient.openRouter("sk-test").baseUrl("http://127.0.0.1:" + server.getLocalPort());
            StepVerifier.create(client.generate(ImageRequest.of("a/b", "p").stream(true)), 1)
                    .expectNextMatches(ImageEvent.Partial.class::isInstance)
                    .then(this::untilTheServerIsStuck)
                    .then(() -> assertThat(written).hasValueLessThan(MOST))
                    .thenRequest(1)
                    .expectNextMatches(ImageEvent.Partial.class::isInstance)
                    .thenCancel()
                    .verify(Duration.ofMinutes(3));
            thread.join(60_000);
            assertThat(thread.isAlive())
                    .as("cancelling closed the socket under the server")
                    .isFalse();
            client.close();
        }
    }

    private void untilTheServerIsStuck() {
        Flux.interval(Duration.ofMillis(200))
                .map(tick -> written.get())
                .buffer(3, 1)
                .takeUntil(last -> last.get(0).equals(last.get(2)))
                .blockLast(Duration.ofMinutes(3));
    }
}
