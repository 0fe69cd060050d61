package dev.darkroom.internal.gateway.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reply;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.UnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who says it counts: that nothing was begun, only the gateway can know, or say by a {@code Retry-After}; what proxies, load
 * balancers and firewalls say in its place leaves open what stands behind them.
 */
class MiddleBoxesTest {

    /** What stands before gateways, and how it words a failure. */
    private static final Map<String, String> BOXES = Map.ofEntries(
            Map.entry("nothing at all", ""),
            Map.entry("blanks", " \r\n"),
            Map.entry(
                    "Envoy",
                    "upstream connect error or disconnect/reset before headers. reset reason: connection termination"),
            Map.entry("Envoy without hosts", "no healthy upstream"),
            Map.entry(
                    "Envoy's endpoints",
                    "{\"code\":503,\"message\":\"upstream connect error or disconnect/reset before headers\"}"),
            Map.entry(
                    "nginx",
                    "<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n<body></body></html>"),
            Map.entry(
                    "Cloudflare",
                    "<!DOCTYPE html>\n<html lang=\"en-US\"><head><title>Error 1033</title></head></html>"),
            Map.entry(
                    "Cloudflare's JSON",
                    "{\"type\":\"https://developers.cloudflare.com/errors/\",\"title\":\"Error 502\",\"status\":502,"
                            + "\"detail\":\"Bad gateway\",\"error_code\":502,\"error_name\":\"bad_gateway\",\"ray_id\":\"8f\",\"retryable\":true}"),
            Map.entry(
                    "Cloudflare's API",
                    "{\"success\":false,\"errors\":[{\"code\":10000,\"message\":\"internal\"}],\"result\":null}"),
            Map.entry(
                    "AWS load balancer",
                    "<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head></html>"),
            Map.entry("AWS API Gateway", "{\"message\":\"Service Unavailable\"}"),
            Map.entry("AWS API Gateway, no words", "{\"message\":null}"),
            Map.entry("Kong", "{\"message\":\"The upstream server is timing out\",\"request_id\":\"1f\"}"),
            Map.entry(
                    "HAProxy",
                    "<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>\n"),
            Map.entry("Google front end", "<!DOCTYPE html>\n<html lang=en><title>Error 502 (Server Error)!!1</title>"),
            Map.entry(
                    "Google's JSON",
                    "{\"error\":{\"code\":503,\"message\":\"The service is currently unavailable.\",\"status\":\"UNAVAILABLE\"}}"),
            Map.entry(
                    "Spring",
                    "{\"timestamp\":1,\"path\":\"/v1/images\",\"status\":503,\"error\":\"Service Unavailable\"}"),
            Map.entry("Azure API management", "{\"statusCode\":503,\"message\":\"Service Unavailable\"}"),
            Map.entry(
                    "Apigee",
                    "{\"fault\":{\"faultstring\":\"Unavailable\",\"detail\":{\"errorcode\":\"flow.Unavailable\"}}}"),
            Map.entry("Traefik", "Service Unavailable"),
            Map.entry("FastAPI", "{\"detail\":\"Service Unavailable\"}"),
            Map.entry("a list", "[]"),
            Map.entry("an object", "{}"));

    /** How each gateway says itself that it is overloaded. */
    private static final Map<String, String> OWN = Map.ofEntries(
            Map.entry("openrouter", "{\"error\":{\"code\":503,\"message\":\"Service Unavailable\"}}"),
            Map.entry(
                    "openai",
                    "{\"error\":{\"message\":\"The engine is currently overloaded\",\"type\":\"server_error\",\"param\":null,\"code\":null}}"),
            Map.entry(
                    "token360",
                    "{\"error\":{\"message\":\"busy\",\"type\":\"api_error\",\"param\":null,\"code\":\"503\"}}"),
            Map.entry(
                    "myrouter",
                    "{\"code\":503,\"reason\":\"SERVICE_NOT_AVAILABLE\",\"message\":\"service not available\",\"metadata\":{}}"),
            Map.entry(
                    "ark",
                    "{\"error\":{\"code\":\"ServiceUnavailable\",\"message\":\"The service is unavailable.\",\"param\":\"\",\"type\":\"x\"}}"),
            Map.entry(
                    "minimax",
                    "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"high load (2064)\",\"http_code\":\"529\"}}"),
            Map.entry(
                    "gemini",
                    "{\"error\":{\"code\":503,\"message\":\"The model is overloaded.\",\"status\":\"UNAVAILABLE\"}}"),
            Map.entry(
                    "azure",
                    "{\"error\":{\"code\":\"EngineOverloaded\",\"message\":\"The service is temporarily unable to process your request.\"}}"),
            Map.entry("chat-completions", "{\"error\":{\"code\":503,\"message\":\"Service Unavailable\"}}"),
            Map.entry(
                    "openai-responses",
                    "{\"error\":{\"message\":\"The engine is currently overloaded\",\"type\":\"server_error\",\"param\":null,\"code\":null}}"),
            Map.entry("dashscope", "{\"code\":\"ServiceUnavailable\",\"message\":\"busy\",\"request_id\":\"r-1\"}"));

    /** Before Google's own gateway it is Google that speaks. */
    private static boolean isForeign(Dialect dialect, String box) {
        return !(dialect.name().equals("gemini") && box.equals("Google's JSON"));
    }

    private static final List<String> FINISH_WHAT_THEY_BEGAN = List.of("ark", "minimax");

    static Stream<Dialect> dialects() {
        return Dialects.all();
    }

    static Stream<Arguments> boxes() {
        return Dialects.all()
                .flatMap(dialect -> BOXES.keySet().stream()
                        .filter(box -> isForeign(dialect, box))
                        .map(box -> Arguments.of(dialect.name(), box, dialect)));
    }

    private static ImageException failure(Dialect dialect, int status, Map<String, String> headers, String body) {
        return dialect.failure(new Reply(status, headers, DialectContract.NOW), body.getBytes(StandardCharsets.UTF_8));
    }

    private static ImageException failure(Dialect dialect, int status, String body) {
        return failure(dialect, status, Map.of(), body);
    }

    @ParameterizedTest(name = "{1} before {0}")
    @MethodSource("boxes")
    void aFailureInOtherWordsThanTheGatewaysLeavesTheOutcomeOpen(String gateway, String box, Dialect dialect) {
        for (int status = 500; status < 600; status++) {
            var failure = failure(dialect, status, BOXES.get(box));
            assertThat(failure).as("%s", status).isInstanceOf(OutcomeUnknownException.class);
            assertThat(failure.getMessage()).contains("a proxy ");
        }
        for (int status : List.of(300, 303, 304, 305, 306, 399, 408, 460, 499)) {
            assertThat(failure(dialect, status, BOXES.get(box)))
                    .as("%s", status)
                    .isInstanceOf(OutcomeUnknownException.class);
        }
    }

    @ParameterizedTest(name = "{1} before {0}")
    @MethodSource("boxes")
    void aRetryAfterSaysThatNothingWasBegunUnlessTheGatewayFinishesWhatItBegan(
            String gateway, String box, Dialect dialect) {
        for (String hint : List.of("7", "Fri, 20 Nov 2026 10:00:07 GMT")) {
            for (int status : List.of(503, 529)) {
                var failure = failure(dialect, status, Map.of("Retry-After", hint), BOXES.get(box));
                if (FINISH_WHAT_THEY_BEGAN.contains(gateway)) {
                    assertThat(failure).isInstanceOf(OutcomeUnknownException.class);
                } else {
                    assertThat(failure).isInstanceOf(RateLimitedException.class);
                    assertThat(((RateLimitedException) failure).retryAt())
                            .isEqualTo(DialectContract.NOW.plusSeconds(7));
                }
            }
            for (int status : List.of(500, 502, 504, 520, 524, 530, 598)) {
                assertThat(failure(dialect, status, Map.of("Retry-After", hint), BOXES.get(box)))
                        .as("%s was passed on", status)
                        .isInstanceOf(OutcomeUnknownException.class);
            }
        }
        assertThat(failure(dialect, 503, Map.of("Retry-After", "later"), BOXES.get(box)))
                .isInstanceOf(OutcomeUnknownException.class);
    }

    @ParameterizedTest(name = "{1} before {0}")
    @MethodSource("boxes")
    void a4xxIsARefusalWhoeverSaysItAndA429ARateLimit(String gateway, String box, Dialect dialect) {
        assertThat(failure(dialect, 429, BOXES.get(box))).isInstanceOf(RateLimitedException.class);
        for (int status : List.of(400, 401, 402, 403, 404, 405, 409, 411, 413, 414, 421, 422, 425, 431, 451)) {
            assertThat(failure(dialect, status, BOXES.get(box)))
                    .as("%s", status)
                    .isInstanceOf(RejectedException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void theGatewaysOwnWordsSayThatItDidNotTakeTheRequest(Dialect dialect) {
        var own = OWN.get(dialect.name());
        for (int status : List.of(503, 529)) {
            assertThat(failure(dialect, status, own)).isInstanceOf(UnavailableException.class);
            assertThat(failure(dialect, status, Map.of("retry-after-ms", "1500"), own))
                    .isInstanceOfSatisfying(
                            RateLimitedException.class,
                            e -> assertThat(e.retryAt()).isEqualTo(DialectContract.NOW.plusMillis(1500)));
        }
        for (int status : List.of(500, 501, 502, 507, 530)) {
            assertThat(failure(dialect, status, own)).as("%s", status).isInstanceOf(GenerationFailedException.class);
        }
        for (int status : List.of(408, 499, 504, 520, 524, 527, 598, 599)) {
            assertThat(failure(dialect, status, Map.of("Retry-After", "1"), own))
                    .as("%s", status)
                    .isInstanceOf(OutcomeUnknownException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void theOwnShapeOfOneGatewayIsNotThatOfAnother(Dialect dialect) {
        var flat = dialect.name().equals("myrouter");
        var other = OWN.get(flat ? "openai" : "myrouter");
        assertThat(failure(dialect, 503, other)).isInstanceOf(OutcomeUnknownException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "upstream connect error or disconnect/reset before headers. reset reason: connection termination",
                "Upstream request timeout",
                "connection reset by peer",
                "The connection was closed before an answer came",
                "request timed out",
                "socket hang up",
                "502 Bad Gateway",
                "The server had an error while processing your request"
            })
    void aGatewayThatHandsOnTheWordsOfABrokenConnectionDoesNotSayThatNothingWasBegun(String words) {
        Dialects.all().forEach(dialect -> {
            var body = dialect.name().equals("myrouter")
                    ? "{\"code\":503,\"reason\":\"SERVICE_NOT_AVAILABLE\",\"message\":\"" + words + "\"}"
                    : "{\"error\":{\"code\":\"unavailable\",\"type\":\"server_error\",\"message\":\"" + words + "\"}}";
            assertThat(failure(dialect, 503, body)).as(dialect.name()).isInstanceOf(OutcomeUnknownException.class);
        });
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void aRedirectIsRefusedOnlyWhereItSaysThatTheRequestBelongsElsewhere(Dialect dialect) {
        for (int status : List.of(301, 302, 307, 308)) {
            assertThat(failure(dialect, status, Map.of("Location", "https://elsewhere.example"), ""))
                    .isInstanceOf(RejectedException.class);
        }
    }
}
