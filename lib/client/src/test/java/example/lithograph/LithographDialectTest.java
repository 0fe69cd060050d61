package example.lithograph;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.testsupport.SideBySide;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.test.StepVerifier;

/** That a stranger's dialect can follow a task: one create, asks until it is made, and money's rules all the way. */
class LithographDialectTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String SHEET = "{\"sheet\":\"iVBORw0KGgoBAgM=\"}";
    private static final String PRINTING = "{\"state\":\"printing\"}";
    private static final String PRINTED = "{\"state\":\"printed\",\"at\":\"/sheets/p1\"}";
    private static final ImageRequest REQUEST = ImageRequest.of("any", "a lighthouse in ink");

    /** What is said instead of the next answers to {@code GET /prints/p1}: a status and a body, or a hang-up. */
    private record Says(int status, String body, String retryAfter) {}

    private static final Says HANGS_UP = new Says(0, "", "");

    private final Queue<String> calls = new ConcurrentLinkedQueue<>();
    private final Queue<Long> times = new ConcurrentLinkedQueue<>();
    private final Deque<Says> polls = new ConcurrentLinkedDeque<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch calledOff = new CountDownLatch(1);
    private volatile String poll = "/prints/p1";
    private volatile Says otherwise = new Says(200, PRINTED, "");
    private final DisposableServer server =
            HttpServer.create().host("127.0.0.1").port(0).handle(this::answer).bindNow(PATIENCE);
    private final ImageClient client =
            ImageClient.of(new LithographDialect()).apiKey("ink").baseUrl("http://127.0.0.1:" + server.port());

    @AfterEach
    void stop() {
        client.close();
        server.disposeNow(PATIENCE);
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        var call = request.method() + " " + request.uri();
        calls.add(call);
        times.add(System.nanoTime());
        assertThat(request.requestHeaders().get("Authorization")).isEqualTo("Bearer ink");
        return request.receive().then(Mono.defer(() -> Mono.from(said(call, response))));
    }

    private Publisher<Void> said(String call, HttpServerResponse response) {
        return switch (call) {
            case "POST /prints" -> say(response, new Says(200, "{\"id\":\"p1\",\"poll\":\"" + poll + "\"}", ""));
            case "GET /sheets/p1" -> say(response, new Says(200, SHEET, ""));
            case "DELETE /prints/p1" -> {
                calledOff.countDown();
                yield say(response, new Says(200, "{}", ""));
            }
            default -> {
                asked.countDown();
                var says = polls.poll();
                yield say(response, says == null ? otherwise : says);
            }
        };
    }

    private static Publisher<Void> say(HttpServerResponse response, Says says) {
        if (says.status() == 0) {
            response.withConnection(connection -> connection.channel().close());
            return Mono.never();
        }
        if (!says.retryAfter().isEmpty()) {
            response.header("Retry-After", says.retryAfter());
        }
        return response.status(says.status())
                .header("Content-Type", "application/json")
                .sendString(Mono.just(says.body()));
    }

    private List<String> creates() {
        return calls.stream().filter("POST /prints"::equals).toList();
    }

    @Test
    @SideBySide
    void aTaskIsCreatedOnceAskedForUntilItIsMadeAndFetchedFromAThirdPlace() {
        polls.add(new Says(200, PRINTING, ""));
        polls.add(new Says(200, PRINTING, ""));
        StepVerifier.create(settled(client.generate(REQUEST)))
                .assertNext(event -> assertThat(
                                ((ImageEvent.Completed) event).result().images())
                        .hasSize(1))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(calls)
                .containsExactly(
                        "POST /prints", "GET /prints/p1", "GET /prints/p1", "GET /prints/p1", "GET /sheets/p1");
        var at = List.copyOf(times);
        assertThat(Duration.ofNanos(at.get(1) - at.get(0))).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    /** What stands in the way of asking, and after how many milliseconds at least it is asked for again. */
    static Stream<Arguments> passing() {
        var refused = new Says(429, "{}", "1");
        var overloaded = new Says(503, "{\"error\":{\"code\":\"overloaded\",\"message\":\"later\"}}", "");
        var unreached = new Says(502, "<html>bad gateway</html>", "");
        var unknown = new Says(404, "{}", "");
        return Stream.of(
                Arguments.of(List.of(HANGS_UP, refused, overloaded), List.of(500, 1000, 1000)),
                Arguments.of(List.of(overloaded, unreached), List.of(500, 1000)),
                Arguments.of(List.of(unreached, unknown), List.of(500, 1000)));
    }

    @ParameterizedTest
    @MethodSource("passing")
    @SideBySide
    void anAskThatIsLostOrRefusedForNowIsAskedAgainByItsHintAndNeverBegunAnew(List<Says> said, List<Integer> waits) {
        polls.addAll(said);
        StepVerifier.create(
                        settled(client.rateLimits(r -> r.maxWait(Duration.ZERO)).result(REQUEST)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(creates()).hasSize(1);
        assertThat(calls).hasSize(said.size() + 3);
        var at = List.copyOf(times);
        for (var ask = 1; ask <= said.size(); ask++) {
            assertThat(Duration.ofNanos(at.get(ask + 1) - at.get(ask)))
                    .as("after %s", said.get(ask - 1))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(waits.get(ask - 1) - 10));
        }
    }

    @Test
    @SideBySide
    void othersMaySendWhileAnAskOfOneIsRefused() {
        polls.add(new Says(429, "{}", "2"));
        var waiting = client.result(REQUEST).toFuture();
        var begun = System.nanoTime();
        Mono.fromCallable(() -> asked.await(1, TimeUnit.MINUTES)).block(PATIENCE);
        client.result(REQUEST).block(PATIENCE);
        assertThat(waiting).as("the one that was refused").isNotDone();
        Mono.fromFuture(waiting).block(PATIENCE);
        assertThat(creates()).hasSize(2);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(1990));
    }

    @Test
    void whereTheGatewayRefusesToBeAskedTheOutcomeIsUnknownAndNamesTheTask() {
        polls.add(new Says(401, "{}", ""));
        StepVerifier.create(settled(client.result(REQUEST)))
                .expectErrorSatisfies(e -> assertThat(e)
                        .isInstanceOfSatisfying(OutcomeUnknownException.class, unknown -> {
                            assertThat(unknown.details().generationId()).isEqualTo("p1");
                            assertThat(unknown.details().status()).isEqualTo(401);
                            assertThat(unknown.getCause()).isInstanceOf(RejectedException.class);
                        }))
                .verify(PATIENCE);
        assertThat(calls).containsExactly("POST /prints", "GET /prints/p1");
    }

    @Test
    @SideBySide
    void whatAnotherProcessBeganIsFollowedToItsEndByItsNameAlone() {
        polls.add(new Says(200, PRINTING, ""));
        polls.add(HANGS_UP);
        polls.add(new Says(401, "{}", ""));
        var begun = client.apiKey(() -> "ink").begun().orElseThrow();
        StepVerifier.create(settled(begun.result("p1")))
                .assertNext(result -> assertThat(result.images()).hasSize(1))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(calls).hasSize(5).startsWith("GET /prints/p1").endsWith("GET /sheets/p1");
        StepVerifier.create(settled(begun.events("no such/print")))
                .expectError(RejectedException.class)
                .verify(PATIENCE);
        otherwise = new Says(200, PRINTING, "");
        var before = calls.size();
        StepVerifier.create(begun.events("p1"))
                .thenRequest(1)
                .then(() -> Mono.fromSupplier(calls::size)
                        .filter(made -> made > before)
                        .repeatWhenEmpty(again -> again.delayElements(Duration.ofMillis(10)))
                        .block(PATIENCE))
                .thenCancel()
                .verify(PATIENCE);
        Mono.fromCallable(() -> calledOff.await(1, TimeUnit.MINUTES)).block(PATIENCE);
        assertThat(creates()).isEmpty();
    }

    @Test
    void whatTheGatewaySaysOfTheGenerationIsItsLastWordWhereverItSaysIt() {
        for (Says last :
                List.of(new Says(200, "{\"state\":\"failed\",\"why\":\"cracked\"}", ""), new Says(410, "gone", ""))) {
            polls.add(last);
            StepVerifier.create(settled(client.result(REQUEST)))
                    .expectError(GenerationFailedException.class)
                    .verify(PATIENCE);
        }
        assertThat(calls).hasSize(4);
    }

    static Stream<Arguments> limits() {
        var least = Duration.ofSeconds(5); // a busy machine may need most of a second for a connection
        return Stream.of(
                Arguments.of(
                        "timeouts(t -> t.firstByte(..))",
                        limited(client ->
                                client.timeouts(t -> t.firstByte(least)).result(REQUEST))),
                Arguments.of(
                        "timeouts(t -> t.total(..))",
                        limited(client -> client.timeouts(t -> t.total(least)).result(REQUEST))),
                Arguments.of("deadline", limited(client -> client.result(REQUEST.deadline(least)))));
    }

    private static Function<ImageClient, Mono<ImageResult>> limited(Function<ImageClient, Mono<ImageResult>> call) {
        return call;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("limits")
    @SideBySide
    void eachLimitOnTimeEndsTheAskingByItsNameAndCallsTheTaskOff(
            String name, Function<ImageClient, Mono<ImageResult>> limited) throws Exception {
        otherwise = new Says(200, PRINTING, "");
        StepVerifier.create(settled(limited.apply(client)))
                .expectErrorSatisfies(e -> assertThat(e)
                        .isInstanceOfSatisfying(OutcomeUnknownException.class, unknown -> {
                            assertThat(unknown.reason()).isEqualTo(OutcomeUnknownException.Reason.TIMED_OUT);
                            assertThat(unknown).hasMessageContaining(name);
                            assertThat(unknown.details().generationId()).isEqualTo("p1");
                        }))
                .verify(PATIENCE);
        assertThat(creates()).hasSize(1);
        assertThat(calledOff.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void aHintBeyondTheTimeThatIsLeftIsObeyedByFailingAtOnce() {
        polls.add(new Says(429, "{}", "3600"));
        StepVerifier.create(settled(client.result(REQUEST.deadline(Duration.ofMinutes(2)))))
                .expectErrorSatisfies(e -> assertThat(e).isInstanceOf(OutcomeUnknownException.class))
                .verify(Duration.ofMinutes(1));
    }

    @Test
    @SideBySide
    void whoeverCancelsWhileItIsAskedForCallsItOffOnce() throws Exception {
        otherwise = new Says(200, PRINTING, "");
        var call = client.generate(REQUEST).subscribe();
        assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
        call.dispose();
        assertThat(calledOff.await(1, TimeUnit.MINUTES)).isTrue();
        var soFar = calls.size();
        client.result(ImageRequest.of("any", "p").deadline(Duration.ofSeconds(1)))
                .onErrorComplete()
                .block(PATIENCE);
        assertThat(List.copyOf(calls).subList(0, soFar).stream().filter("DELETE /prints/p1"::equals))
                .hasSize(1);
    }

    @Test
    void whoeverHasThePictureCallsNothingOff() {
        client.generate(REQUEST).take(1).blockLast(PATIENCE);
        client.result(REQUEST).block(PATIENCE);
        assertThat(calls).noneMatch(call -> call.startsWith("DELETE"));
    }

    @Test
    void aPlaceToAskThatIsSomebodyElsesIsNeverAsked() {
        poll = "http://127.0.0.1:9/prints/p1";
        StepVerifier.create(settled(client.result(REQUEST)))
                .expectErrorSatisfies(e -> assertThat(e)
                        .isInstanceOf(OutcomeUnknownException.class)
                        .hasMessageContaining("not the gateway's"))
                .verify(PATIENCE);
        poll = client.toString().replaceAll(".*(http://[0-9.:]+).*", "$1") + "/prints/p1";
        client.result(REQUEST).block(PATIENCE);
        assertThat(calls).endsWith("GET /prints/p1", "GET /sheets/p1");
    }
}
