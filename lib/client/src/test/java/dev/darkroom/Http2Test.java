package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.UnavailableException;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.SslContextBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/** HTTP/2: what is cancelled, refused, closed and left open is said of a stream, and not of all that share its connection. */
class Http2Test {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ImageRequest REQUEST = ImageRequest.of("a/b", "p");

    /** What is refused is not tried again later, so that whatever is sent twice is sent twice at once. */
    private final ImageClient client = ImageClient.openRouter("sk-test")
            .rateLimits(r -> r.maxWait(Duration.ZERO))
            .customize(Http2Gateway::trusting)
            .connections(c -> c.http2(true));

    @AfterEach
    void stop() {
        client.close();
    }

    private int owner(Http2Gateway gateway) {
        var bytes = client.baseUrl(gateway.url())
                .result(REQUEST)
                .block(PATIENCE)
                .first()
                .asByteBuffer();
        return bytes.get(bytes.limit() - 1);
    }

    private Throwable failure(Http2Gateway gateway) {
        return client.baseUrl(gateway.url())
                .result(REQUEST)
                .materialize()
                .block(PATIENCE)
                .getThrowable();
    }

    private Disposable begun(Http2Gateway gateway) {
        return client.baseUrl(gateway.url()).result(REQUEST).subscribe(done -> {}, failure -> {});
    }

    @Test
    void requestsShareOneConnection() {
        try (var gateway = new Http2Gateway(Http2Gateway.Request::answer)) {
            for (int i = 1; i <= 5; i++) {
                assertThat(owner(gateway)).isEqualTo(i);
            }
            assertThat(gateway.connections()).isEqualTo(1);
        }
    }

    @Test
    void aCancelResetsItsStreamAndLeavesTheConnectionToTheOthers() throws Exception {
        var open = new ConcurrentLinkedQueue<Http2Gateway.Request>();
        try (var gateway = new Http2Gateway(open::add)) {
            var before = begun(gateway);
            gateway.await("1: DATA 3 0");
            var within = begun(gateway);
            gateway.await("1: DATA 5 0");
            var other = client.baseUrl(gateway.url()).result(REQUEST).toFuture();
            gateway.await("1: DATA 7 0");
            open.poll();
            before.dispose(); // nothing of an answer is there
            assertThat(gateway.await("1: RST_STREAM")).isEqualTo("1: RST_STREAM 3 CANCEL");
            var second = open.poll();
            second.frames().head(second.stream(), 200).data(second.stream(), "{\"data\":[", false);
            within.dispose(); // its answer is coming
            assertThat(gateway.await("1: RST_STREAM")).isEqualTo("1: RST_STREAM 5 CANCEL");
            open.poll().answer();
            assertThat(other.get(1, TimeUnit.MINUTES).images()).hasSize(1);
            assertThat(gateway.connections()).isEqualTo(1);
            assertThat(gateway.frames()).noneMatch(frame -> frame.contains("GOAWAY") || frame.contains("closed"));
        }
    }

    @Test
    void aLimitThatRunsOutResetsTheStreamAlone() throws Exception {
        try (var gateway = new Http2Gateway(request -> {
            if (request.number() == 2) {
                request.answer();
            }
        })) {
            var hasty = client.timeouts(t -> t.firstByte(Duration.ofMillis(50))).baseUrl(gateway.url());
            assertThat(hasty.result(REQUEST).materialize().block(PATIENCE).getThrowable())
                    .isInstanceOf(OutcomeUnknownException.class);
            gateway.await("1: RST_STREAM 3 CANCEL");
            assertThat(owner(gateway)).isEqualTo(2);
            assertThat(gateway.connections()).isEqualTo(1);
        }
    }

    @Test
    void aRefusedStreamWasNeverAcceptedAndIsSentAgain() {
        try (var gateway = new Http2Gateway(request -> {
            if (request.number() <= 2) {
                request.frames().reset(request.stream(), Http2Error.REFUSED_STREAM);
            } else {
                request.answer();
            }
        })) {
            assertThat(owner(gateway)).isEqualTo(3);
            assertThat(gateway.requests()).isEqualTo(3);
        }
    }

    @Test
    void aServerThatRefusesEveryStreamIsUnavailableAndNotAskedForEver() {
        try (var gateway =
                new Http2Gateway(request -> request.frames().reset(request.stream(), Http2Error.REFUSED_STREAM))) {
            assertThat(failure(gateway))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("localhost did not take the request: it refused the stream");
            assertThat(gateway.requests()).isEqualTo(4);
        }
    }

    @Test
    void aStreamAboveTheLastOneOfAClosingServerIsSentAgainOnAnotherConnection() {
        try (var gateway = new Http2Gateway(request -> {
            if (request.connection() == 1) {
                request.frames().goAway(request.stream() - 2, Http2Error.NO_ERROR);
            } else {
                request.answer();
            }
        })) {
            assertThat(owner(gateway)).isEqualTo(2);
            assertThat(gateway.requests()).isEqualTo(2);
            assertThat(gateway.connections()).isEqualTo(2);
        }
    }

    @Test
    void aStreamThatAClosingServerHasTakenIsAnsweredToItsEndAndNotSentAgain() {
        try (var gateway = new Http2Gateway(request -> {
            if (request.number() == 1) {
                request.frames()
                        .goAway(Integer.MAX_VALUE, Http2Error.NO_ERROR)
                        .goAway(request.stream(), Http2Error.NO_ERROR);
            }
            request.answer();
        })) {
            assertThat(owner(gateway)).isEqualTo(1);
            assertThat(owner(gateway)).isEqualTo(2);
            assertThat(gateway.requests()).isEqualTo(2);
            assertThat(gateway.connections()).isEqualTo(2);
        }
    }

    /** What leaves it open whether the request was accepted, and paid for. */
    private enum Open {
        HANGS_UP {
            @Override
            void end(Http2Gateway.Request request) {
                request.frames().hangUp();
            }
        },
        CLOSES_AND_HANGS_UP {
            @Override
            void end(Http2Gateway.Request request) {
                request.frames().goAway(request.stream(), Http2Error.NO_ERROR).hangUp();
            }
        },
        CANCELS {
            @Override
            void end(Http2Gateway.Request request) {
                request.frames().reset(request.stream(), Http2Error.CANCEL);
            }
        },
        FAILS {
            @Override
            void end(Http2Gateway.Request request) {
                request.frames().reset(request.stream(), Http2Error.INTERNAL_ERROR);
            }
        },
        WANTS_CALM {
            @Override
            void end(Http2Gateway.Request request) {
                request.frames().reset(request.stream(), Http2Error.ENHANCE_YOUR_CALM);
            }
        },
        ENDS_WITHOUT_AN_ERROR {
            @Override
            void end(Http2Gateway.Request request) {
                request.frames().reset(request.stream(), Http2Error.NO_ERROR);
            }
        },
        REFUSES_WHAT_IT_ANNOUNCED {
            @Override
            void end(Http2Gateway.Request request) {
                request.frames().head(request.stream(), 103).reset(request.stream(), Http2Error.REFUSED_STREAM);
            }
        },
        REFUSES_WHAT_IT_ANSWERS {
            @Override
            void end(Http2Gateway.Request request) {
                request.frames().head(request.stream(), 200).reset(request.stream(), Http2Error.REFUSED_STREAM);
            }
        },
        CLOSES_WITHOUT_WHAT_IT_ANSWERS {
            @Override
            void end(Http2Gateway.Request request) {
                request.frames().head(request.stream(), 200).goAway(0, Http2Error.NO_ERROR);
            }
        },
        BREAKS_THE_RULES {
            @Override
            void end(Http2Gateway.Request request) {
                request.frames().data(request.stream() + 100, "?", true);
            }
        };

        abstract void end(Http2Gateway.Request request);
    }

    @ParameterizedTest
    @EnumSource
    void whateverElseEndsAStreamLeavesItsOutcomeOpen(Open end) {
        try (var gateway = new Http2Gateway(end::end)) {
            assertThat(failure(gateway)).isInstanceOf(OutcomeUnknownException.class);
            assertThat(gateway.requests()).isEqualTo(1);
        }
    }

    @Test
    void moreRequestsThanAServerTakesAtATimeAreAllAnsweredOnce() {
        var answered = new ConcurrentLinkedQueue<Integer>();
        try (var gateway = new Http2Gateway(
                new Http2Settings().maxConcurrentStreams(4),
                request -> request.frames().later(() -> {
                    answered.add(request.number());
                    request.answer();
                }))) {
            var there = client.baseUrl(gateway.url());
            var results = Flux.range(0, 40)
                    .flatMap(i -> there.result(REQUEST), 40)
                    .collectList()
                    .block(PATIENCE);
            assertThat(results).hasSize(40);
            assertThat(answered).hasSize(40);
            assertThat(gateway.connections()).isLessThanOrEqualTo(10);
        }
    }

    private static final String PREVIEW =
            "data: {\"type\":\"image_generation.partial_image\",\"partial_image_index\":0,\"b64_json\":\"iVBORw0KGgoBAgM=\"}\n\n";

    /** As much as a server may send ahead of one reader. */
    private static final int WINDOW = 1 << 20;

    @Test
    void readersThatStopHoldUpNobodyElse() throws Exception {
        var stopped = 6;
        try (var gateway = new Http2Gateway(request -> {
            if (request.number() > stopped) {
                request.answer();
                return;
            }
            request.frames().stream(request.stream());
            var previews = PREVIEW.repeat(100);
            for (int sent = 0; sent + previews.length() <= WINDOW; sent += previews.length()) {
                request.frames().data(request.stream(), previews, false);
            }
        })) {
            var there = client.baseUrl(gateway.url());
            for (int i = 0;
                    i < stopped;
                    i++) { // one after the other: those that come at once may open a second connection
                var reader = there.generate(REQUEST.stream(true)).subscribeWith(new OneEvent());
                assertThat(reader.event.get(1, TimeUnit.MINUTES)).isInstanceOf(ImageEvent.Partial.class);
            }
            assertThat(owner(gateway)).isEqualTo(stopped + 1);
            assertThat(gateway.connections()).isEqualTo(1);
        }
    }

    /** Wants one, and nothing more for ever. */
    private static final class OneEvent extends BaseSubscriber<ImageEvent> {

        private final CompletableFuture<ImageEvent> event = new CompletableFuture<>();

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(1);
        }

        @Override
        protected void hookOnNext(ImageEvent value) {
            event.complete(value);
        }

        @Override
        protected void hookOnError(Throwable failure) {
            event.completeExceptionally(failure);
        }
    }

    @Test
    void anEarlyAnswerToALargeUploadCounts() {
        try (var gateway = new Http2Gateway(request -> {})) {
            gateway.onHead(request -> {
                request.answer();
                request.frames().reset(request.stream(), Http2Error.NO_ERROR);
            });
            var large = ImageRequest.of("a/b", "p".repeat(4 << 20));
            assertThat(client.baseUrl(gateway.url())
                            .result(large)
                            .block(PATIENCE)
                            .images())
                    .hasSize(1);
        }
    }

    @Test
    void closingTheClientClosesItsConnections() throws Exception {
        try (var gateway = new Http2Gateway(Http2Gateway.Request::answer)) {
            owner(gateway);
            client.close();
            gateway.await("1: closed");
        }
    }

    @Test
    void aServerThatDoesNotSpeakItIsSpokenToInHttp1() throws Exception {
        var tls = javax.net.ssl.SSLContext.getInstance("TLS");
        tls.init(Http2Gateway.trusted().toKeyManagerFactory().getKeyManagers(), null, null);
        try (var gateway = new RawGateway(
                tls.getServerSocketFactory(),
                (request, socket) -> RawGateway.say(socket, RawGateway.ok(RawGateway.document(request.number()))))) {
            var there = client.baseUrl("https://localhost:" + gateway.port());
            for (int i = 1; i <= 5; i++) {
                assertThat(there.result(REQUEST).block(PATIENCE).images()).hasSize(1);
            }
            assertThat(gateway.requests())
                    .hasSize(5)
                    .allSatisfy(request -> assertThat(request.head()).contains(" HTTP/1.1\r\n"));
            assertThat(gateway.connections()).isLessThan(5);
        }
    }

    @Test
    void whatOneSaysTooMuchInHttp1AnswersNobodyThoughHttp2WasOffered() throws Exception {
        var tls = javax.net.ssl.SSLContext.getInstance("TLS");
        tls.init(Http2Gateway.trusted().toKeyManagerFactory().getKeyManagers(), null, null);
        try (var gateway = new RawGateway(tls.getServerSocketFactory(), (request, socket) -> {
            var surplus = request.number() == 1 ? RawGateway.ok(RawGateway.document(99)) : "";
            RawGateway.say(socket, RawGateway.ok(RawGateway.document(request.number())) + surplus);
        })) {
            var there = client.baseUrl("https://localhost:" + gateway.port());
            for (int i = 1; i <= 3; i++) {
                var bytes = there.result(REQUEST).block(PATIENCE).first().asByteBuffer();
                assertThat(bytes.get(bytes.limit() - 1)).isEqualTo((byte) i);
            }
            assertThat(gateway.requests()).hasSize(3);
        }
    }

    @Test
    void aServerThatTakesNoStreamAtAllIsSentNothing() {
        try (var gateway =
                new Http2Gateway(new Http2Settings().maxConcurrentStreams(0), Http2Gateway.Request::answer)) {
            var hasty = client.connections(c -> c.max(2).maxWait(Duration.ofMillis(100)))
                    .baseUrl(gateway.url());
            for (int i = 0; i < 3; i++) { // the first may be before it has said so
                var told = hasty.result(REQUEST).materialize().block(PATIENCE);
                if (told.isOnError()) {
                    assertThat(told.getThrowable()).isInstanceOf(UnavailableException.class);
                }
            }
            assertThat(gateway.requests()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void withoutTlsItIsNotOffered() throws Exception {
        try (var gateway = new RawGateway(
                (request, socket) -> RawGateway.say(socket, RawGateway.ok(RawGateway.document(request.number()))))) {
            assertThat(client.baseUrl(gateway.url())
                            .result(REQUEST)
                            .block(PATIENCE)
                            .images())
                    .hasSize(1);
            assertThat(gateway.requests())
                    .singleElement()
                    .satisfies(request ->
                            assertThat(request.head()).contains(" HTTP/1.1\r\n").doesNotContainIgnoringCase("upgrade"));
        }
    }

    @Test
    void aTlsContextThatAgreesOnWhatIsNotSpokenIsSaidAndNothingIsSent() {
        try (var gateway = new Http2Gateway(Http2Gateway.Request::answer)) {
            var failure = client.connections(c -> c.http2(false))
                    .baseUrl(gateway.url())
                    .result(REQUEST)
                    .materialize()
                    .block(PATIENCE)
                    .getThrowable();
            assertThat(failure)
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("connections(c -> c.http2(..))");
            assertThat(gateway.requests()).isZero();
        }
    }

    @Test
    void aTlsContextThatOffersNothingLeavesItAtHttp1() throws Exception {
        var tls = javax.net.ssl.SSLContext.getInstance("TLS");
        tls.init(Http2Gateway.trusted().toKeyManagerFactory().getKeyManagers(), null, null);
        var plain = SslContextBuilder.forClient()
                .trustManager(Http2Gateway.trusted().getCertificate())
                .build();
        try (var gateway = new RawGateway(
                tls.getServerSocketFactory(),
                (request, socket) -> RawGateway.say(socket, RawGateway.ok(RawGateway.document(request.number()))))) {
            assertThat(client.customize(http -> http.secure(spec -> spec.sslContext(plain)))
                            .baseUrl("https://localhost:" + gateway.port())
                            .result(REQUEST)
                            .block(PATIENCE)
                            .images())
                    .hasSize(1);
        }
    }

    @Test
    void framesOfAnswersMayTakeTurns() throws Exception {
        var open = new ConcurrentLinkedQueue<Http2Gateway.Request>();
        try (var gateway = new Http2Gateway(request -> {
            open.add(request);
            if (open.size() == 3) {
                interleave(List.copyOf(open));
            }
        })) {
            var there = client.baseUrl(gateway.url());
            var owners = Flux.range(1, 3)
                    .flatMap(i -> there.header("X-Number", Integer.toString(i))
                            .result(REQUEST)
                            .map(result -> {
                                var bytes = result.first().asByteBuffer();
                                return List.of(i, (int) bytes.get(bytes.limit() - 1));
                            }))
                    .collectList()
                    .block(PATIENCE);
            assertThat(owners).containsExactlyInAnyOrder(List.of(1, 1), List.of(2, 2), List.of(3, 3));
        }
    }

    private static void interleave(List<Http2Gateway.Request> requests) {
        var documents = requests.stream()
                .map(request -> RawGateway.document(
                        Integer.parseInt(request.head().get("x-number").toString())))
                .toList();
        requests.forEach(request -> request.frames().head(request.stream(), 200));
        var length = documents.get(0).length();
        for (int at = 0; at < length; at++) {
            for (int i = 0; i < requests.size(); i++) {
                var request = requests.get(i);
                request.frames().data(request.stream(), documents.get(i).substring(at, at + 1), at == length - 1);
            }
        }
    }
}
