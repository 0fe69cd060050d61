package dev.darkroom;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.GenerationRecord;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RejectedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** What became of it, asked on the wire. */
class GenerationLookupTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ImageRequest REQUEST = ImageRequest.of("a/b", "p");
    private static final String MADE =
            "{\"data\":{\"id\":\"gen-1\",\"cancelled\":false,\"finish_reason\":\"complete\",\"total_cost\":0.014}}";

    private final ConcurrentLinkedQueue<String> answers = new ConcurrentLinkedQueue<>();
    private RawGateway server;
    private ImageClient images;

    @BeforeEach
    void start() throws IOException {
        server = new RawGateway((request, socket) -> {
            var answer = answers.remove();
            var body = answer.substring(4);
            socket.getOutputStream()
                    .write(("HTTP/1.1 " + answer.substring(0, 3) + " X\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
        });
        images = ImageClient.openRouter("sk-test").baseUrl("http://127.0.0.1:" + server.port());
    }

    @AfterEach
    void stop() throws IOException {
        images.close();
        server.close();
    }

    private GenerationLookup lookup() {
        return images.lookup().orElseThrow();
    }

    @Test
    void aNotFoundIsNothingKnownYetAndMayBeAskedAgain() {
        answers.add("404 {\"error\":{\"code\":404,\"message\":\"Generation gen-1 not found\"}}");
        answers.add("404 {}");
        answers.add("200 " + MADE);
        StepVerifier.create(settled(
                        lookup().of("gen-1").filter(GenerationRecord::isFinal).repeatWhenEmpty(again -> again.take(5))))
                .assertNext(record -> {
                    assertThat(record.status()).isEqualTo(GenerationRecord.Status.MADE);
                    assertThat(record.usage().cost()).isEqualByComparingTo("0.014");
                })
                .expectComplete()
                .verify(PATIENCE);
        assertThat(server.requests())
                .hasSize(3)
                .allSatisfy(request -> assertThat(request.head())
                        .startsWith("GET /generation?id=gen-1 HTTP/1.1")
                        .contains("Authorization: Bearer sk-test"));
    }

    @Test
    void nothingIsAskedBeforeItIsSubscribedTo() {
        var cold = lookup().of("gen-1");
        assertThat(server.requests()).isEmpty();
        answers.add("404 {}");
        StepVerifier.create(settled(cold))
                .expectNext(GenerationRecord.unknown())
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void aRefusalThatIsNoNotFoundIsTheCallers() {
        answers.add("401 {\"error\":{\"code\":401,\"message\":\"no\"}}");
        StepVerifier.create(settled(lookup().of("gen-1")))
                .expectErrorSatisfies(failure -> assertThat(((RejectedException) failure).reason())
                        .isEqualTo(RejectedException.Reason.CREDENTIALS))
                .verify(PATIENCE);
        answers.add("200 {}");
        StepVerifier.create(settled(lookup().of("gen-1")))
                .expectError(OutcomeUnknownException.class)
                .verify(PATIENCE);
        StepVerifier.create(settled(lookup().of("gen 1")))
                .expectError(RejectedException.class)
                .verify(PATIENCE);
    }

    private static ImageException failure(FailureDetails details) {
        return new OutcomeUnknownException(
                OutcomeUnknownException.Reason.CUT, "cut", details, PartialResult.NOTHING, null);
    }

    @Test
    void aFailureIsAskedAboutByItsHandleAndOneWithoutIsNot() {
        answers.add("200 " + MADE);
        StepVerifier.create(settled(lookup().of(REQUEST, failure(FailureDetails.NONE.withGenerationId("gen-1")), null)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(settled(lookup().of(REQUEST, failure(FailureDetails.NONE), null)))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void onlyWhoKeepsRecordsCanBeAsked() {
        for (var provider : Gateways.all()) {
            try (var client = ImageClient.named(provider.name(), "k")) {
                assertThat(client.lookup().isPresent())
                        .as(provider.name())
                        .isEqualTo(provider.name().equals("openrouter")
                                || client.stored().isPresent());
            }
        }
    }
}
