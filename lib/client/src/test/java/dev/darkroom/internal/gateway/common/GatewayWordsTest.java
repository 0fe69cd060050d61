package dev.darkroom.internal.gateway.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Payload;
import dev.darkroom.dialect.Reply;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.internal.gateway.ark.ArkDialect;
import dev.darkroom.internal.gateway.openai.OpenAiDialect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gateway said is not lost, wherever it stands, and means the same at every gateway. */
class GatewayWordsTest {

    private static final String LINK = DialectContract.LINK;
    private static final String PNG = "iVBORw0KGgoBAgM=";

    private static ImageException failure(Dialect dialect, int status, String body) {
        return dialect.failure(new Reply(status, Map.of(), DialectContract.NOW), body.getBytes(StandardCharsets.UTF_8));
    }

    private static List<ImageEvent> read(Dialect dialect, Payload payload) {
        return dialect.reading(ImageRequest.of("a/b", "p").n(2), new Reply(200, Map.of(), DialectContract.NOW))
                .read(payload);
    }

    private static ImageException inside200(Dialect dialect, String document) {
        return catchThrowableOfType(ImageException.class, () -> read(dialect, Payloads.document(document)));
    }

    static Stream<Arguments> sentences() {
        return Stream.of(
                Arguments.of("{\"detail\":\"no such size\"}", "no such size"),
                Arguments.of("{\"detail\":[{\"loc\":[\"body\",\"size\"],\"msg\":\"no such size\"}]}", "no such size"),
                Arguments.of("{\"detail\":[{\"msg\":\"one\"},{\"msg\":\"two\"}]}", "one; two"),
                Arguments.of("{\"detail\":{\"message\":\"no such size\"}}", "no such size"),
                Arguments.of("{\"detail\":{\"error\":{\"message\":\"no such size\"}}}", "no such size"),
                Arguments.of("{\"message\":\"no such size\"}", "no such size"),
                Arguments.of("{\"Message\":\"no such size\"}", "no such size"),
                Arguments.of("{\"msg\":\"no such size\",\"code\":17}", "no such size"),
                Arguments.of("{\"error\":\"no such size\"}", "no such size"),
                Arguments.of("{\"error\":\"invalid_request\",\"error_description\":\"no such size\"}", "no such size"),
                Arguments.of("{\"error\":{\"message\":\"no such size\"}}", "no such size"),
                Arguments.of("{\"error\":\"Bad Request\",\"message\":\"no such size\",\"status\":400}", "no such size"),
                Arguments.of(
                        "{\"error\":\"Bad Request\",\"message\":[\"no such size\"],\"statusCode\":400}",
                        "no such size"),
                Arguments.of("{\"error\":\"bad_request\"}", "bad_request"),
                Arguments.of("{\"error\":{\"detail\":\"no such size\"}}", "no such size"),
                Arguments.of("{\"error\":[{\"message\":\"no such size\"}]}", "no such size"),
                Arguments.of("[{\"error\":{\"message\":\"no such size\"}}]", "no such size"),
                Arguments.of("{\"errors\":[{\"message\":\"no such size\"}]}", "no such size"),
                Arguments.of("{\"errors\":[\"no such size\"]}", "no such size"),
                Arguments.of(
                        "{\"type\":\"about:blank\",\"title\":\"Bad\",\"detail\":\"no such size\"}", "no such size"),
                Arguments.of("{\"type\":\"about:blank\",\"title\":\"no such size\",\"status\":400}", "no such size"),
                Arguments.of("{\"base_resp\":{\"status_code\":2013,\"status_msg\":\"no such size\"}}", "no such size"),
                Arguments.of("{\"fault\":{\"faultstring\":\"no such size\"}}", "no such size"),
                Arguments.of("\"no such size\"", "no such size"),
                Arguments.of("no such size", "no such size"),
                Arguments.of("  no such <size>\n", "  no such <size>\n"));
    }

    @ParameterizedTest
    @MethodSource("sentences")
    void theExplanationIsFoundWhereverItStands(String body, String sentence) {
        Dialects.all().forEach(dialect -> {
            var failure = failure(dialect, 400, body);
            assertThat(failure.providerMessage()).as(dialect.name()).isEqualTo(sentence);
            assertThat(failure.toString()).doesNotContain("no such");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "<html><body>no</body></html>",
                "\n<?xml version=\"1.0\"?><Error/>",
                "{}",
                "[]",
                "{\"error\":\"\"}"
            })
    void markupAndNothingAreNoWords(String body) {
        Dialects.all()
                .forEach(dialect -> assertThat(failure(dialect, 400, body).providerMessage())
                        .isNull());
    }

    @Test
    void aBodyOfPlainTextIsBoundedAndBytesAreNone() {
        assertThat(failure(new OpenAiDialect(), 400, "x".repeat(60_000)).providerMessage())
                .hasSize(8192);
        var bytes =
                new OpenAiDialect().failure(new Reply(400, Map.of(), DialectContract.NOW), new byte[] {(byte) 0xff, 1});
        assertThat(bytes.providerMessage()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":\"insufficient_quota\",\"error\":\"no money\"}",
                "{\"type\":\"insufficient_quota\",\"error\":\"no money\"}",
                "{\"error\":{\"message\":\"no money\"},\"code\":\"insufficient_quota\"}",
                "{\"error\":\"insufficient_quota\",\"message\":\"no money\"}",
                "{\"detail\":{\"code\":\"insufficient_quota\",\"message\":\"no money\"}}",
                "{\"data\":[],\"code\":\"insufficient_quota\",\"error\":\"no money\"}"
            })
    void aSpentQuotaIsNoRateLimitHoweverItIsSaid(String body) {
        Dialects.all().forEach(dialect -> {
            for (var failure : List.of(failure(dialect, 429, body), inside200(dialect, body))) {
                assertThat(failure).as(dialect.name()).isInstanceOf(RejectedException.class);
                assertThat(((RejectedException) failure).reason()).isEqualTo(RejectedException.Reason.CREDITS);
                assertThat(failure.providerMessage()).isEqualTo("no money");
                assertThat(failure.details().code()).isEqualTo("insufficient_quota");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insufficient_quota",
                "insufficient_user_quota",
                "insufficient_balance",
                "insufficient_credits",
                "insufficient_funds",
                "billing_hard_limit_reached",
                "billing_not_active"
            })
    void eachWordForAnEmptyPurseMeansCreditsUnderEveryRefusal(String word) {
        var body = "{\"error\":{\"code\":\"" + word + "\",\"type\":\"x\",\"message\":\"no\"}}";
        Dialects.all().forEach(dialect -> {
            for (int status : List.of(400, 402, 403, 429)) {
                assertThat(((RejectedException) failure(dialect, status, body)).reason())
                        .as("%s %s", dialect.name(), status)
                        .isEqualTo(RejectedException.Reason.CREDITS);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":[],\"error\":\"the model fell over\"}",
                "{\"data\":null,\"error\":\"the model fell over\"}",
                "{\"images\":[],\"detail\":\"the model fell over\"}",
                "{\"detail\":\"the model fell over\"}",
                "{\"detail\":[{\"msg\":\"the model fell over\"}]}",
                "{\"created\":1,\"message\":\"the model fell over\"}",
                "{\"data\":[],\"errors\":[{\"message\":\"the model fell over\"}]}",
                "{\"data\":{},\"base_resp\":{\"status_code\":1000,\"status_msg\":\"the model fell over\"}}"
            })
    void a200WithoutImagesThatNamesAnErrorIsThatError(String document) {
        Dialects.all().forEach(dialect -> {
            assertThat(inside200(dialect, document))
                    .as(dialect.name())
                    .isInstanceOf(GenerationFailedException.class)
                    .satisfies(e -> assertThat(e.providerMessage()).isEqualTo("the model fell over"))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("fell over"));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":[{\"url\":\"" + LINK + "\"}],\"error\":null}",
                "{\"data\":[{\"url\":\"" + LINK + "\"}],\"error\":{}}",
                "{\"data\":[{\"url\":\"" + LINK + "\"}],\"error\":\"\"}",
                "{\"data\":[{\"url\":\"" + LINK + "\"}],\"message\":\"done\"}",
                "{\"data\":[{\"url\":\"" + LINK + "\"}],\"base_resp\":{\"status_code\":0,\"status_msg\":\"success\"}}",
                "{\"data\":{\"url\":\"" + LINK + "\"}}",
                "{\"images\":{\"image_url\":\"" + LINK + "\"}}",
                "{\"images\":\"" + LINK + "\"}",
                "{\"data\":{\"b64_json\":\"" + PNG + "\"}}"
            })
    void anImageIsTakenAlsoAloneInsteadOfAListAndWhateverStandsBesideIt(String document) {
        Dialects.all().forEach(dialect -> {
            var result = ((ImageEvent.Completed)
                            read(dialect, Payloads.document(document)).get(0))
                    .result();
            assertThat(result.images()).as(dialect.name()).hasSize(1);
            assertThat(result.failures()).isEmpty();
        });
    }

    @Test
    void aDocumentIsReadAsSuchWhateverTypeItNames() {
        var image = "{\"type\":\"list\",\"data\":[{\"url\":\"" + LINK + "\"}]}";
        var event = "{\"type\":\"image_generation.completed\",\"b64_json\":\"" + PNG + "\"}";
        var problem = "{\"type\":\"https://example.com/full\",\"title\":\"Full\",\"detail\":\"the model fell over\"}";
        Dialects.all().forEach(dialect -> {
            assertThat(read(dialect, Payloads.document(image)))
                    .singleElement()
                    .isInstanceOf(ImageEvent.Completed.class);
            assertThat(inside200(dialect, problem).providerMessage()).isEqualTo("the model fell over");
        });
        var one =
                new OpenAiDialect().reading(ImageRequest.of("a/b", "p"), new Reply(200, Map.of(), DialectContract.NOW));
        assertThat(one.read(Payloads.document(event))).singleElement().isInstanceOf(ImageEvent.Completed.class);
    }

    @Test
    void whoStopsWithoutAnImageIsQuoted() {
        Dialects.all().forEach(dialect -> {
            var reading = dialect.reading(ImageRequest.of("a/b", "p"), new Reply(200, Map.of(), DialectContract.NOW));
            Payloads.stream("data: {\"status\":\"processing\"}\n\ndata: {\"detail\":\"the model fell over\"}\n\n")
                    .forEach(reading::read);
            assertThat(reading.end())
                    .isInstanceOf(OutcomeUnknownException.class)
                    .satisfies(e -> assertThat(e.providerMessage()).isEqualTo("the model fell over"));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"error\",\"error\":{\"message\":\"the model fell over\"}}",
                "{\"message\":\"the model fell over\"}",
                "{\"detail\":\"the model fell over\"}",
                "{\"error\":\"the model fell over\"}",
                "\"the model fell over\""
            })
    void anErrorEventSaysItWhateverItsShape(String data) {
        Dialects.all()
                .forEach(dialect -> assertThat(catchThrowableOfType(
                                ImageException.class,
                                () -> read(
                                        dialect,
                                        Payloads.stream("event: error\ndata: " + data + "\n\n")
                                                .get(0))))
                        .isInstanceOf(GenerationFailedException.class)
                        .satisfies(e -> assertThat(e.providerMessage()).isEqualTo("the model fell over")));
    }

    @Test
    void aTextBesideAnImageSaysWhyTheOtherIsMissing() {
        var document = "{\"data\":[{\"url\":\"" + LINK + "\"}],\"error\":\"only one\",\"code\":\"blocked\"}";
        Dialects.all().forEach(dialect -> {
            var result = ((ImageEvent.Completed)
                            read(dialect, Payloads.document(document)).get(0))
                    .result();
            assertThat(result.images()).hasSize(1);
            assertThat(result.failures()).containsExactly(new ImageFailure(1, "blocked", "only one"));
        });
    }

    @Test
    void aMissingImageKeepsWhatWasSaidOfItInAnyShape() {
        for (String item : List.of(
                "{\"error\":\"blocked here\"}",
                "{\"error\":{\"message\":\"blocked here\"}}",
                "{\"message\":\"blocked here\"}")) {
            var document = "{\"data\":[{\"url\":\"" + LINK + "\"}," + item + "]}";
            var result = ((ImageEvent.Completed)
                            read(new ArkDialect(), Payloads.document(document)).get(0))
                    .result();
            assertThat(result.failures()).containsExactly(new ImageFailure(1, null, "blocked here"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"error":{"details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"4s"}]}}  | PT4S
            [{"error":{"code":429,"details":[{"retryDelay":"1.5s"}]}}]                                      | PT1.5S
            {"error":{"details":[{"retryDelay":{"seconds":4,"nanos":0}}]}}                                  | PT4S
            {"error":{"retry_after":4}}                                                                     | PT4S
            {"error":{"retry_after":"4"}}                                                                   | PT4S
            {"error":{"retry_after":"4s"}}                                                                  | PT4S
            {"error":{"retryAfter":4.5}}                                                                    | PT4.5S
            {"error":{"retryAfterMs":250}}                                                                  | PT0.25S
            {"error":{"retry_after_ms":"250"}}                                                              | PT0.25S
            {"error":{"retry_after_seconds":4}}                                                             | PT4S
            {"error":{"retry_after":"Fri, 20 Nov 2026 10:00:04 GMT"}}                                       | PT4S
            {"error":{"retry_at":"2026-11-20T10:00:04Z"}}                                                   | PT4S
            {"error":"slow down","retry_after":4}                                                           | PT4S
            {"retry_after":4}                                                                               | PT4S
            {"detail":[{"ctx":{"retry-after":4}}]}                                                          | PT4S
            {"error":{"message":"x","metadata":{"headers":{"Retry-After":"4"}}}}                            | PT4S
            {"error":{"message":"x","metadata":{"headers":{"X-RateLimit-Reset":"1795168804000"}}}}          | PT4S
            {"error":{"retry_after":2,"metadata":{"retry_after_seconds":4}}}                                | PT4S
            {"error":{"retry_after":604800}}                                                                | PT168H
            {"error":{"message":"Please try again in 12s."}}                                                | PT12S
            {"error":{"message":"try again in 1m30s"}}                                                      | PT1M30S
            {"error":{"message":"try again in 250ms"}}                                                      | PT0.25S
            {"error":"Please try again in 1 minute and 30 seconds"}                                         | PT1M30S
            {"detail":"Please wait 20 seconds before the next request"}                                     | PT20S
            {"message":"Limit reached. Retry after 2 hours."}                                               | PT2H
            Rate limited, try again in 12s                                                                  | PT12S
            """)
    void aHintInTheBodyIsObeyedWhereverItStands(String body, Duration expected) {
        Dialects.all()
                .forEach(dialect -> assertThat(failure(dialect, 429, body))
                        .as(dialect.name())
                        .isInstanceOfSatisfying(
                                RateLimitedException.class,
                                e -> assertThat(e.retryAt()).isEqualTo(DialectContract.NOW.plus(expected))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"retry_after\":null}}",
                "{\"error\":{\"retry_after\":-3}}",
                "{\"error\":{\"retry_after\":\"soon\"}}",
                "{\"error\":{\"retry_after\":1e999}}",
                "{\"error\":{\"retry_policy\":4,\"retries\":3}}",
                "{\"error\":{\"message\":\"try again in a while\"}}"
            })
    void whatIsNoHintIsNone(String body) {
        Dialects.all()
                .forEach(dialect -> assertThat(failure(dialect, 429, body))
                        .isInstanceOfSatisfying(
                                RateLimitedException.class,
                                e -> assertThat(e.retryAt()).isNull()));
    }

    @Test
    void aRateLimitInsideA200KeepsItsHint() {
        Dialects.all()
                .forEach(dialect -> assertThat(inside200(
                                dialect,
                                "{\"error\":{\"code\":429,\"message\":\"x\",\"details\":[{\"retryDelay\":\"4s\"}]}}"))
                        .isInstanceOfSatisfying(
                                RateLimitedException.class,
                                e -> assertThat(e.retryAt()).isEqualTo(DialectContract.NOW.plusSeconds(4))));
    }

    @Test
    void theResetOfWhatIsUsedUpIsTheHintAndNotThatOfWhatIsLeft() {
        var headers = Map.of(
                "x-ratelimit-remaining-requests",
                "99",
                "x-ratelimit-reset-requests",
                "1ms",
                "x-ratelimit-remaining-input-images",
                "0",
                "x-ratelimit-reset-input-images",
                "12s");
        var failure = new OpenAiDialect().failure(new Reply(429, headers, DialectContract.NOW), new byte[0]);
        assertThat(((RateLimitedException) failure).retryAt()).isEqualTo(DialectContract.NOW.plusSeconds(12));
    }

    @Test
    void anUnlimitedTreeOfErrorsIsReadInNoTime() {
        var deep = "{\"error\":".repeat(400) + "{\"message\":\"x\"}" + "}".repeat(400);
        var wide = "[" + "{\"error\":{\"detail\":[1,2,3]}},".repeat(20_000) + "{}]";
        for (String body : List.of(deep, wide)) {
            Dialects.all()
                    .forEach(dialect ->
                            assertThat(failure(dialect, 429, body)).isInstanceOf(RateLimitedException.class));
        }
    }
}
