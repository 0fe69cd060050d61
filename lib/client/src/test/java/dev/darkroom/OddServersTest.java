package dev.darkroom;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.testsupport.SideBySide;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;
import reactor.test.StepVerifier;

/** What an emulator would not do, over raw sockets. */
class OddServersTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ImageRequest REQUEST = ImageRequest.of("a/b", "p");
    private static final String IMAGE = "{\"data\":[{\"b64_json\":\"iVBORw0KGgoBAgM=\"}]}";

    private final ServerSocket server;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final Queue<String> heads = new ConcurrentLinkedQueue<>();
    private volatile String answer = ok(IMAGE);
    private final ImageClient client;

    OddServersTest() throws IOException {
        server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        var thread = new Thread(this::accept, "odd-server");
        thread.setDaemon(true);
        thread.start();
        client = ImageClient.openRouter("sk-test").baseUrl("http://127.0.0.1:" + server.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    private static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                connections.incrementAndGet();
                var thread = new Thread(
                        () -> {
                            try (socket) {
                                serve(socket);
                            } catch (IOException e) {
                                // the client has gone
                            }
                        },
                        "odd-connection");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException e) {
            // closed at the end of the test
        }
    }

    private void serve(Socket socket) throws IOException {
        var in = socket.getInputStream();
        while (true) {
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                var next = in.read();
                if (next < 0) {
                    return;
                }
                head.append((char) next);
            }
            var length = head.toString()
                    .lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                    .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                    .findFirst()
                    .orElse(0);
            in.readNBytes(length);
            requests.incrementAndGet();
            heads.add(head.toString());
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private static ImageException failure(ImageClient client, ImageRequest request) {
        var caught = new ArrayList<Throwable>();
        StepVerifier.create(settled(client.generate(request).then()))
                .consumeErrorWith(caught::add)
                .verify(PATIENCE);
        return (ImageException) caught.get(0);
    }

    @Test
    void anySuccessMayHoldThePictureThatWasPaidFor() {
        answer = ok(IMAGE).replace("200 OK", "201 Created");
        StepVerifier.create(settled(client.result(REQUEST)))
                .assertNext(result -> assertThat(result.images()).hasSize(1))
                .expectComplete()
                .verify(PATIENCE);
        answer = "HTTP/1.1 204 No Content\r\n\r\n";
        StepVerifier.create(settled(client.result(REQUEST)))
                .expectError(OutcomeUnknownException.class)
                .verify(PATIENCE);
    }

    @Test
    void repliesThatOnlyAnnounceTheRealOneArePassedOver() {
        answer = "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + ok(IMAGE);
        for (int i = 0; i < 3; i++) {
            StepVerifier.create(settled(client.generate(REQUEST)))
                    .expectNextMatches(ImageEvent.Completed.class::isInstance)
                    .expectComplete()
                    .verify(PATIENCE);
        }
        assertThat(connections).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void whatIsCalledUnavailableWasNeverSentHoweverShortTheDeadline() {
        client.generate(REQUEST).blockLast(PATIENCE); // a connection to lie in wait
        var unavailable = new ArrayList<String>();
        for (int i = 0; i < 300; i++) {
            var id = "X-Attempt: " + i;
            var limit = Duration.ofNanos(1000L * (i + 1));
            client.timeouts(t -> t.total(limit))
                    .rateLimits(r -> r.maxWait(Duration.ZERO))
                    .generate(REQUEST.header("X-Attempt", Integer.toString(i)))
                    .doOnError(UnavailableException.class, e -> unavailable.add(id))
                    .onErrorComplete()
                    .blockLast(PATIENCE);
        }
        Mono.delay(Duration.ofMillis(500)).block(); // whatever is under way has arrived by then
        assertThat(unavailable).isNotEmpty();
        assertThat(heads).noneMatch(head -> unavailable.stream().anyMatch(id -> head.contains(id + "\r\n")));
    }

    @Test
    void afterDisposalNothingIsSentAndNothingIsClaimed() {
        client.close();
        var failure = failure(client, REQUEST);
        assertThat(failure).isInstanceOf(RejectedException.class).hasMessageContaining("the client was closed");
        StepVerifier.create(settled(client.catalogue().orElseThrow().models()))
                .expectError(RejectedException.class)
                .verify(PATIENCE);
        assertThat(connections).hasValue(0);
    }

    @Test
    @SideBySide
    void copiesShareTheConnectionsWhateverCustomizeMade() {
        var loops = LoopResources.create("own", 1, true);
        try {
            var customized = client.customize(http -> http.runOn(loops).resolver(spec -> spec.queryTimeout(PATIENCE)));
            for (int i = 0; i < 10; i++) {
                var wait = Duration.ofSeconds(i);
                customized.rateLimits(r -> r.maxWait(wait)).generate(REQUEST).blockLast(PATIENCE);
            }
            assertThat(connections).hasValueLessThan(5); // one is used while another is on its way to the pool
        } finally {
            client.close();
            loops.disposeLater().block(PATIENCE);
        }
    }

    @Test
    @SideBySide
    void aKeyThatNeverComesEndsAtTheDeadlineAndNothingIsSent() {
        var failure = failure(client.apiKey(Mono.never()), REQUEST.deadline(Duration.ofMillis(300)));
        assertThat(failure).isInstanceOf(UnavailableException.class).hasMessageContaining("deadline of PT0.3S");
        assertThat(requests).hasValue(0);
    }

    @Test
    @SideBySide
    void eventsThatArrivedBeforeTheConnectionBrokeAreDeliveredToASlowReader() {
        answer = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 100000\r\n\r\n"
                + "data: {\"type\":\"image_generation.text_chunk\",\"phase\":\"content\",\"text\":\"a\"}\n\n".repeat(4);
        StepVerifier.create(
                        client.timeouts(t -> t.silence(Duration.ofSeconds(4))).generate(REQUEST.stream(true)), 1)
                .expectNextCount(1)
                .thenRequest(1)
                .expectNextCount(1)
                .thenRequest(10)
                .expectNextCount(2)
                .expectError(OutcomeUnknownException.class)
                .verify(PATIENCE);
    }

    @Test
    void anEmptyContentEncodingIsNone() {
        answer = ok(IMAGE).replace("Content-Type", "Content-Encoding: \r\nContent-Type");
        StepVerifier.create(settled(client.generate(REQUEST)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void limitsBeyondAllTimeAreNoLimits() {
        var patient = client.timeouts(t -> t.firstByte(Duration.ofSeconds(Long.MAX_VALUE))
                .silence(Duration.ofSeconds(Long.MAX_VALUE))
                .total(Duration.ofSeconds(Long.MAX_VALUE))
                .connect(Duration.ofSeconds(Long.MAX_VALUE)));
        StepVerifier.create(settled(patient.generate(REQUEST.deadline(Duration.ofSeconds(Long.MAX_VALUE)))))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
    }
}
