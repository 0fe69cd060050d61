package dev.darkroom.internal.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reading;
import dev.darkroom.image.Billed;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.internal.gateway.common.DialectContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiDialectTest extends DialectContract {

    @Override
    protected Dialect dialect() {
        return new OpenAiDialect();
    }

    @Override
    protected ImageRequest request() {
        return ImageRequest.of("gpt-image-2", "a lighthouse");
    }

    @Override
    protected List<String> stream(int images) {
        return stream("image_generation", images);
    }

    private static List<String> stream(String kind, int images) {
        var events = new ArrayList<String>();
        for (int i = 0; i < images; i++) {
            events.add(event(kind + ".partial_image", "\"partial_image_index\":1,"));
            events.add(event(kind + ".completed", """
                    "usage":{"input_tokens":7,"output_tokens":4460,"total_tokens":4467,
                     "input_tokens_details":{"text_tokens":7,"image_tokens":0}},"""));
        }
        return events;
    }

    private static String event(String type, String fields) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + fields.replace("\n", "") + "\"b64_json\":\""
                + BASE64 + "\",\"created_at\":1761112880,\"size\":\"1024x1024\",\"quality\":\"high\","
                + "\"background\":\"opaque\",\"output_format\":\"png\"}\n\n";
    }

    private static String error(String type, String code) {
        return "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"code\":\"" + code
                + "\",\"message\":\"words\",\"param\":null}}\n\n";
    }

    @Test
    void theEventsOfAnEditAreReadLikeThoseOfAGeneration() {
        var reading = reading(1);
        var events = readAll(reading, String.join("", stream("image_edit", 1)));
        assertThat(((ImageEvent.Partial) events.get(0)).partialIndex()).isEqualTo(1);
        var result = ((ImageEvent.Completed) events.get(2)).result();
        assertThat(result.first().toByteArray()).isEqualTo(PNG);
        assertThat(result.created()).isEqualTo(Instant.ofEpochSecond(1761112880));
        assertThat(result.usage().inputTokens()).isEqualTo(7);
        assertThat(result.usage().outputTokens()).isEqualTo(4460);
        assertThat(result.usage().fields()).containsKey("input_tokens_details");
    }

    @Test
    void theUsageOfSeveralImagesOfOneStreamAddsUp() {
        var reading = reading(2);
        var events = readAll(reading, String.join("", stream(2)));
        var usage =
                ((ImageEvent.Completed) events.get(events.size() - 1)).result().usage();
        assertThat(usage.totalTokens()).isEqualTo(2 * 4467);
    }

    @Test
    void doneAfterFewerImagesThanAskedForEndsTheStream() {
        var reading = reading(3);
        var events = readAll(reading, String.join("", stream(2)) + "data: [DONE]\n\n");
        assertThat(((ImageEvent.Completed) events.get(events.size() - 1))
                        .result()
                        .images())
                .hasSize(2);
    }

    @Test
    void theRequestIdIsTheHandle() {
        var reading = dialect().reading(request(), reply(200, Map.of("X-Request-ID", "req_1")));
        var events = readAll(reading, String.join("", stream(1)));
        assertThat(((ImageEvent.Completed) events.get(2)).result().generationId())
                .isEqualTo("req_1");
        assertThat(failure(400, Map.of("X-Request-ID", "req_2"), "{}").details().generationId())
                .isEqualTo("req_2");
    }

    @Test
    void aFailedGenerationMayBeBilledAndAnImageBeforeItIs() {
        var first = reading(2);
        assertThat(caught(first, error("image_generation_server_error", "image_generation_failed")))
                .isInstanceOfSatisfying(
                        GenerationFailedException.class,
                        e -> assertThat(e.billed()).isEqualTo(Billed.UNKNOWN));
        var second = reading(2);
        readAll(second, String.join("", stream(1)));
        assertThat(caught(second, error("image_generation_server_error", "image_generation_failed")))
                .isInstanceOfSatisfying(GenerationFailedException.class, e -> {
                    assertThat(e.billed()).isEqualTo(Billed.YES);
                    assertThat(e.partialResult().images()).hasSize(1);
                });
    }

    @Test
    void moderationIsARefusalBeforeTheFirstEventAndAFailureAfterIt() {
        var blocked = error("image_generation_user_error", "moderation_blocked");
        assertThat(((RejectedException) caught(reading(1), blocked)).reason())
                .isEqualTo(RejectedException.Reason.MODERATION);
        var begun = reading(1);
        readAll(begun, stream(1).get(0));
        assertThat(caught(begun, blocked)).isInstanceOfSatisfying(GenerationFailedException.class, e -> {
            assertThat(e.details().code()).isEqualTo("moderation_blocked");
            assertThat(e.partialResult().lastPartial()).isNotNull();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "image_generation_user_error, invalid_image, REQUEST",
        "invalid_request_error, unknown_parameter, REQUEST",
        "invalid_request_error, invalid_api_key, CREDENTIALS",
        "invalid_request_error, model_not_found, NOT_FOUND",
        "requests, insufficient_quota, CREDITS"
    })
    void anErrorEventStandsForTheStatusItWouldHaveHad(String type, String code, String reason) {
        assertThat(((RejectedException) caught(reading(1), error(type, code))).reason())
                .hasToString(reason);
    }

    private static Throwable caught(Reading reading, String text) {
        var caught = new ArrayList<Throwable>();
        try {
            readAll(reading, text);
        } catch (RuntimeException e) {
            caught.add(e);
        }
        return caught.get(0);
    }

    @Test
    void theSentenceOfARateLimitTellsWhenToTryAgain() {
        var body = "{\"error\":{\"message\":\"Rate limit reached for gpt-image (for limit gpt-image) in organization"
                + " org-1 on input-images per min: Limit 5, Used 5, Requested 1. Please try again in 12s.\","
                + "\"type\":\"input-images\",\"param\":null,\"code\":\"rate_limit_exceeded\"}}";
        var failure = (RateLimitedException) failure(429, Map.of(), body);
        assertThat(failure.retryAt()).isEqualTo(NOW.plusSeconds(12));
        assertThat(failure.toString()).doesNotContain("org-1");
        assertThat(((RateLimitedException) failure(429, Map.of("x-ratelimit-reset-requests", "6m0s"), body)).retryAt())
                .as("a header knows better")
                .isEqualTo(NOW.plusSeconds(360));
    }

    @Test
    void theGatewaysWishNotToBeAskedAgainIsFinal() {
        var never = Map.of("x-should-retry", "false", "Retry-After", "1");
        assertThat(((RejectedException) failure(429, never, rateLimit())).reason())
                .isEqualTo(RejectedException.Reason.CREDITS);
        assertThat(failure(503, never, errorDocument())).isInstanceOf(GenerationFailedException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 504, 408, 524})
    void theGatewaysWishToBeAskedAgainDoesNotMakeRetryableWhatMayBeBilled(int status) {
        assertThat(failure(status, Map.of("x-should-retry", "true"), errorDocument()))
                .isNotInstanceOfAny(RateLimitedException.class, UnavailableException.class);
    }

    @Test
    void aRefusalThatTheGatewayWantsToHearAgainIsOverInAWhile() {
        assertThat(failure(409, Map.of("x-should-retry", "true"), "{}")).isInstanceOf(UnavailableException.class);
        assertThat(failure(409, Map.of("x-should-retry", "true", "Retry-After", "3"), "{}"))
                .isInstanceOfSatisfying(
                        RateLimitedException.class, e -> assertThat(e.retryAt()).isEqualTo(NOW.plusSeconds(3)));
        assertThat(failure(409, Map.of(), "{}")).isInstanceOf(RejectedException.class);
    }

    @Test
    void moneyAndMannersAreFoundUnderA400() {
        assertThat(((RejectedException) failure(400, Map.of(), "{\"error\":{\"code\":\"moderation_blocked\"}}"))
                        .reason())
                .isEqualTo(RejectedException.Reason.MODERATION);
        assertThat(((RejectedException) failure(400, Map.of(), "{\"error\":{\"code\":\"billing_hard_limit_reached\"}}"))
                        .reason())
                .isEqualTo(RejectedException.Reason.CREDITS);
    }

    @Test
    void itsQuotaCountsImagesThoseSentAlongToo() {
        assertThat(dialect().cost(request())).isEqualTo(1);
        assertThat(dialect().cost(request().n(4))).isEqualTo(4);
        var image = ImageReference.stored("file-1");
        assertThat(dialect().cost(request().n(2).references(image, image))).isEqualTo(4);
    }
}
