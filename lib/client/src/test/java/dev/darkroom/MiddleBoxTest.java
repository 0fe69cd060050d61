package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.image.Billed;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.internal.gateway.ark.ArkDialect;
import dev.darkroom.internal.gateway.minimax.MiniMaxDialect;
import dev.darkroom.internal.gateway.myrouter.MyRouterDialect;
import dev.darkroom.internal.gateway.openai.OpenAiDialect;
import dev.darkroom.internal.gateway.openrouter.OpenRouterDialect;
import dev.darkroom.internal.gateway.token360.Token360Dialect;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
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

    static Stream<Dialect> dialects() {
        return Stream.of(
                new OpenRouterDialect(),
                new OpenAiDialect(),
                new Token360Dialect(),
                new MyRouterDialect(),
                new ArkDialect(),
                new MiniMaxDialect());
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void aRequestIsSentOnceThoughAProxySays503(Dialect dialect) throws IOException {
        for (String answer : ANSWERS) {
            try (var server = new RawServer(answer)) {
                var client = ImageClient.of(dialect)
                        .apiKey("sk-test")
                        .baseUrl(server.url("/v1").toString());
                StepVerifier.create(client.generate(ImageRequest.of("seedream-4.5", "a lighthouse")))
                        .expectErrorSatisfies(e -> assertThat(e)
                                .isInstanceOfSatisfying(OutcomeUnknownException.class, unknown -> {
                                    assertThat(unknown.billed()).isEqualTo(Billed.UNKNOWN);
                                    assertThat(unknown.getMessage()).contains("what stands before");
                                }))
                        .verify(PATIENCE);
                assertThat(server.connections()).isEqualTo(1);
                client.dispose();
            }
        }
    }
}
