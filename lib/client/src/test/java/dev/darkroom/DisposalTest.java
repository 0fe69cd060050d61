package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.testsupport.HouseRules;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Closing a client ends what is in the air, wherever it is. */
class DisposalTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ImageRequest REQUEST = ImageRequest.of("a/b", "p");

    private final CountDownLatch asked = new CountDownLatch(1);
    private final ImageClient client = ImageClient.openRouter("sk-test").downloads(d -> d.allow("127.0.0.1"));

    @AfterEach
    void stop() {
        client.close();
    }

    private static Throwable failure(CompletableFuture<?> call) throws Exception {
        try {
            call.get(20, TimeUnit.SECONDS);
            throw new AssertionError("no failure");
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    private Throwable disposedOf(CompletableFuture<?> call) throws Exception {
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        client.close();
        return failure(call);
    }

    @Test
    void aCallThatWaitsForItsAnswerMayHaveBeenBilled() throws Exception {
        try (var gateway = new RawGateway((request, socket) -> asked.countDown())) {
            var call = client.baseUrl(gateway.url()).result(REQUEST).toFuture();
            assertThat(disposedOf(call))
                    .isInstanceOf(OutcomeUnknownException.class)
                    .hasMessageContaining("the client was closed");
        }
    }

    @Test
    void aStreamEndsWithWhatHadArrived() throws Exception {
        try (var gateway = new RawGateway((request, socket) -> RawGateway.say(
                socket,
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: {\"type\":\"image_generation.partial_image\","
                        + "\"partial_image_index\":0,\"b64_json\":\"iVBORw0KGgoBAgM=\"}\n\n"))) {
            var call = client.baseUrl(gateway.url())
                    .generate(REQUEST.stream(true))
                    .doOnNext(event -> asked.countDown())
                    .then()
                    .toFuture();
            var failure = (OutcomeUnknownException) disposedOf(call);
            assertThat(failure.partialResult().lastPartial()).isNotNull();
        }
    }

    @Test
    void aDownloadEndsAndIsNotTriedAgain() throws Exception {
        try (var storage = new RawGateway((request, socket) -> {
            RawGateway.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            asked.countDown();
        })) {
            var image = GeneratedImage.at(0, null, URI.create(storage.url() + "/1.png"));
            assertThat(disposedOf(client.download(image).toFuture())).isInstanceOf(DownloadFailedException.class);
            assertThat(storage.requests()).hasSize(1);
        }
    }

    @Test
    void aCallThatConnectsWasNeverSent() throws Exception {
        // a full backlog: nobody accepts, so that a further connection is not made
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var calls = Flux.range(0, 8)
                    .map(i -> client.baseUrl("http://127.0.0.1:" + full.getLocalPort())
                            .result(REQUEST)
                            .toFuture())
                    .collectList()
                    .block(PATIENCE);
            client.close();
            for (CompletableFuture<?> call : calls) {
                assertThat(failure(call)).isInstanceOf(ImageException.class);
            }
        }
    }

    @Test
    void aCallThatWaitsInAPoolWasNeverSent() throws Exception {
        var pool = ConnectionProvider.create("one", 1);
        try (var gateway = new RawGateway((request, socket) -> asked.countDown())) {
            var there = client.customize(http -> HttpClient.create(pool)).baseUrl(gateway.url());
            var first = there.result(REQUEST).toFuture();
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            var second = there.result(REQUEST).toFuture();
            assertThat(disposedOf(second)).isInstanceOf(RejectedException.class);
            assertThat(failure(first)).isInstanceOf(OutcomeUnknownException.class);
            assertThat(gateway.requests()).hasSize(1);
        } finally {
            pool.disposeLater().block(PATIENCE);
        }
    }

    @Test
    void aCallThatWaitsForItsTurnWasNeverSent() throws Exception {
        try (var gateway = new RawGateway((request, socket) -> RawGateway.say(
                socket, "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 60\r\nContent-Length: 0\r\n\r\n"))) {
            var call = client.baseUrl(gateway.url())
                    .rateLimits(r -> r.onThrottled(throttled -> asked.countDown()))
                    .result(REQUEST)
                    .toFuture();
            assertThat(disposedOf(call))
                    .isInstanceOf(RejectedException.class)
                    .hasMessageContaining("the client was closed");
        }
    }

    @Test
    void closingAnyCopyClosesAllOfThemAndClosingAgainDoesNothing() {
        var copy = client.rateLimits(r -> r.maxWait(Duration.ZERO)).baseUrl("http://127.0.0.1:1");
        try (var another = copy.timeouts(t -> t.silence(PATIENCE))) {
            assertThat(another).isNotSameAs(copy);
        }
        client.close();
        copy.close();
        for (var closed : List.of(client, copy, client.header("X-A", "1"))) {
            assertThatExceptionOfType(RejectedException.class)
                    .isThrownBy(() -> closed.result(REQUEST).block(PATIENCE))
                    .withMessageContaining("the client was closed");
        }
    }

    @Test
    void aSubscriberThatThrowsWhenItIsToldKeepsNoOtherFromBeingTold() throws Exception {
        try (var gateway = new RawGateway((request, socket) -> asked.countDown())) {
            var there = client.baseUrl(gateway.url());
            var faulty = there.apiKey(Mono.never());
            for (int i = 0; i < 8; i++) {
                faulty.result(REQUEST).subscribe(result -> {}, failure -> {
                    throw new IllegalStateException("mine");
                });
            }
            var call = there.result(REQUEST).toFuture();
            assertThat(disposedOf(call)).isInstanceOf(OutcomeUnknownException.class);
            assertThat(HouseRules.takeDroppedErrors())
                    .hasSize(8)
                    .allSatisfy(e -> assertThat(e).hasMessage("mine"));
        }
    }

    @Test
    void itNeverThrowsWhateverTheCallsAreDoing() throws Exception {
        try (var gateway =
                new RawGateway((request, socket) -> RawGateway.say(socket, RawGateway.ok(RawGateway.document(1))))) {
            for (int round = 0; round < 60; round++) {
                var repeats = round % 20;
                var shortLived = ImageClient.openRouter("sk-test").baseUrl(gateway.url());
                var calls = Flux.range(0, 4)
                        .flatMap(i -> shortLived
                                .result(REQUEST)
                                .repeat(repeats)
                                .then()
                                .materialize())
                        .collectList()
                        .toFuture();
                RawGateway.start("dispose", shortLived::close);
                assertThatCode(shortLived::close).doesNotThrowAnyException();
                assertThat(calls.get(20, TimeUnit.SECONDS))
                        .hasSize(4)
                        .allSatisfy(end -> assertThat(end.getThrowable())
                                .satisfiesAnyOf(
                                        failure -> assertThat(failure).isNull(),
                                        failure -> assertThat(failure).isInstanceOf(ImageException.class)));
            }
        }
    }
}
