package dev.darkroom;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gate.Throttled;
import dev.darkroom.image.Billed;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

/**
 * The client against a server which neither we nor any gateway wrote. It never streams images, has chaos on demand, and a
 * journal of what it answered; each of its 429s names an instant, in {@code Retry-After} and, much later, for the tokens.
 * Skipped without Node.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class AimockTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final AtomicInteger sent = new AtomicInteger();
    private Aimock server;
    private ImageClient connected;

    @BeforeAll
    void start() throws Exception {
        server = Aimock.start();
        connected = ImageClient.openAi("sk-test")
                .baseUrl(server.baseUrl())
                .customize(http -> http.doOnRequest((request, connection) -> sent.incrementAndGet()));
    }

    @AfterAll
    void stop() {
        if (server != null) {
            connected.close();
            server.close();
        }
    }

    @BeforeEach
    void turnOverThePage() {
        server.clearJournal();
        sent.set(0);
    }

    private ImageClient client() {
        return connected.rateLimits(r -> r.gate(RateGates.inMemory()));
    }

    private static ImageRequest request(String prompt) {
        return ImageRequest.of("gpt-image-2", prompt);
    }

    private static ImageException failure(ImageClient client, ImageRequest request) {
        var caught = new ArrayList<Throwable>();
        StepVerifier.create(settled(client.generate(request).then()))
                .consumeErrorWith(caught::add)
                .verify(PATIENCE);
        return (ImageException) caught.get(0);
    }

    /** In both books: what the client sent, and what the server answered. */
    private void assertStatuses(Integer... statuses) {
        assertThat(server.requests())
                .extracting(entry -> entry.path("response").path("status").intValue())
                .containsExactly(statuses);
        assertThat(sent).hasValue(statuses.length);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDocumentIsOneCompletedThoughAStreamWasAskedFor(boolean stream) {
        var events = client().generate(request("three").n(3).stream(stream))
                .collectList()
                .block(PATIENCE);
        assertThat(events).hasSize(1);
        var result = ((ImageEvent.Completed) events.get(0)).result();
        assertThat(result.images())
                .hasSize(3)
                .allMatch(image -> image.mediaType().equals("image/png"));
        assertThat(result.created()).isNotNull();
        assertStatuses(200);
    }

    @Test
    void aFormWithItsFilesIsRead() {
        var picture = client().result(request("one")).block(PATIENCE).first();
        var edit = request("one").references(ImageReference.bytes(picture.toByteArray()));
        assertThat(client().result(edit).block(PATIENCE).images()).hasSize(1);
        assertStatuses(200, 200);
        assertThat(server.requests().get(1).path("path").stringValue()).isEqualTo("/v1/images/edits");
    }

    @Test
    void anAnswerWithoutImagesIsNoSuccess() {
        assertThat(failure(client(), request("nothing"))).isInstanceOf(OutcomeUnknownException.class);
        assertStatuses(200);
    }

    // -- its refusals

    @Test
    void aRateLimitIsWaitedOutAsTheFirstOfItsHintsSays() {
        var waits = Collections.synchronizedList(new ArrayList<Throttled>());
        var result = client().rateLimits(r -> r.onThrottled(waits::add))
                .result(request("busy"))
                .block(PATIENCE);
        assertThat(result.images()).hasSize(1);
        assertThat(waits).hasSize(1);
        assertStatuses(429, 200);
        var times = server.requests().stream()
                .map(entry -> entry.path("timestamp").longValue())
                .toList();
        assertThat(times.get(1) - times.get(0)).isBetween(1000L, 20_000L); // the tokens' 6 minutes are another quota's
    }

    @Test
    void aRateLimitForTooLongIsToldAtOnce() {
        var client = client();
        var failure = (RateLimitedException) failure(client, request("much later"));
        assertThat(Duration.between(Instant.now(), failure.retryAt()))
                .isBetween(Duration.ofMinutes(58), Duration.ofMinutes(61));
        assertThat(failure(client, request("one"))).isInstanceOf(RateLimitedException.class);
        assertStatuses(429);
    }

    @ParameterizedTest
    @CsvSource({
        "spent, CREDITS, 429",
        "offending, MODERATION, 400",
        "wrong key, CREDENTIALS, 401",
        "unheard of, NOT_FOUND, 404"
    })
    void aRefusalForGoodIsMadeOnce(String prompt, String reason, int status) {
        var failure = (RejectedException) failure(client(), request(prompt));
        assertThat(failure.reason()).hasToString(reason);
        assertThat(failure.status()).isEqualTo(status);
        assertStatuses(status);
    }

    @Test
    void whatWasNotTakenIsTriedAgain() {
        assertThat(client().result(request("overloaded")).block(PATIENCE).images())
                .hasSize(1);
        assertStatuses(503, 200);
    }

    @Test
    void whatMayHaveBeenMadeIsNot() {
        assertThat(failure(client(), request("failed"))).isInstanceOf(GenerationFailedException.class);
        assertStatuses(500);
    }

    // -- its chaos

    @Test
    void aDroppedRequestIsAFailedGeneration() {
        var failure = failure(client(), chaos("Drop", "1"));
        assertThat(failure).isInstanceOf(GenerationFailedException.class);
        assertThat(failure.billed()).isEqualTo(Billed.UNKNOWN);
        assertStatuses(500);
    }

    @Test
    void aMalformedAnswerIsAnUnknownOutcome() {
        assertUnknown(failure(client(), chaos("Malformed", "1")), OutcomeUnknownException.Reason.UNDECODABLE);
        assertStatuses(200);
    }

    @Test
    void aDestroyedConnectionIsAnUnknownOutcome() {
        assertUnknown(failure(client(), chaos("Disconnect", "1")), OutcomeUnknownException.Reason.CUT);
        assertStatuses(0);
    }

    @Test
    void aRateLimitWithoutEndIsToldWhenTheLongestWaitIsOver() {
        var failure = failure(client().rateLimits(r -> r.maxWait(Duration.ofSeconds(6))), chaos("Ratelimit", "1"));
        assertThat(((RateLimitedException) failure).retryAt()).isNotNull();
        assertThat(sent).hasValueGreaterThan(1);
        assertThat(server.requests()).hasSize(sent.get());
    }

    @Test
    void aLateAnswerIsWaitedFor() {
        assertThat(client().result(chaos("Latency", "500")).block(PATIENCE).images())
                .hasSize(1);
        assertStatuses(200);
    }

    /** Whom nobody waits for, the server does not write down. */
    @Test
    void anAnswerTooLateIsAnUnknownOutcome() {
        var impatient = client().timeouts(t -> t.firstByte(Duration.ofMillis(500)));
        assertUnknown(failure(impatient, chaos("Latency", "30000")), OutcomeUnknownException.Reason.TIMED_OUT);
        assertThat(sent).hasValue(1);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void nothingOfItsChaosIsEverAskedForTwiceExceptARefusal() {
        for (String kind : List.of("Drop", "Malformed", "Disconnect")) {
            failure(client(), chaos(kind, "1").stream(true));
        }
        assertStatuses(500, 200, 0);
        assertThat(client().result(request("one")).block(PATIENCE).images()).hasSize(1);
    }

    private static ImageRequest chaos(String kind, String value) {
        return request("one").header("X-Aimock-Chaos-" + kind, value);
    }

    private static void assertUnknown(ImageException failure, OutcomeUnknownException.Reason reason) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        OutcomeUnknownException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
        assertThat(failure.billed()).isEqualTo(Billed.UNKNOWN);
    }
}
