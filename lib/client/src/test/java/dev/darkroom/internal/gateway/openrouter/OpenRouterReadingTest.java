package dev.darkroom.internal.gateway.openrouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.dialect.Payload;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.image.Billed;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.internal.gateway.common.Payloads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenRouterReadingTest {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1, 2, 3};
    private static final String PNG_BASE64 = Base64.getEncoder().encodeToString(PNG);
    private static final Reply REPLY = new Reply(
            200,
            Map.of("X-Generation-Id", "gen-img-1", "X-Provider-Name", "OpenAI"),
            Instant.parse("2026-11-20T10:00:00Z"));

    private final Reading reading = reading(1);

    private static Reading reading(int n) {
        return new OpenRouterDialect().reading(ImageRequest.of("a/b", "p").n(n), REPLY);
    }

    private static List<ImageEvent> readAll(Reading reading, List<Payload> payloads) {
        var events = new ArrayList<ImageEvent>();
        payloads.forEach(payload -> events.addAll(reading.read(payload)));
        return events;
    }

    private static String partial(int index) {
        return "data: {\"type\":\"image_generation.partial_image\",\"partial_image_index\":" + index
                + ",\"b64_json\":\"" + PNG_BASE64 + "\"}\n\n";
    }

    private static String completed(String rest) {
        return "data: {\"type\":\"image_generation.completed\",\"b64_json\":\"" + PNG_BASE64 + "\"" + rest + "}\n\n";
    }

    private static final String DONE = "data: [DONE]\n\n";

    @Test
    void aStreamIsItsPreviewsAndThenExactlyOneCompletedLast() {
        var events = readAll(
                reading,
                Payloads.stream(": \n\n" + partial(0) + ": \n\n" + partial(1)
                        + completed(
                                ",\"media_type\":\"image/png\",\"created\":1790983963,\"usage\":{\"prompt_tokens\":15,"
                                        + "\"completion_tokens\":372,\"total_tokens\":387,\"cost\":3.006e-03,\"is_byok\":false}")
                        + DONE));
        assertThat(events).hasSize(4);
        assertThat(events.get(0)).isInstanceOfSatisfying(ImageEvent.Partial.class, partial -> {
            assertThat(partial.imageIndex()).isZero();
            assertThat(partial.partialIndex()).isZero();
            assertThat(partial.image().toByteArray()).isEqualTo(PNG);
            assertThat(partial.image().mediaType()).isEqualTo("image/png");
        });
        assertThat(((ImageEvent.Partial) events.get(1)).partialIndex()).isEqualTo(1);
        assertThat(events.get(2)).isInstanceOf(ImageEvent.ImageReady.class);
        assertThat(events.get(3)).isInstanceOfSatisfying(ImageEvent.Completed.class, end -> {
            var result = end.result();
            assertThat(result.first().toByteArray()).isEqualTo(PNG);
            assertThat(result.created()).isEqualTo("2026-10-02T23:32:43Z");
            assertThat(result.generationId()).isEqualTo("gen-img-1");
            assertThat(result.provider()).isEqualTo("OpenAI");
            assertThat(result.usage().cost()).isEqualByComparingTo("0.003006");
            assertThat(result.usage().outputTokens()).isEqualTo(372);
            assertThat(result.usage().fields()).containsEntry("is_byok", false);
        });
        assertThat(reading.isComplete()).isTrue();
    }

    @Test
    void aDocumentIsExactlyOneCompletedWithEveryImage() {
        var events = reading(2)
                .read(Payloads.document("{\"created\":0,\"data\":[{\"b64_json\":\"" + PNG_BASE64
                        + "\",\"media_type\":\"image/png\"},{\"b64_json\":\"" + PNG_BASE64
                        + "\"}],\"usage\":{\"prompt_tokens\":19,\"completion_tokens\":4096,\"total_tokens\":4115,"
                        + "\"cost\":3e-05}}"));
        assertThat(events).singleElement().isInstanceOfSatisfying(ImageEvent.Completed.class, end -> {
            assertThat(end.result().images()).hasSize(2);
            assertThat(end.result().images().get(1).index()).isEqualTo(1);
            assertThat(end.result().images().get(1).mediaType()).isEqualTo("image/png");
            assertThat(end.result().created()).as("0 is no time").isNull();
            assertThat(end.result().usage().cost()).isEqualByComparingTo("0.00003");
        });
    }

    @Test
    void theNthCompletedEventEndsAStreamOfSeveralImages() {
        var three = reading(3);
        var events = readAll(
                three,
                Payloads.stream(completed(",\"usage\":{\"cost\":0.1}")
                        + partial(0)
                        + completed(",\"usage\":{\"cost\":0.1}")
                        + completed(",\"usage\":{\"cost\":0.1}")));
        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("ImageReady", "Partial", "ImageReady", "ImageReady", "Completed");
        assertThat(((ImageEvent.Partial) events.get(1)).imageIndex())
                .as("a preview belongs to the image that completes next")
                .isEqualTo(1);
        var result = ((ImageEvent.Completed) events.get(4)).result();
        assertThat(result.images()).hasSize(3);
        assertThat(result.usage().cost()).isEqualByComparingTo("0.3");
    }

    @Test
    void doneCompletesAStreamThatDeliveredFewerImagesThanAskedFor() {
        var events = readAll(reading(3), Payloads.stream(completed("") + DONE));
        assertThat(events.get(1))
                .isInstanceOfSatisfying(
                        ImageEvent.Completed.class,
                        end -> assertThat(end.result().images()).hasSize(1));
    }

    @Test
    void aBareEndOfStreamIsAnErrorThatCarriesWhatHadArrived() {
        var two = reading(2);
        readAll(two, Payloads.stream(completed("") + partial(4)));
        assertThat(two.isComplete()).isFalse();
        assertThat(two.end()).isInstanceOfSatisfying(OutcomeUnknownException.class, failure -> {
            assertThat(failure.reason()).isEqualTo(OutcomeUnknownException.Reason.CUT);
            assertThat(failure.partialResult().images()).hasSize(1);
            assertThat(failure.partialResult().lastPartial().partialIndex()).isEqualTo(4);
            assertThat(failure.details().generationId()).isEqualTo("gen-img-1");
        });
    }

    @Test
    void doneWithoutAnyImageIsTheSameError() {
        assertThatExceptionOfType(OutcomeUnknownException.class)
                .isThrownBy(() -> readAll(reading, Payloads.stream(partial(0) + DONE)))
                .satisfies(e -> assertThat(e.partialResult().lastPartial()).isNotNull());
    }

    @Test
    void anErrorEventIsAFailureThatIsNotBilledAndCarriesWhatHadArrived() {
        assertThatExceptionOfType(GenerationFailedException.class)
                .isThrownBy(() -> readAll(
                        reading,
                        Payloads.stream(partial(0)
                                + "data: {\"type\":\"error\",\"error\":{\"code\":\"upstream_error\",\"message\":\"no\","
                                + "\"param\":null,\"type\":\"provider_error\"}}\n\n")))
                .satisfies(e -> {
                    assertThat(e.billed()).isEqualTo(Billed.NO);
                    assertThat(e.details().code()).isEqualTo("upstream_error");
                    assertThat(e.providerMessage()).isEqualTo("no");
                    assertThat(e.getMessage()).doesNotContain("no,");
                    assertThat(e.partialResult().lastPartial()).isNotNull();
                });
    }

    @Test
    void anErrorEventWithoutATypeIsOneToo() {
        assertFails(GenerationFailedException.class, "data: {\"error\":{\"message\":\"x\"}}\n\n");
        assertFails(GenerationFailedException.class, "event: error\ndata: {\"message\":\"x\"}\n\n");
    }

    @Test
    void aRateLimitBeforeTheFirstEventIsARefusalAndAfterItAFailure() {
        var limit = "data: {\"type\":\"error\",\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"x\"}}\n\n";
        assertFails(RateLimitedException.class, limit);
        assertFails(GenerationFailedException.class, partial(0) + limit);
        assertFails(
                RateLimitedException.class,
                "data: {\"type\":\"error\",\"error\":{\"code\":429,\"message\":\"x\"}}\n\n");
    }

    @Test
    void aModerationWordIsARejection() {
        assertThat(assertFails(
                                RejectedException.class,
                                "data: {\"type\":\"error\",\"error\":{\"code\":\"content_policy_violation\"}}\n\n")
                        .reason())
                .isEqualTo(RejectedException.Reason.MODERATION);
    }

    @Test
    void anErrorInsideA200DocumentIsAFailure() {
        assertThatExceptionOfType(GenerationFailedException.class)
                .isThrownBy(() -> reading.read(
                        Payloads.document("{\"error\":{\"code\":502,\"message\":\"Provider returned error\"}}")))
                .satisfies(e -> assertThat(e.status()).isEqualTo(502));
        assertThatExceptionOfType(RateLimitedException.class)
                .isThrownBy(() -> reading.read(Payloads.document("{\"error\":{\"code\":429,\"message\":\"later\","
                        + "\"metadata\":{\"retry_after_seconds\":3}}}")))
                .satisfies(e -> assertThat(e.retryAt()).isEqualTo("2026-11-20T10:00:03Z"));
    }

    @Test
    void a200WithoutAnyImageIsAnError() {
        for (String nothing : List.of("{}", "{\"created\":1}", "{\"data\":[]}", "{\"data\":null}", "[]", "1")) {
            assertThatExceptionOfType(OutcomeUnknownException.class)
                    .as(nothing)
                    .isThrownBy(() -> {
                        var one = reading(1);
                        one.read(Payloads.document(nothing));
                        throw one.end();
                    })
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(OutcomeUnknownException.Reason.UNDECODABLE));
        }
    }

    @Test
    void anErrorBesideAnImageTakesTheImageNotAway() {
        var events = reading(2)
                .read(Payloads.document("{\"data\":[{\"b64_json\":\"" + PNG_BASE64
                        + "\"}],\"error\":{\"code\":429,\"message\":\"one failed\"}}"));
        var result = ((ImageEvent.Completed) events.get(0)).result();
        assertThat(result.images()).hasSize(1);
        assertThat(result.failures()).containsExactly(new ImageFailure(1, "429", "one failed"));
    }

    @Test
    void anErrorAfterAnImageWasSpokenOfIsNeverRetryable() {
        var oversized = reading(1);
        oversized.read(Payloads.stream("data: {\"type\":\"image_generation.partial_image\",\"b64_json\":null}\n\n")
                .get(0));
        assertThatExceptionOfType(GenerationFailedException.class)
                .isThrownBy(() -> oversized.read(Payloads.document("{\"error\":{\"code\":429}}")));
    }

    @Test
    void overloadInsideA200IsAFailedGenerationAndNoRefusal() {
        assertFails(GenerationFailedException.class, "data: {\"error\":{\"code\":503}}\n\n");
        assertFails(GenerationFailedException.class, "data: {\"error\":{\"code\":529}}\n\n");
        assertFails(GenerationFailedException.class, "data: {\"error\":\"words alone\"}\n\n");
    }

    @Test
    void aTimeoutInsideA200LeavesTheOutcomeOpen() {
        assertFails(OutcomeUnknownException.class, "data: {\"error\":{\"code\":504}}\n\n");
        assertThat(assertFails(
                                OutcomeUnknownException.class,
                                partial(0) + "data: {\"error\":{\"error_type\":\"timeout\"}}\n\n")
                        .partialResult()
                        .lastPartial())
                .isNotNull();
    }

    @Test
    void rateLimitWordsAreFoundWhereverTheyStand() {
        assertFails(RateLimitedException.class, "data: {\"error\":{\"type\":\"rate_limit_error\",\"code\":null}}\n\n");
        assertFails(RateLimitedException.class, "data: {\"error\":{\"code\":\"429\"}}\n\n");
        assertFails(RateLimitedException.class, "event: error\ndata: {\"code\":\"rate_limit_exceeded\"}\n\n");
    }

    @Test
    void eventsNobodyKnowsDoNotEndAStreamWhateverIsInThem() {
        var two = reading(2);
        var events = readAll(
                two,
                Payloads.stream(completed("") + "data: {\"type\":\"ping\",\"data\":{}}\n\n"
                        + "data: {\"status\":\"processing\"}\n\ndata: {\"openrouter_metadata\":{}}\n\ndata: \"hello\"\n\n"
                        + completed("")));
        assertThat(((ImageEvent.Completed) events.get(2)).result().images()).hasSize(2);
    }

    @Test
    void oddNumbersDoNotCostTheImage() {
        var events = readAll(
                reading,
                Payloads.stream(completed(",\"created\":1790983963000000000,\"usage\":{\"prompt_tokens\":1e999,"
                        + "\"cost\":0.123456789012345}")));
        var result = ((ImageEvent.Completed) events.get(1)).result();
        assertThat(result.created()).isNull();
        assertThat(result.usage().inputTokens()).isNull();
        assertThat(result.usage().cost()).as("to 15 digits").isEqualByComparingTo("0.123456789012345");
    }

    @Test
    void aUrlThatJavaWouldRefuseIsKeptAndAMediaTypeIsNotBelievedBlindly() {
        var result = ((ImageEvent.Completed) reading(2)
                        .read(Payloads.document("{\"data\":[{\"url\":\"https://x.example/a.png?sig=a|b\"},"
                                + "{\"b64_json\":\"QUJD\",\"media_type\":\"x\\\" onerror=\\\"alert(1)\"}]}"))
                        .get(0))
                .result();
        assertThat(result.images().get(0).url()).hasToString("https://x.example/a.png?sig=a%7Cb");
        assertThat(result.images().get(1).mediaType()).isNull();
    }

    @Test
    void anImageWithoutBase64IsAnError() {
        for (String value : List.of("null", "\"\"", "\"%%%\"", "{}", "5")) {
            assertThatExceptionOfType(OutcomeUnknownException.class)
                    .as(value)
                    .isThrownBy(() -> reading(1).read(Payloads.document("{\"data\":[{\"b64_json\":" + value + "}]}")));
        }
    }

    @Test
    void aFailedSiblingDoesNotTakeFinishedImagesWithIt() {
        var result = ((ImageEvent.Completed) reading(4)
                        .read(Payloads.document("{\"data\":[{\"b64_json\":\"" + PNG_BASE64
                                + "\"},{\"error\":{\"code\":\"blocked\",\"message\":\"no\"}},{\"b64_json\":null},"
                                + "{\"url\":\"https://example.com/a.png\"}]}"))
                        .get(0))
                .result();
        assertThat(result.images()).extracting(image -> image.index()).containsExactly(0, 3);
        assertThat(result.images().get(1).url()).hasHost("example.com");
        assertThat(result.failures())
                .containsExactly(
                        new ImageFailure(1, "blocked", "no"), new ImageFailure(2, ImageFailure.UNDECODABLE, null));
    }

    @Test
    void whereEveryImageFailedTheResultSaysSo() {
        var events = reading.read(Payloads.document("{\"data\":[{\"error\":{\"code\":\"blocked\"}}]}"));
        assertThat(((ImageEvent.Completed) events.get(0)).result().failures()).hasSize(1);
    }

    @Test
    void aDataUrlInUrlIsAnImageToo() {
        var events =
                reading.read(Payloads.document("{\"data\":[{\"url\":\"data:image/png;base64," + PNG_BASE64 + "\"}]}"));
        assertThat(((ImageEvent.Completed) events.get(0)).result().first().toByteArray())
                .isEqualTo(PNG);
    }

    @Test
    void aPreviewWithoutAnImageDoesNotEndAStreamThatIsPaidFor() {
        var events = readAll(
                reading,
                Payloads.stream(
                        "data: {\"type\":\"image_generation.partial_image\",\"b64_json\":null}\n\n" + completed("")));
        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("ImageReady", "Completed");
    }

    @Test
    void unknownEventsAndFieldsAreIgnoredAndUnknownValuesKept() {
        var events = readAll(
                reading,
                Payloads.stream("data: {\"type\":\"image_generation.thinking\",\"thought\":1}\n\n"
                        + "event: heartbeat\ndata: {\"at\":1}\n\n"
                        + "event: news\ndata: 17\n\n"
                        + "data: {\"type\":\"image_generation.text_chunk\",\"phase\":\"musing\",\"text\":\"hm\"}\n\n"
                        + completed(",\"new_field\":{\"a\":[1]},\"usage\":{\"new_count\":5}")));
        assertThat(events).hasSize(3);
        assertThat(((ImageEvent.TextChunk) events.get(0)).phase()).isEqualTo("musing");
        assertThat(((ImageEvent.Completed) events.get(2)).result().usage().fields())
                .containsEntry("new_count", 5L);
    }

    @Test
    void theEventLineStandsInForAMissingType() {
        var events = readAll(
                reading,
                Payloads.stream("event: image_generation.completed\ndata: {\"b64_json\":\"" + PNG_BASE64 + "\"}\n\n"));
        assertThat(events.get(1)).isInstanceOf(ImageEvent.Completed.class);
    }

    @Test
    void aDocumentWrappedInAnEventIsADocument() {
        assertThat(readAll(reading, Payloads.stream("data: {\"data\":[{\"b64_json\":\"" + PNG_BASE64 + "\"}]}\n\n"))
                        .get(1))
                .isInstanceOf(ImageEvent.Completed.class);
    }

    @Test
    void anImageInADataUrlIsDecodedAndItsBytesSayWhatItIs() {
        var image = ((ImageEvent.Completed) reading.read(Payloads.document(
                                "{\"data\":[{\"b64_json\":\"data:image/webp;base64," + PNG_BASE64 + "\"}]}"))
                        .get(0))
                .result()
                .first();
        assertThat(image.mediaType()).isEqualTo("image/png");
        assertThat(image.toByteArray()).isEqualTo(PNG);
    }

    @Test
    void aCompletedEventWithoutPreviewIndexCountsFromZero() {
        var events = readAll(
                reading,
                Payloads.stream(
                        "data: {\"type\":\"image_generation.partial_image\",\"b64_json\":\"" + PNG_BASE64 + "\"}\n\n"));
        assertThat(((ImageEvent.Partial) events.get(0)).partialIndex()).isZero();
    }

    private static <E extends ImageException> E assertFails(Class<E> type, String stream) {
        var caught = new ArrayList<E>();
        assertThatExceptionOfType(type)
                .isThrownBy(() -> readAll(reading(1), Payloads.stream(stream)))
                .satisfies(caught::add);
        return caught.get(0);
    }
}
