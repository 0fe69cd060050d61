package dev.darkroom.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageRequest;
import dev.darkroom.internal.gateway.openai.OpenAiDialect;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointConfigTest {

    private static final OpenAiDialect DIALECT = new OpenAiDialect();

    private static Map<String, String> sent(Map<String, String> ofClient, Map<String, String> ofRequest) {
        var access = new EndpointConfig(DIALECT, URI.create("https://example.com"), EndpointConfig.NO_KEY, ofClient);
        var call = DIALECT.generate(ImageRequest.of("gpt-image-2", "a lighthouse").stream(true));
        return access.call(call, ofRequest, "").headers();
    }

    @Test
    void bothKindsOfAnswerAreAccepted() {
        assertThat(sent(Map.of(), Map.of())).containsEntry("Accept", "application/json, text/event-stream");
    }

    @Test
    void whatTheUserAcceptsIsNotOverwritten() {
        assertThat(sent(Map.of("Accept", "application/vnd.example+json"), Map.of()))
                .containsEntry("Accept", "application/vnd.example+json");
        assertThat(sent(Map.of(), Map.of("accept", "*/*")))
                .containsEntry("accept", "*/*")
                .doesNotContainKey("Accept");
        assertThat(sent(Map.of("Accept", "a/b"), Map.of("ACCEPT", "c/d")))
                .as("the request says it last")
                .containsEntry("ACCEPT", "c/d")
                .doesNotContainKey("Accept");
    }

    @Test
    void whatTheBodyIsTheDialectSays() {
        assertThat(sent(Map.of("content-type", "text/plain"), Map.of()))
                .containsEntry("Content-Type", "application/json")
                .doesNotContainKey("content-type");
    }
}
