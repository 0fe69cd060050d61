package dev.darkroom;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RejectedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A client of Azure on the wire, and what a query in a base URL is there for any gateway. */
class AzureClientTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String PICTURE =
            "{\"created\":1,\"data\":[{\"b64_json\":\"iVBORw0KGgoAAAAA\"}],\"models\":[],\"has_more\":false}";
    private static final ImageRequest REQUEST = ImageRequest.of("my-deployment", "a lighthouse");

    private final AtomicReference<String> answer = new AtomicReference<>(PICTURE);
    private RawGateway server;

    @BeforeEach
    void start() throws IOException {
        server = new RawGateway((request, socket) -> {
            var body = answer.get();
            if (body.isEmpty()) {
                socket.close();
                return;
            }
            var head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                    + "\r\n\r\n";
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
        });
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private String head() {
        return server.requests().get(server.requests().size() - 1).head();
    }

    @ParameterizedTest
    @CsvSource({
        "/openai/v1,                       /openai/v1/images/generations",
        "/openai/v1?api-version=preview,   /openai/v1/images/generations?api-version=preview",
        "/openai/deployments/one?api-version=2025-04-01-preview,"
                + "/openai/deployments/one/images/generations?api-version=2025-04-01-preview",
        "?api-version=2025-04-01-preview,"
                + "/openai/deployments/my-deployment/images/generations?api-version=2025-04-01-preview"
    })
    void aPictureIsAskedForWhereTheBaseUrlSays(String base, String path) {
        try (var images = ImageClient.azure("k-1").baseUrl("http://127.0.0.1:" + server.port() + base)) {
            StepVerifier.create(settled(images.result(REQUEST)))
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(PATIENCE);
        }
        assertThat(head())
                .startsWith("POST " + path + " HTTP/1.1")
                .contains("api-key: k-1")
                .doesNotContain("uthorization");
    }

    @Test
    void aTokenThatIsRenewedIsABearer() {
        var token = "eyJh.eyJi.c2ln";
        try (var images = ImageClient.named("azure", "k-1")
                .apiKey(Mono.fromSupplier(() -> token))
                .baseUrl("http://127.0.0.1:" + server.port() + "/openai/v1")) {
            StepVerifier.create(settled(images.result(REQUEST)))
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(PATIENCE);
        }
        assertThat(head()).contains("Authorization: Bearer " + token).doesNotContain("api-key");
    }

    @Test
    void withoutABaseUrlItIsSaidThatOneIsMissing() {
        try (var images = ImageClient.azure("k-1")) {
            StepVerifier.create(settled(images.result(REQUEST)))
                    .expectErrorSatisfies(failure -> assertThat(failure)
                            .isInstanceOf(RejectedException.class)
                            .hasMessageContaining("set the base URL of your resource"))
                    .verify(PATIENCE);
        }
    }

    @Test
    void aRenderThatWasBrokenOffIsAdvisedToStream() {
        answer.set("");
        try (var images = ImageClient.azure("k-1").baseUrl("http://127.0.0.1:" + server.port())) {
            StepVerifier.create(settled(images.result(REQUEST)))
                    .expectErrorSatisfies(failure -> assertThat(failure)
                            .isInstanceOf(OutcomeUnknownException.class)
                            .hasMessageContaining("two minutes")
                            .hasMessageContaining("stream(true) with partial_images"))
                    .verify(PATIENCE);
            StepVerifier.create(settled(images.result(REQUEST.stream(true).partialImages(1))))
                    .expectErrorSatisfies(failure -> assertThat(failure)
                            .isInstanceOf(OutcomeUnknownException.class)
                            .message()
                            .doesNotContain("minutes"))
                    .verify(PATIENCE);
        }
        assertThat(server.requests()).hasSize(2);
    }

    static List<String> gateways() {
        return Gateways.all().stream().map(provider -> provider.name()).toList();
    }

    @ParameterizedTest
    @MethodSource("gateways")
    void aQueryGoesAlongWithEveryCallOfEveryGateway(String gateway) {
        try (var images = ImageClient.named(gateway, "k-1")
                .baseUrl("http://127.0.0.1:" + server.port() + "/base/?tenant=secret")) {
            assertThat(images.toString()).doesNotContain("secret");
            images.result(ImageRequest.of("seedream-4.5", "p"))
                    .onErrorComplete()
                    .block(PATIENCE);
            images.catalogue()
                    .ifPresent(catalogue ->
                            catalogue.models().collectList().onErrorComplete().block(PATIENCE));
            images.stored()
                    .ifPresent(stored ->
                            stored.list().collectList().onErrorComplete().block(PATIENCE));
            assertThat(server.requests())
                    .isNotEmpty()
                    .allSatisfy(request -> assertThat(
                                    request.head().lines().findFirst().orElseThrow())
                            .matches("(GET|POST) /base/\\S+[?&]tenant=secret HTTP/1.1")
                            .matches("[^?]*\\?[^?]*"));
        }
    }
}
