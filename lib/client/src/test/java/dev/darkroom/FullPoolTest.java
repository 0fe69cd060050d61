package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.settings.Connections;
import io.netty.handler.codec.http2.Http2Settings;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** A pool all of whose connections are in use: nothing is sent, and the exception says what would make it larger. */
class FullPoolTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final ImageRequest REQUEST = ImageRequest.of("a/b", "p");

    private final ImageClient client = ImageClient.openRouter("sk-test").rateLimits(r -> r.maxWait(Duration.ZERO));
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);

    @AfterEach
    void stop() {
        client.close();
    }

    /** One that holds its first answer back. */
    private RawGateway gateway() throws Exception {
        return new RawGateway((request, socket) -> {
            asked.countDown();
            answer.await();
            RawGateway.say(socket, RawGateway.ok(RawGateway.document(request.number())));
        });
    }

    private static Throwable failure(ImageClient images) {
        return images.result(REQUEST).materialize().block(PATIENCE).getThrowable();
    }

    /** What becomes of a request where one is in the air, and one more waits if it may. */
    private void assertRefused(UnaryOperator<ImageClient> with, int waiting, String... words) throws Exception {
        try (var gateway = gateway()) {
            var there = with.apply(client).baseUrl(gateway.url());
            var first = there.result(REQUEST).toFuture();
            assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
            var second = waiting == 0 ? first : there.result(REQUEST).toFuture();
            assertThat(failure(there)).isInstanceOf(UnavailableException.class).hasMessageContainingAll(words);
            assertThat(gateway.requests()).hasSize(1);
            answer.countDown();
            assertThat(first.get(1, TimeUnit.MINUTES).images()).hasSize(1);
            assertThat(second.get(1, TimeUnit.MINUTES).images()).hasSize(1);
            assertThat(gateway.requests()).hasSize(1 + waiting);
            assertThat(gateway.connections()).isEqualTo(1);
        }
    }

    @Test
    void aRequestThatWaitsTooLongForAConnectionWasNotSent() throws Exception {
        assertRefused(
                images -> images.connections(c -> c.max(1).maxWait(SHORT)),
                0,
                "all connections to 127.0.0.1 are in use",
                Connections.MAX,
                Connections.MAX_WAIT);
    }

    @Test
    void oneMoreThanMayWaitWasNotSent() throws Exception {
        assertRefused(
                images -> images.connections(c -> c.max(1).maxWaiting(1)),
                1,
                "as many requests wait for one as may",
                Connections.MAX,
                Connections.MAX_WAITING);
    }

    @Test
    void aPoolThatCustomizeBroughtIsEnlargedThere() throws Exception {
        var pool = ConnectionProvider.builder("own")
                .maxConnections(1)
                .pendingAcquireTimeout(SHORT)
                .build();
        try {
            assertRefused(
                    images -> images.customize(http -> HttpClient.create(pool)), 0, "customize(..)", "maxConnections");
        } finally {
            pool.disposeLater().block(PATIENCE);
        }
    }

    @Test
    void aPoolThatCustomizeBroughtSaysHowManyMayWait() throws Exception {
        var pool = ConnectionProvider.builder("own")
                .maxConnections(1)
                .pendingAcquireMaxCount(1)
                .build();
        try {
            assertRefused(
                    images -> images.customize(http -> HttpClient.create(pool)),
                    1,
                    "customize(..)",
                    "pendingAcquireMax");
        } finally {
            pool.disposeLater().block(PATIENCE);
        }
    }

    @Test
    void overHttp2ItIsFullWhenEveryConnectionHasAllTheStreamsItsServerTakes() throws Exception {
        try (var gateway = new Http2Gateway(new Http2Settings().maxConcurrentStreams(2), request -> {})) {
            var there = client.customize(Http2Gateway::trusting)
                    .connections(c -> c.http2(true).max(1).maxWait(Duration.ofMillis(200)))
                    .baseUrl(gateway.url());
            there.result(REQUEST).subscribe(done -> {}, failure -> {});
            gateway.await("1: DATA 3 0");
            there.result(REQUEST).subscribe(done -> {}, failure -> {});
            gateway.await("1: DATA 5 0");
            assertThat(failure(there))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContainingAll("all connections to localhost are in use", Connections.MAX);
            assertThat(gateway.requests()).isEqualTo(2);
            assertThat(gateway.connections()).isEqualTo(1);
        }
    }

    @Test
    void copiesWithTheSameConnectionsShareThem() throws Exception {
        try (var gateway = gateway()) {
            answer.countDown();
            for (int i = 0; i < 5; i++) {
                var copy = client.connections(c -> c.max(7)).baseUrl(gateway.url());
                assertThat(copy.result(REQUEST).block(PATIENCE).images()).hasSize(1);
            }
            assertThat(gateway.connections()).isLessThan(5);
        }
    }

    @Test
    void anotherPoolGoesTheSameWayOut() throws Exception {
        try (var gateway = gateway()) {
            answer.countDown();
            var there = client.customize(http -> http.headers(headers -> headers.set("X-Mine", "1")))
                    .connections(c -> c.max(7))
                    .baseUrl(gateway.url());
            there.result(REQUEST).block(PATIENCE);
            assertThat(gateway.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request.head()).containsIgnoringCase("X-Mine: 1\r\n"));
        }
    }
}
