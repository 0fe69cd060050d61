package example.postcard;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.Gateways;
import dev.darkroom.ImageClient;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.testsupport.SideBySide;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.test.StepVerifier;

/** That a stranger's dialect gets all that ours get: streams, the gate, partialResult, refusals, leniency. */
class PostcardDialectTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PNG = "iVBORw0KGgoBAgM=";
    private static final String SKETCH = "data: {\"sketch\":\"" + PNG + "\"}\n\n";
    private static final String POSTCARD = "data: {\"postcard\":\"" + PNG + "\"}\n\n";
    private static final ImageRequest REQUEST = ImageRequest.of("any", "greetings from Malmö");

    private final Queue<String> wishes = new ConcurrentLinkedQueue<>();
    private final Queue<HttpResponseStatus> statuses = new ConcurrentLinkedQueue<>();
    private final Queue<String> senders = new ConcurrentLinkedQueue<>();
    private final Queue<String> stamps = new ConcurrentLinkedQueue<>();
    private final Queue<String> ids = new ConcurrentLinkedQueue<>();
    private volatile String answer = SKETCH + POSTCARD;
    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.post("/wishes", this::fulfil))
            .bindNow(PATIENCE);
    private final ImageClient client =
            ImageClient.of(new PostcardDialect()).baseUrl("http://127.0.0.1:" + server.port());

    @AfterEach
    void stop() {
        client.close();
        server.disposeNow(PATIENCE);
    }

    private Publisher<Void> fulfil(HttpServerRequest request, HttpServerResponse response) {
        senders.add(String.valueOf(request.requestHeaders().get("X-Sender")));
        stamps.add(String.valueOf(request.requestHeaders().get("X-Stamp")));
        ids.add(String.valueOf(request.requestHeaders().get("X-Wish-Id")));
        assertThat(request.requestHeaders().contains("Authorization")).isFalse();
        var status = statuses.isEmpty() ? HttpResponseStatus.OK : statuses.remove();
        return request.receive()
                .aggregate()
                .asString()
                .doOnNext(wishes::add)
                .then(response.status(status)
                        .header("Content-Type", "text/event-stream")
                        .sendString(Mono.fromSupplier(() -> answer))
                        .then());
    }

    @Test
    void itsEventsComeThrough() {
        StepVerifier.create(settled(client.generate(REQUEST)))
                .assertNext(event -> assertThat(event).isInstanceOf(ImageEvent.Partial.class))
                .assertNext(event -> assertThat(event).isInstanceOf(ImageEvent.Completed.class))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(wishes).containsExactly(REQUEST.prompt());
    }

    @Test
    void itsKeyTravelsAsItSays() {
        client.apiKey("one-penny").result(REQUEST).block(PATIENCE);
        client.result(REQUEST).block(PATIENCE);
        assertThat(senders).containsExactly("one-penny", "null");
    }

    @Test
    @SideBySide
    void itsRateLimitsAreWaitedOut() {
        statuses.add(HttpResponseStatus.TOO_MANY_REQUESTS);
        StepVerifier.create(settled(client.result(REQUEST)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(wishes).hasSize(2);
    }

    @Test
    void whatStandsBeforeItDoesNotKnowAndIsNotAskedTwice() {
        answer = "<html><body><h1>502 Bad Gateway</h1></body></html>";
        statuses.add(HttpResponseStatus.BAD_GATEWAY);
        StepVerifier.create(settled(client.result(REQUEST)))
                .expectError(OutcomeUnknownException.class)
                .verify(PATIENCE);
        answer = "{\"oops\":\"the press is jammed\"}";
        statuses.add(HttpResponseStatus.INTERNAL_SERVER_ERROR);
        StepVerifier.create(settled(client.result(REQUEST)))
                .expectError(OutcomeUnknownException.class)
                .verify(PATIENCE);
        assertThat(wishes).hasSize(2);
    }

    @Test
    void whatItRefusesIsRefusedForGood() {
        statuses.add(HttpResponseStatus.BAD_REQUEST);
        StepVerifier.create(settled(client.result(REQUEST)))
                .expectError(RejectedException.class)
                .verify(PATIENCE);
        assertThat(wishes).hasSize(1);
    }

    @Test
    void itsFailuresCarryWhatHadArrived() {
        answer = SKETCH + "data: {\"regret\":\"no stamps\"}\n\n";
        StepVerifier.create(settled(client.result(REQUEST)))
                .expectErrorSatisfies(e -> assertThat(
                                ((GenerationFailedException) e).partialResult().lastPartial())
                        .isNotNull())
                .verify(PATIENCE);
        answer = SKETCH;
        StepVerifier.create(settled(client.result(REQUEST)))
                .expectError(OutcomeUnknownException.class)
                .verify(PATIENCE);
    }

    @Test
    void whatItDoesNotTakeIsRefusedOrLeftOut() {
        StepVerifier.create(settled(client.result(REQUEST.seed(7))))
                .expectError(RejectedException.class)
                .verify(PATIENCE);
        assertThat(wishes).isEmpty();
        StepVerifier.create(settled(client.dropUnsupportedOptions(true).result(REQUEST.seed(7))))
                .assertNext(result ->
                        assertThat(result.warnings()).singleElement().asString().startsWith("seed"))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void itsOwnOptionIsTypedReadFromTextAndRefusedWhenItIsWrong() {
        client.result(REQUEST.with(PostcardDialect.STAMP, 85)).block(PATIENCE);
        client.result(REQUEST.withText(PostcardDialect.STAMP, "90")).block(PATIENCE);
        assertThat(stamps).containsExactly("85", "90");
        StepVerifier.create(settled(client.result(REQUEST.with(PostcardDialect.STAMP, 0))))
                .expectErrorMessage("not sent to postcard: postcard.stamp must be 1 to 500, not 0")
                .verify(PATIENCE);
    }

    @Test
    @SideBySide
    void allAttemptsOfASubscriptionCarryOneIdempotencyKeyAndAnotherSubscriptionAnother() {
        statuses.add(HttpResponseStatus.TOO_MANY_REQUESTS);
        client.result(REQUEST).block(PATIENCE);
        client.result(REQUEST).block(PATIENCE);
        client.result(REQUEST.header("x-wish-id", "mine")).block(PATIENCE);
        assertThat(ids).hasSize(4);
        var all = List.copyOf(ids);
        assertThat(all.get(0)).isEqualTo(all.get(1)).isNotEqualTo(all.get(2)).hasSize(36);
        assertThat(all.get(3)).isEqualTo("mine");
    }

    @Test
    void noneOfOursPromisesToKnowARequestThatComesTwice() {
        assertThat(Gateways.all())
                .allSatisfy(provider ->
                        assertThat(provider.dialect().idempotencyHeader()).isEmpty());
    }
}
