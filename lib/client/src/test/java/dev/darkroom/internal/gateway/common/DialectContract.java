package dev.darkroom.internal.gateway.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.internal.wire.PayloadReader;
import dev.darkroom.internal.wire.WireException;
import dev.darkroom.settings.Limits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What holds for every dialect, whatever its words. A dialect's test inherits it and says how its gateway spells a stream,
 * a document and an error.
 */
public abstract class DialectContract {

    protected static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    protected static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1, 2, 3};
    protected static final String BASE64 = Base64.getEncoder().encodeToString(PNG);
    protected static final String LINK = "https://example.com/a.png?sig=1";

    /** One that cannot be mistaken for anything a gateway might send by itself. */
    private static final String NEWS = "data: {\"type\":\"image_generation.aged\",\"years\":7,\"image_index\":0}\n\n";

    /** The dialect under test. */
    protected abstract Dialect dialect();

    /** The least that the gateway takes. */
    protected abstract ImageRequest request();

    /** The request which makes the gateway answer with so many images. */
    protected ImageRequest request(int images) {
        return images == 1 ? request() : request().n(images);
    }

    /** A good stream of so many images, event by event; the last one ends it. Empty if the gateway never streams. */
    protected abstract List<String> stream(int images);

    protected final boolean streams() {
        return !stream(1).isEmpty();
    }

    /** A good document of these items. */
    protected String document(String... items) {
        return "{\"created\":1790983963,\"data\":[" + String.join(",", items) + "]}";
    }

    /** An image in a document, under its URL. */
    protected String linkItem(String url) {
        return "{\"url\":\"" + url + "\"}";
    }

    /** An image in a document that failed. */
    protected String failedItem(String code, String message) {
        return "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}";
    }

    /** A failure of the gateway itself, as an event. */
    protected String errorEvent() {
        return "event: error\ndata: {\"type\":\"error\",\"error\":{\"code\":\"server_error\",\"message\":\"oops\"}}\n\n";
    }

    /** A failure of the gateway itself, as a document with status 200. */
    protected String errorDocument() {
        return "{\"error\":{\"code\":\"server_error\",\"message\":\"oops\"}}";
    }

    /** The body of a 429 that is over in a while. */
    protected String rateLimit() {
        return "{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"slow down\"}}";
    }

    /** The status with which the gateway says that there is no money left. */
    protected int spentStatus() {
        return 429;
    }

    /** What it says then. */
    protected String spent() {
        return "{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"You exceeded your current quota\"}}";
    }

    protected final Reply reply(int status, Map<String, String> headers) {
        return new Reply(status, headers, NOW);
    }

    protected final Reading reading(int images) {
        return dialect().reading(request(images), reply(200, Map.of()));
    }

    protected static List<ImageEvent> readAll(Reading reading, String text) {
        var events = new ArrayList<ImageEvent>();
        Payloads.stream(text).forEach(payload -> events.addAll(reading.read(payload)));
        return events;
    }

    /** How a stream ends that ends badly. */
    protected final ImageException caught(String stream) {
        var reading = reading(1);
        try {
            readAll(reading, stream);
            return reading.end();
        } catch (ImageException e) {
            return e;
        }
    }

    protected final ImageResult result(int images, String document) {
        return ((ImageEvent.Completed)
                        reading(images).read(Payloads.document(document)).get(0))
                .result();
    }

    protected final ImageException failure(int status, Map<String, String> headers, String body) {
        return dialect().failure(reply(status, headers), body.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertEndsWell(Reading reading, List<ImageEvent> events, int images) {
        assertThat(reading.isComplete()).isTrue();
        assertThat(events.subList(0, events.size() - 1)).allMatch(ImageEvent.Progress.class::isInstance);
        var end = (ImageEvent.Completed) events.get(events.size() - 1);
        assertThat(end.result().images())
                .extracting(GeneratedImage::index)
                .containsExactlyElementsOf(IntStream.range(0, images).boxed().toList());
    }

    @Test
    @EnabledIf("streams")
    void aStreamIsProgressAndThenExactlyOneCompletedLast() {
        for (int images = 1; images <= 3; images++) {
            var reading = reading(images);
            assertEndsWell(reading, readAll(reading, String.join("", stream(images))), images);
        }
    }

    @Test
    @EnabledIf("streams")
    void whatComesAfterTheEndOfAStreamMeansNothing() {
        for (String rest : List.of("data: [DONE]\n\n", ": bye\n\n")) {
            var reading = reading(2);
            readAll(reading, String.join("", stream(2)));
            assertThat(readAll(reading, rest)).isEmpty();
        }
    }

    @Test
    @EnabledIf("streams")
    void aStreamThatEndsBeforeItsLastEventIsAnErrorWhichCarriesWhatHadArrived() {
        var events = stream(3);
        for (int cut = 1; cut < events.size(); cut++) {
            var reading = reading(3);
            var arrived = readAll(reading, String.join("", events.subList(0, cut)));
            assertThat(reading.isComplete()).isFalse();
            assertThat(reading.end()).isInstanceOfSatisfying(OutcomeUnknownException.class, e -> {
                assertThat(e.reason()).isEqualTo(OutcomeUnknownException.Reason.CUT);
                assertThat(e.partialResult().images()).hasSize((int) arrived.stream()
                        .filter(ImageEvent.ImageReady.class::isInstance)
                        .count());
            });
        }
    }

    @Test
    void aDocumentThatIsCutIsNeverTakenForAWholeOne() {
        var whole = document(linkItem(LINK), linkItem(LINK)).getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut < whole.length; cut++) {
            var reader = PayloadReader.document(Limits.defaults());
            var reading = reading(2);
            try {
                var payloads = new ArrayList<>(reader.feed(whole, 0, cut));
                payloads.addAll(reader.end());
                assertThat(payloads).as("%s bytes", cut).isEmpty();
            } catch (WireException e) {
                continue;
            }
            assertThat(reading.isComplete()).isFalse();
            assertThat(reading.end()).isInstanceOf(OutcomeUnknownException.class);
        }
    }

    @Test
    void aStreamOfWhichNothingIsKnownIsAnErrorAtItsEnd() {
        var reading = reading(1);
        assertThat(readAll(reading, NEWS + ": bye\n\n" + NEWS)).isEmpty();
        assertThat(reading.isComplete()).isFalse();
        assertThat(reading.end()).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    @EnabledIf("streams")
    void eventsAndFieldsNobodyKnowsChangeNothingInAStream() {
        var plain = readAll(reading(2), String.join("", stream(2)));
        var withNews = NEWS + String.join(NEWS, stream(2));
        var withFields = String.join("", stream(2)).replace("data: {", "data: {\"mood\":{\"a\":[1,null]},");
        for (String text : List.of(withNews, withFields)) {
            var reading = reading(2);
            assertThat(readAll(reading, text)).hasSameSizeAs(plain);
            assertThat(reading.isComplete()).isTrue();
        }
    }

    @Test
    void fieldsNobodyKnowsChangeNothingInADocument() {
        var document = document(linkItem(LINK));
        assertThat(result(1, "{\"mood\":[1]," + document.substring(1)).images()).hasSize(1);
    }

    @Test
    void anErrorEventIsAFailureAndNeverRetriedOnceSomethingWasSaidOfAnImage() {
        assertThatExceptionOfType(ImageException.class).isThrownBy(() -> readAll(reading(1), errorEvent()));
        var events = stream(3);
        for (int cut = 1; cut < events.size(); cut++) {
            var reading = reading(3);
            readAll(reading, String.join("", events.subList(0, cut)));
            assertThatExceptionOfType(ImageException.class)
                    .isThrownBy(() -> readAll(reading, errorEvent()))
                    .isNotInstanceOfAny(
                            RateLimitedException.class, UnavailableException.class, RejectedException.class);
            assertThat(reading.isComplete()).isFalse();
        }
    }

    @Test
    void anErrorInsideA200IsAFailureWithItsWords() {
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> reading(1).read(Payloads.document(errorDocument())))
                .satisfies(e -> assertThat(e.providerMessage()).isEqualTo("oops"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("oops"));
    }

    @Test
    void aRateLimitInsideA200BeforeAnyEventIsARefusal() {
        assertThatExceptionOfType(RateLimitedException.class)
                .isThrownBy(() -> reading(1).read(Payloads.document(rateLimit())));
    }

    @Test
    void aDocumentIsExactlyOneCompleted() {
        for (String item : List.of(
                "{\"b64_json\":\"" + BASE64 + "\"}", linkItem("data:image/png;base64," + BASE64), linkItem(BASE64))) {
            var reading = reading(1);
            var events = reading.read(Payloads.document(document(item)));
            assertThat(events).hasSize(1);
            assertEndsWell(reading, events, 1);
            assertThat(((ImageEvent.Completed) events.get(0)).result().first().toByteArray())
                    .as(item)
                    .isEqualTo(PNG);
        }
    }

    @Test
    void anImageByUrlIsKnownByIt() {
        var image = result(1, document(linkItem(LINK))).first();
        assertThat(image.url()).hasToString(LINK);
        assertThat(image.isLoaded()).isFalse();
    }

    @Test
    void aFailedImageDoesNotTakeItsSiblingsWithIt() {
        var result = result(3, document(linkItem(LINK), failedItem("blocked", "no"), linkItem(LINK)));
        assertThat(result.images()).extracting(GeneratedImage::index).containsExactly(0, 2);
        assertThat(result.failures()).containsExactly(new ImageFailure(1, "blocked", "no"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"created\":1}", "[]", "1", "null", "\"hello\""})
    void a200WithoutAnyImageIsAnError(String nothing) {
        assertThatExceptionOfType(OutcomeUnknownException.class).isThrownBy(() -> {
            var reading = reading(1);
            reading.read(Payloads.document(nothing));
            throw reading.end();
        });
        assertThatExceptionOfType(OutcomeUnknownException.class)
                .isThrownBy(() -> reading(1).read(Payloads.document(document())));
    }

    @Test
    void a429IsARateLimitUntilTheInstantItNames() {
        assertThat(failure(429, Map.of("Retry-After", "12"), rateLimit()))
                .isInstanceOfSatisfying(
                        RateLimitedException.class, e -> assertThat(e.retryAt()).isEqualTo(NOW.plusSeconds(12)));
        assertThat(failure(429, Map.of(), "")).isInstanceOf(RateLimitedException.class);
    }

    @Test
    void aSpentQuotaIsNoRateLimit() {
        assertThat(failure(spentStatus(), Map.of("Retry-After", "12"), spent()))
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        e -> assertThat(e.reason()).isEqualTo(RejectedException.Reason.CREDITS));
    }

    @Test
    void everyStatusMeansSomethingWhateverItsBody() {
        for (int status = 100; status < 600; status++) {
            for (String body :
                    List.of("", "<html>WAF</html>", "[]", "{}", "\"no\"", errorDocument(), "{\"error\":\"x\"}")) {
                var failure = failure(status, Map.of(), body);
                assertThat(failure.status()).isEqualTo(status);
                assertThat(failure.getMessage()).contains(dialect().name()).doesNotContain("WAF", "oops");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 408, 500, 502, 504, 520, 521, 522, 523, 524, 525, 526, 527})
    void whatMayHaveBeenMadeIsNeverCalledRetryable(int status) {
        for (String body : List.of("", "<html>gateway</html>", errorDocument())) {
            assertThat(failure(status, Map.of("Retry-After", "1"), body))
                    .isNotInstanceOfAny(RateLimitedException.class, UnavailableException.class);
        }
    }

    @Test
    void aWrongKeyIsToldApartFromAWrongRequest() {
        assertReason(401, RejectedException.Reason.CREDENTIALS);
        assertReason(400, RejectedException.Reason.REQUEST);
        assertReason(404, RejectedException.Reason.NOT_FOUND);
        assertReason(413, RejectedException.Reason.TOO_LARGE);
    }

    private void assertReason(int status, RejectedException.Reason reason) {
        assertThat(((RejectedException) failure(status, Map.of(), "")).reason()).isEqualTo(reason);
    }

    @Test
    void aRequestIsAPostWhichCanBeSentAgainAndAgain() {
        var call = dialect().generate(request());
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.path()).startsWith("/");
        assertThat(call.headers()).containsKeys("Accept", "Content-Type");
        assertThat(Bodies.wire(call)).isEqualTo(Bodies.wire(call));
    }

    @Test
    void askingForPreviewsIsNeverAnError() {
        assertThat(dialect().unsupported(request().stream(true))).isEmpty();
        dialect().generate(request().stream(true));
        dialect().generate(request().stream(false));
    }

    @Test
    void noRefusalShowsThePrompt() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> dialect()
                        .generate(request().prompt("a very private wish").n(-5).outputCompression(-5)))
                .satisfies(e -> assertThat(e.toString()).doesNotContain("private"))
                .satisfies(e -> assertThat(e.getMessage())
                        .startsWith("not sent to " + dialect().name() + ": "));
    }

    @Test
    void aRequestCostsItsQuotaSomething() {
        assertThat(dialect().cost(request())).isPositive();
        assertThat(dialect().cost(request(3))).isPositive();
    }

    @Test
    void theGatewayHasANameAndAnAddress() {
        assertThat(dialect().name()).matches("[a-z0-9]+(?:-[a-z0-9]+)*");
        assertThat(dialect().baseUrl()).hasScheme("https").hasNoQuery();
        assertThat(dialect().baseUrl().toString()).doesNotEndWith("/");
    }
}
