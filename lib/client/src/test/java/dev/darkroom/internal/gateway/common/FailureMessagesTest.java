package dev.darkroom.internal.gateway.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.dialect.Reply;
import dev.darkroom.image.ImageException;
import dev.darkroom.internal.gateway.openai.OpenAiDialect;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a colleague reads in a log, and types into a search box. */
class FailureMessagesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static ImageException failure(int status, Map<String, String> headers, String body) {
        return new OpenAiDialect().failure(new Reply(status, headers, NOW), body.getBytes(StandardCharsets.UTF_8));
    }

    private static String message(int status, String code) {
        return failure(status, Map.of(), "{\"error\":{\"message\":\"A sentence.\",\"code\":\"" + code + "\"}}")
                .getMessage();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "400, invalid_value, openai rejected the request: 400 invalid_value",
                "401, invalid_api_key, openai rejected the request: 401 invalid_api_key (credentials)",
                "404, model_not_found, openai rejected the request: 404 model_not_found (not found)",
                "429, rate_limit_exceeded, openai rate limited the request: 429 rate_limit_exceeded",
                "500, server_error, openai failed to generate the image: 500 server_error",
            })
    void theMessageSaysWhoDidWhatWithStatusAndCode(int status, String code, String message) {
        assertThat(message(status, code)).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({"a whole sentence", "sk-or-v1-0a1b2c3d", "org-4711", "user_2abC", "a.b.", "_x"})
    void aCodeThatIsNoWordIsNotInTheMessage(String code) {
        assertThat(message(400, code)).isEqualTo("openai rejected the request: 400");
    }

    @Test
    void aRefusalSaysUntilWhen() {
        var refused =
                failure(429, Map.of("Retry-After", "7"), "{\"error\":{\"message\":\"x\",\"code\":\"slow_down\"}}");
        assertThat(refused.getMessage())
                .isEqualTo("openai rate limited the request: 429 slow_down, retry at " + NOW.plusSeconds(7));
        assertThat(refused.retryAt()).isEqualTo(NOW.plusSeconds(7));
    }

    @Test
    void aProxyAndATimeOutAreCalledSo() {
        assertThat(failure(502, Map.of(), "<html>bad gateway</html>").getMessage())
                .isEqualTo("a proxy answered instead of openai: 502; whether the request was processed is unknown");
        assertThat(failure(504, Map.of(), "").getMessage())
                .isEqualTo("openai, or a proxy before it, timed out while waiting for the image: 504");
        assertThat(failure(302, Map.of("Location", "/x"), "").getMessage())
                .isEqualTo("openai answered with a redirect (302), and redirects are not followed: set the base URL to"
                        + " where it points");
    }
}
