package dev.darkroom.internal.gateway.openrouter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.dialect.Reply;
import dev.darkroom.image.Billed;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.UnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenRouterFailuresTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private static ImageException failure(int status, Map<String, String> headers, String body) {
        return new OpenRouterDialect().failure(new Reply(status, headers, NOW), body.getBytes(StandardCharsets.UTF_8));
    }

    private static ImageException failure(int status, String body) {
        return failure(status, Map.of(), body);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    400 | RejectedException          | REQUEST     | NO
                    401 | RejectedException          | CREDENTIALS | NO
                    402 | RejectedException          | CREDITS     | NO
                    403 | RejectedException          | FORBIDDEN   | NO
                    404 | RejectedException          | NOT_FOUND   | NO
                    405 | RejectedException          | REQUEST     | NO
                    408 | OutcomeUnknownException    | TIMED_OUT   | UNKNOWN
                    412 | RejectedException          | REQUEST     | NO
                    413 | RejectedException          | TOO_LARGE   | NO
                    422 | RejectedException          | REQUEST     | NO
                    429 | RateLimitedException       |             | NO
                    499 | OutcomeUnknownException    | TIMED_OUT   | UNKNOWN
                    504 | OutcomeUnknownException    | TIMED_OUT   | UNKNOWN
                    520 | OutcomeUnknownException    | TIMED_OUT   | UNKNOWN
                    524 | OutcomeUnknownException    | TIMED_OUT   | UNKNOWN
                    599 | OutcomeUnknownException    | TIMED_OUT   | UNKNOWN
                    300 | OutcomeUnknownException    | UNDECODABLE | UNKNOWN
                    303 | OutcomeUnknownException    | UNDECODABLE | UNKNOWN
                    302 | OutcomeUnknownException    | UNDECODABLE | UNKNOWN
                    204 | OutcomeUnknownException    | UNDECODABLE | UNKNOWN
                    """)
    void everyStatusMeansAnOutcomeEvenWithoutABody(int status, String type, String reason, Billed billed) {
        for (String body : new String[] {"", "<html>WAF</html>", "{\"error\":{\"code\":" + status + "}}", "[]"}) {
            var failure = failure(status, body);
            assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
            assertThat(failure.billed()).isEqualTo(billed);
            assertThat(failure.status()).isEqualTo(status);
            if (failure instanceof RejectedException rejected) {
                assertThat(rejected.reason()).hasToString(reason);
            }
            if (failure instanceof OutcomeUnknownException unknown) {
                assertThat(unknown.reason()).hasToString(reason);
            }
        }
    }

    @Test
    void a502IsNotBilledOnlyIfItIsTheRouterThatSaysSo() {
        assertThat(failure(502, "{\"error\":{\"code\":502,\"message\":\"Provider returned error\"}}"))
                .isInstanceOfSatisfying(
                        GenerationFailedException.class,
                        e -> assertThat(e.billed()).isEqualTo(Billed.NO));
        for (String other : new String[] {"", "<html>nginx</html>", "{}", "[]"}) {
            assertThat(failure(502, other)).as(other).isInstanceOf(OutcomeUnknownException.class);
        }
    }

    @Test
    void aSpentQuotaIsFoundWhereverItIsSaid() {
        for (String body : new String[] {
            "{\"error\":{\"type\":\"insufficient_quota\"}}",
            "{\"error\":{\"metadata\":{\"error_type\":\"rate_limit_exceeded\","
                    + "\"provider_error_code\":\"insufficient_quota\"}}}",
            "{\"error\":{\"metadata\":{\"raw\":\"{\\\"code\\\":\\\"insufficient_quota\\\"}\"}}}"
        }) {
            assertReason(429, body, "CREDITS");
        }
    }

    @Test
    void anAvailabilityIsDecidedByWhetherItIsRetryable() {
        assertReason(
                429,
                "{\"error\":{\"availability\":{\"code\":\"region_restricted\",\"retryable\":false}}}",
                "FORBIDDEN");
        assertReason(
                503,
                "{\"error\":{\"availability\":{\"code\":\"constraint_filtered\",\"retryable\":false}}}",
                "REQUEST");
        assertThat(failure(404, "{\"error\":{\"availability\":{\"retryable\":true,\"retry_after\":5}}}"))
                .isInstanceOfSatisfying(
                        RateLimitedException.class, e -> assertThat(e.retryAt()).isEqualTo(NOW.plusSeconds(5)));
    }

    @Test
    void anErrorThatIsAMereTextOrLiesFlatKeepsItsWords() {
        assertThat(failure(401, "{\"error\":\"no such key\"}").providerMessage())
                .isEqualTo("no such key");
        assertThat(failure(400, "{\"code\":400,\"reason\":\"X\",\"message\":\"flat\"}")
                        .providerMessage())
                .isEqualTo("flat");
    }

    @Test
    void aHintOfInfinitySecondsIsNoHint() {
        assertThat(((RateLimitedException) failure(429, "{\"error\":{\"metadata\":{\"retry_after_seconds\":1e999}}}"))
                        .retryAt())
                .isNull();
        assertThat(((RateLimitedException) failure(429, "{\"error\":{\"metadata\":{\"retry_after_seconds\":\"7\"}}}"))
                        .retryAt())
                .isEqualTo(NOW.plusSeconds(7));
        assertThat(((RateLimitedException)
                                failure(429, "{\"error\":{\"metadata\":{\"headers\":{\"retry-after\":\"9\"}}}}"))
                        .retryAt())
                .isEqualTo(NOW.plusSeconds(9));
    }

    @Test
    void anUpstreamRateLimitCarriesItsHintAndItsProvider() {
        var failure = (RateLimitedException) failure(429, """
                {"error":{"message":"Provider returned error","code":429,"metadata":{"raw":"slow down",
                 "provider_name":"Venice","retry_after_seconds":17,"headers":{"Retry-After":"17"}}},"user_id":"user_1"}
                """);
        assertThat(failure.retryAt()).isEqualTo(NOW.plusSeconds(17));
        assertThat(failure.details().provider()).isEqualTo("Venice");
        assertThat(failure.providerMessage()).isEqualTo("Provider returned error: slow down");
        assertThat(failure.getMessage())
                .isEqualTo("openrouter rate limited the request: 429, retry at " + NOW.plusSeconds(17));
    }

    @Test
    void theHintMayStandInTheCopiedHeadersOrTheAvailability() {
        assertThat(((RateLimitedException)
                                failure(429, "{\"error\":{\"metadata\":{\"headers\":{\"Retry-After\":\"5\"}}}}"))
                        .retryAt())
                .isEqualTo(NOW.plusSeconds(5));
        assertThat(((RateLimitedException) failure(429, "{\"error\":{\"availability\":{\"retry_after\":40}}}"))
                        .retryAt())
                .isEqualTo(NOW.plusSeconds(40));
        assertThat(((RateLimitedException) failure(429, "{}")).retryAt()).isNull();
    }

    @Test
    void a402ThatOnlyMeansTooMuchInFlightIsARateLimit() {
        var inFlight = "{\"error\":{\"code\":402,\"metadata\":{\"reason\":\"in_flight_budget_exhausted\","
                + "\"limit_source\":\"openrouter_in_flight_budget\"}}}";
        assertThat(((RateLimitedException) failure(402, Map.of("Retry-After", "3"), inFlight)).retryAt())
                .isEqualTo(NOW.plusSeconds(3));
        assertThat(failure(402, inFlight.replace("in_flight_budget_exhausted", "weight_exceeds_budget")))
                .isInstanceOf(RejectedException.class);
        assertThat(failure(402, inFlight.replace("openrouter_in_flight_budget", "openrouter_key_limit")))
                .isInstanceOf(RejectedException.class);
    }

    @Test
    void a429WhoseQuotaIsSpentForGoodIsNoRateLimit() {
        assertThat(failure(429, "{\"error\":{\"code\":\"insufficient_quota\"}}"))
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        e -> assertThat(e.reason()).isEqualTo(RejectedException.Reason.CREDITS));
    }

    @Test
    void a503WithAHintIsARateLimitAndWithoutOneUnavailable() {
        assertThat(failure(503, Map.of("Retry-After", "8"), "{}"))
                .isInstanceOfSatisfying(
                        RateLimitedException.class, e -> assertThat(e.retryAt()).isEqualTo(NOW.plusSeconds(8)));
        assertThat(failure(503, "{\"error\":{\"code\":503}}")).isInstanceOf(UnavailableException.class);
        assertThat(failure(503, "{}")).isInstanceOf(OutcomeUnknownException.class);
        assertThat(failure(503, "{\"error\":{\"availability\":{\"code\":\"no_endpoints\",\"retryable\":false}}}"))
                .isInstanceOf(RejectedException.class);
    }

    @Test
    void a403SaysWhetherItIsMoneyOrMannersOrRights() {
        assertReason(
                403, "{\"error\":{\"metadata\":{\"reasons\":[\"violence\"],\"flagged_input\":\"…\"}}}", "MODERATION");
        assertReason(403, "{\"error\":{\"metadata\":{\"limit_source\":\"openrouter_guardrail_budget\"}}}", "CREDITS");
        assertReason(403, "{\"error\":{\"message\":\"Only management keys can do this\"}}", "FORBIDDEN");
    }

    @Test
    void aSchemaErrorIsTheRequestsFault() {
        var failure = failure(400, "{\"success\":false,\"error\":{\"name\":\"ZodError\",\"message\":\"[…]\"}}");
        assertThat(((RejectedException) failure).reason()).isEqualTo(RejectedException.Reason.REQUEST);
        assertThat(failure.details().code()).isEqualTo("ZodError");
        assertThat(failure.providerMessage()).isEqualTo("[…]");
    }

    @Test
    void aRedirectIsNotFollowedAndSaysWhatToDo() {
        var there = Map.of("Location", "https://elsewhere.example/v1");
        assertThat(failure(307, there, "").getMessage()).contains("redirect (307)", "set the base URL");
    }

    @Test
    void neitherAccountNorWordsOfTheGatewayAreInTheMessage() {
        var failure = failure(400, "{\"error\":{\"message\":\"your prompt 'x' …\"},\"user_id\":\"user_2abc\"}");
        assertThat(failure.toString()).doesNotContain("prompt", "user_2abc");
    }

    @Test
    void aFailedGenerationKeepsItsHandle() {
        var failure = failure(
                502, Map.of("X-Generation-Id", "gen-img-9", "X-Provider-Name", "OpenAI"), "{\"error\":{\"code\":502}}");
        assertThat(failure).isInstanceOf(GenerationFailedException.class);
        assertThat(failure.details().generationId()).isEqualTo("gen-img-9");
        assertThat(failure.details().provider()).isEqualTo("OpenAI");
    }

    private static void assertReason(int status, String body, String reason) {
        assertThat(((RejectedException) failure(status, body)).reason()).hasToString(reason);
    }
}
