package dev.darkroom;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.image.Billed;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.test.StepVerifier;

/** A request that a proxy fails in the gateway's place may have been accepted: it is sent once, and told as unknown. */
class MiddleBoxTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final List<String> ANSWERS = List.of(
            answer("text/plain", "upstream connect error or disconnect/reset before headers. reset reason: overflow"),
            answer("text/html", "<html><head><title>503 Service Temporarily Unavailable</title></head></html>"),
            answer("application/json", "{\"message\":\"Service Unavailable\"}"),
            answer("text/plain", ""));

    private static String answer(String type, String body) {
        return "HTTP/1.1 503 Service Unavailable\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length()
                + "\r\nConnection: close\r\n\r\n" + body;
    }

    @ParameterizedTest
    @MethodSource("dev.darkroom.internal.gateway.common.Dialects#all")
    void aRequestIsSentOnceThoughAProxySays503(Dialect dialect) throws IOException {
        for (String answer : ANSWERS) {
            try (var server = new RawServer(answer)) {
                var client = ImageClient.of(dialect)
                        .apiKey("sk-test")
                        .baseUrl(server.url("/v1").toString());
                StepVerifier.create(settled(client.generate(ImageRequest.of("seedream-4.5", "a lighthouse"))))
                        .expectErrorSatisfies(e -> assertThat(e)
                                .isInstanceOfSatisfying(OutcomeUnknownException.class, unknown -> {
                                    assertThat(unknown.billed()).isEqualTo(Billed.UNKNOWN);
                                    assertThat(unknown.getMessage()).contains("a proxy ");
                                }))
                        .verify(PATIENCE);
                assertThat(server.connections()).isEqualTo(1);
                client.close();
            }
        }
    }
}
