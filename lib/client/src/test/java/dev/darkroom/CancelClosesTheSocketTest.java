package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** Whoever gives up closes the connection at once, whatever was being waited for; nothing else here would close it for minutes. */
class CancelClosesTheSocketTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    /** Seen were some milliseconds. */
    private static final Duration AT_ONCE = Duration.ofSeconds(30);

    private static final ImageRequest REQUEST = ImageRequest.of("a/b", "p");
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nContent-Type: ";
    private static final String PREVIEW =
            "data: {\"type\":\"image_generation.partial_image\",\"partial_image_index\":0,\"b64_json\":\"iVBORw0KGgoBAgM=\"}\n\n";

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final CompletableFuture<Long> closed = new CompletableFuture<>();
    private final ImageClient client = ImageClient.openRouter("sk-test")
            .timeouts(t -> t.connect(LONG).firstByte(LONG).silence(LONG))
            .rateLimits(r -> r.maxWait(LONG))
            .downloads(d -> d.allow("127.0.0.1").timeout(LONG));

    @AfterEach
    void stop() {
        client.close();
    }

    /** What the server has said when it falls silent, and who asked it. */
    private record Wait(String of, String said, Function<ImageClient, Publisher<?>> call) {
        @Override
        public String toString() {
            return of;
        }
    }

    private static Stream<Wait> waits() {
        return Stream.of(
                new Wait("a head", "", images -> images.generate(REQUEST)),
                new Wait("the rest of a head", "HTTP/1.1 200 OK\r\nContent-Le", images -> images.result(REQUEST)),
                new Wait("the rest of a document", OK + "application/json\r\n\r\n{", images -> images.result(REQUEST)),
                new Wait(
                        "an event",
                        OK + "text/event-stream\r\n\r\n" + PREVIEW,
                        images -> images.generate(REQUEST.stream(true))),
                new Wait(
                        "the models",
                        "",
                        images -> images.catalogue().orElseThrow().models()),
                new Wait(
                        "the rest of an estimate",
                        OK + "application/json\r\n\r\n{",
                        images -> images.catalogue().orElseThrow().estimate(REQUEST)));
    }

    private RawGateway saying(String words) throws IOException {
        return new RawGateway((request, socket) -> {
            RawGateway.say(socket, words);
            asked.countDown();
            untilTheEnd(socket);
        });
    }

    /** Of the connection, orderly or not. */
    private void untilTheEnd(Socket socket) {
        var piece = new byte[64 * 1024];
        try {
            while (socket.getInputStream().read(piece) >= 0) {
                Thread.onSpinWait(); // what was sent before
            }
        } catch (IOException reset) {
            // an end, too
        }
        closed.complete(System.nanoTime());
    }

    private void closesAtOnce(Publisher<?> call) throws Exception {
        var subscription = Flux.from(call).subscribe();
        assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(closed).isNotDone();
        var before = System.nanoTime();
        subscription.dispose();
        assertThat(closed.get(1, TimeUnit.MINUTES) - before).isLessThan(AT_ONCE.toNanos());
    }

    @ParameterizedTest
    @MethodSource("waits")
    void aCallThatIsGivenUpClosesItsConnectionAtOnce(Wait wait) throws Exception {
        try (var gateway = saying(wait.said)) {
            closesAtOnce(wait.call.apply(client.baseUrl(gateway.url())));
        }
    }

    @Test
    void soDoesADownloadIntoMemory() throws Exception {
        try (var storage = saying(OK + "image/png\r\n\r\nhalf")) {
            closesAtOnce(client.download(GeneratedImage.at(0, null, URI.create(storage.url() + "/1.png"))));
        }
    }

    @Test
    void soDoesADownloadIntoAFile(@TempDir Path folder) throws Exception {
        try (var storage = saying(OK + "image/png\r\n\r\nhalf")) {
            var image = GeneratedImage.at(0, null, URI.create(storage.url() + "/1.png"));
            closesAtOnce(client.download(image, folder.resolve("1.png")));
        }
    }

    @Test
    void soDoesAnImageByUrlOfAnAnswerThatIsHere() throws Exception {
        try (var storage = saying("");
                var gateway = new RawGateway((request, socket) -> RawGateway.say(
                        socket, RawGateway.ok("{\"data\":[{\"url\":\"" + storage.url() + "/1.png\"}]}")))) {
            closesAtOnce(client.baseUrl(gateway.url()).generate(REQUEST));
        }
    }

    @Test
    void soDoesAnUploadThatNobodyTakes() throws Exception {
        try (var server = new ServerSocket()) {
            server.setReceiveBufferSize(32 * 1024);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            RawGateway.start("slow-gateway", () -> {
                try (var socket = server.accept()) {
                    RawGateway.head(socket.getInputStream());
                    asked.countDown();
                    cancelled.await();
                    untilTheEnd(socket);
                }
            });
            var reference = new byte[8 << 20];
            System.arraycopy(RawGateway.picture(1), 0, reference, 0, 9);
            closesAtOnce(client.baseUrl("http://127.0.0.1:" + server.getLocalPort())
                    .generate(REQUEST.references(ImageReference.bytes(reference)))
                    .doOnCancel(cancelled::countDown));
        }
    }
}
