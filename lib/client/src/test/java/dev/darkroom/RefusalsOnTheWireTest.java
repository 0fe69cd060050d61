package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gate.GateState;
import dev.darkroom.gate.RateGate;
import dev.darkroom.image.CatalogueCheck;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.testsupport.SideBySide;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Refusals over real sockets, from servers that say them in odd ways, before gates that do not mind. */
class RefusalsOnTheWireTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ImageRequest REQUEST = ImageRequest.of("studio/painter", "a fox");

    private static final String SPENT =
            "{\"error\":{\"message\":\"spent\",\"code\":429,\"type\":\"insufficient_quota\"}}";

    private final List<AutoCloseable> open = new ArrayList<>();
    private final RateGate gate = RateGates.inMemory();
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void close() throws Exception {
        over.countDown();
        for (var one : open) {
            one.close();
        }
    }

    private PostServer server(PostServer.Answer answer) throws IOException {
        var server = new PostServer(answer);
        open.add(server);
        return server;
    }

    private ImageClient client(PostServer server) {
        var client = ImageClient.openRouter("sk-test").baseUrl(server.url()).rateLimits(r -> r.gate(gate));
        open.add(client);
        return client;
    }

    private static Throwable failure(Flux<ImageEvent> events) {
        return events.<Throwable>map(event -> new AssertionError("an event"))
                .onErrorResume(Mono::just)
                .blockLast(PATIENCE);
    }

    private static List<Throwable> failures(int calls, ImageClient client, ImageRequest request) {
        return Flux.range(0, calls)
                .flatMap(
                        i -> client.generate(request)
                                .<Throwable>map(event -> new AssertionError("an event"))
                                .onErrorResume(Mono::just),
                        calls,
                        1)
                .collectList()
                .block(PATIENCE);
    }

    private void assertTheGateIsEmpty() {
        assertThat(gate.states()).allSatisfy(state -> {
            assertThat(state.inFlight()).isZero();
            assertThat(state.waiting()).isZero();
        });
    }

    @ParameterizedTest
    @CsvSource({"429, Retry-After: 10", "429, X-Nothing: 1", "503, Retry-After: 10", "529, Retry-After: 10"})
    @SideBySide
    void aRefusalClosesTheGateAsSoonAsItsHeadIsRead(int status, String header) throws Exception {
        var server = new PostServer[1];
        server[0] = server((request, out) -> {
            PostServer.write(out, "HTTP/1.1 " + status + " So\r\n" + header + "\r\nContent-Length: 100\r\n\r\n{");
            over.await(); // one byte of a hundred, and silence
        });
        var failures = failures(600, client(server[0]).rateLimits(r -> r.maxWait(Duration.ZERO)), REQUEST);

        assertThat(failures)
                .hasSize(600)
                .allSatisfy(e -> assertThat(e).isInstanceOfAny(RateLimitedException.class, UnavailableException.class));
        assertThat(server[0].posts())
                .as("as many as may be sent before anything is known: four, or more where a busy machine reads late")
                .isLessThanOrEqualTo(200);
        assertTheGateIsEmpty();
    }

    @Test
    void aBodyThatSaysAnotherThingThanItsHeadIsBelieved() throws Exception {
        var server = server((request, out) -> {
            var whole = PostServer.whole(429, "Retry-After: 10\r\n", SPENT);
            PostServer.write(out, whole.substring(0, whole.indexOf(SPENT)));
            PostServer.write(out, SPENT);
        });
        assertThat(failure(client(server).generate(REQUEST))).isInstanceOf(RejectedException.class);
        assertThat(gate.states())
                .containsExactly(new GateState(gate.states().get(0).quota(), null, 0, 0));
    }

    @Test
    @SideBySide
    void aGateOfSomebodyElsesThatLetsEverybodyPassMakesNoHammer() throws Exception {
        var server =
                server((request, out) -> PostServer.write(out, PostServer.whole(429, "Connection: close\r\n", "{}")));
        var failure = failure(client(server)
                .rateLimits(r -> r.gate(new OpenGate()))
                .rateLimits(r -> r.maxWait(Duration.ofSeconds(2)))
                .generate(REQUEST));

        assertThat(failure).isInstanceOf(RateLimitedException.class);
        assertThat(server.posts()).isBetween(1L, 4L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3600", "86401", "31536000", "Fri, 31 Dec 2100 23:59:59 GMT"})
    void aHintBeyondEveryWaitFailsAtOnceWithTheInstantForEverybody(String hint) throws Exception {
        var server = server((request, out) -> PostServer.write(
                out, PostServer.whole(429, "Connection: close\r\nRetry-After: " + hint + "\r\n", "{}")));
        var client = client(server);
        for (var call = 0; call < 2; call++) {
            assertThat(failure(client.generate(REQUEST)))
                    .isInstanceOfSatisfying(
                            RateLimitedException.class,
                            e -> assertThat(e.retryAt()).isAfter(Instant.now().plusSeconds(3000)));
        }
        assertThat(server.posts()).isEqualTo(1);
    }

    @Test
    void whoIsNotServedInTimeHearsThatNobodyWasRefused() throws Exception {
        var server = server((request, out) -> over.await());
        var failures = failures(64, client(server), REQUEST.deadline(Duration.ofMillis(400)));

        assertThat(failures)
                .hasSize(64)
                .allSatisfy(
                        e -> assertThat(e).isInstanceOfAny(UnavailableException.class, OutcomeUnknownException.class));
        assertThat(failures).filteredOn(UnavailableException.class::isInstance).isNotEmpty();
        assertThat(failures.stream()
                        .filter(OutcomeUnknownException.class::isInstance)
                        .count())
                .as("only those that were sent may have been paid for")
                .isGreaterThanOrEqualTo(server.posts());
        assertTheGateIsEmpty();
    }

    @Test
    void aQuestionOfOnesOwnGoesOutWithOnesOwnKey() throws Exception {
        var server = server((request, out) -> PostServer.write(
                out,
                request.header("authorization").endsWith("good")
                        ? PostServer.whole(200, "Connection: close\r\n", "{\"data\":{\"endpoints\":[]}}")
                        : PostServer.whole(401, "Connection: close\r\n", "{}")));
        var client = client(server);
        assertThat(client.apiKey("sk-revoked")
                        .catalogue()
                        .orElseThrow()
                        .estimate(REQUEST)
                        .materialize()
                        .block(PATIENCE)
                        .getThrowable())
                .isInstanceOf(RejectedException.class);
        client.apiKey("sk-good")
                .checked(CatalogueCheck.WARN)
                .catalogue()
                .orElseThrow()
                .estimate(REQUEST)
                .materialize()
                .block(PATIENCE);

        assertThat(server.requests())
                .extracting(request -> request.header("authorization"))
                .containsExactly("Bearer sk-revoked", "Bearer sk-good");
    }
}
