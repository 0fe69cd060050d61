package dev.darkroom;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.image.AspectRatio;
import dev.darkroom.image.CatalogueCheck;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.Quality;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.Size;
import dev.darkroom.image.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

/** Requests held against the catalogue, over real sockets. */
class CatalogueGuardTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ImageRequest GOOD =
            ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse").aspectRatio(AspectRatio.SQUARE);
    private static final ImageRequest BAD = GOOD.quality(Quality.of("heavenly"));

    private final RunningEmulator emulator = ImageEmulator.create().start();
    private final ImageClient client = ImageClient.openRouter("sk-test")
            .baseUrl(emulator.openRouterBaseUrl().toString());

    @AfterEach
    void stop() {
        client.close();
        emulator.close();
    }

    private List<String> methods() {
        return emulator.journal().entries().stream()
                .map(entry -> entry.method())
                .toList();
    }

    @Test
    void aRequestThatDoesNotFitIsRefusedBeforeItIsSent() {
        StepVerifier.create(settled(client.checked(CatalogueCheck.REFUSE).result(BAD)))
                .expectErrorSatisfies(e -> assertThat(e)
                        .isInstanceOf(RejectedException.class)
                        .hasMessageContaining("not sent: the catalogue of openrouter says that quality must be one of"))
                .verify(PATIENCE);
        assertThat(methods()).containsExactly("GET");
    }

    @Test
    void aRequestThatFitsIsSentAndTheCatalogueAskedOnce() {
        var checked = client.checked(CatalogueCheck.REFUSE);
        Flux.range(0, 3).concatMap(i -> checked.result(GOOD)).blockLast(PATIENCE);
        checked.header("X-Copy", "1").catalogue().orElseThrow().estimate(GOOD).block(PATIENCE);
        assertThat(methods()).containsExactly("GET", "POST", "POST", "POST");
    }

    @Test
    void nothingIsAskedBeforeAnEventIsAskedFor() {
        var connects = new AtomicInteger();
        var counted = client.customize(http -> http.doOnConnect(config -> connects.incrementAndGet()));
        StepVerifier.create(counted.checked(CatalogueCheck.REFUSE).generate(GOOD), 0)
                .expectSubscription()
                .then(() -> assertThat(connects).hasValue(0))
                .thenRequest(1)
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(connects).hasPositiveValue();
    }

    @Test
    void whoOnlyWantsWarningsGetsThem() {
        var fits = client.checked(CatalogueCheck.WARN).result(GOOD);
        StepVerifier.create(settled(fits))
                .assertNext(result -> assertThat(result.warnings()).isEmpty())
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(settled(
                        client.checked(CatalogueCheck.WARN).generate(BAD).then()))
                .expectErrorSatisfies(e -> assertThat(e.getMessage()).doesNotContain("catalogue"))
                .verify(PATIENCE);
        assertThat(methods()).as("the gateway itself had the last word").containsExactly("GET", "POST", "POST");
    }

    @Test
    void aCatalogueThatCannotBeAskedMeansThatNothingWasSent() {
        DisposableServer broken = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.get(
                                "/images/models/{author}/{slug}/endpoints",
                                (request, response) -> response.status(500).send())
                        .post(
                                "/images",
                                (request, response) -> response.header("Content-Type", "application/json")
                                        .sendString(Mono.just("{\"data\":[{\"b64_json\":\"iVBORw0KGgoBAgM=\"}]}"))))
                .bindNow(PATIENCE);
        var there = client.baseUrl("http://127.0.0.1:" + broken.port());
        try {
            StepVerifier.create(settled(there.checked(CatalogueCheck.REFUSE).result(GOOD)))
                    .expectErrorSatisfies(e -> assertThat(e)
                            .isInstanceOf(UnavailableException.class)
                            .hasMessage("not sent: the catalogue of openrouter could not be asked"))
                    .verify(PATIENCE);
            StepVerifier.create(settled(there.checked(CatalogueCheck.WARN).result(GOOD)))
                    .assertNext(result -> assertThat(result.warnings())
                            .containsExactly("the catalogue of openrouter could not be asked"))
                    .expectComplete()
                    .verify(PATIENCE);
        } finally {
            broken.disposeNow(PATIENCE);
        }
    }

    @Test
    void aQuoteTellsFaultsAndCostsWithoutSendingAnything() {
        var quote = client.catalogue()
                .orElseThrow()
                .estimate(BAD.n(2).size(Size.pixels(1024, 1024)))
                .block(PATIENCE);
        assertThat(quote.faults()).anyMatch(fault -> fault.startsWith("quality must be one of"));
        assertThat(quote.previews()).isTrue();
        assertThat(methods()).containsExactly("GET");
    }

    @Test
    void anApiWithoutACatalogueSaysSoAtOnce() {
        var openAi = ImageClient.openAi("sk-test");
        assertThat(openAi.catalogue()).isEmpty();
        assertThatIllegalStateException()
                .isThrownBy(() -> openAi.checked(CatalogueCheck.WARN))
                .withMessageStartingWith("openai has no catalogue of models, so no request can be checked");
        assertThat(openAi.checked(CatalogueCheck.OFF)).isNotNull();
        openAi.close();
    }
}
