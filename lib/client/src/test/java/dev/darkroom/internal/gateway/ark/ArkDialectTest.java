package dev.darkroom.internal.gateway.ark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.gateway.Ark;
import dev.darkroom.image.Billed;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
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

class ArkDialectTest extends DialectContract {

    @Override
    protected Dialect dialect() {
        return new ArkDialect();
    }

    @Override
    protected ImageRequest request() {
        return ImageRequest.of("doubao-seedream-4-5-251128", "a lighthouse");
    }

    @Override
    protected ImageRequest request(int images) {
        return images == 1 ? request() : request().with(Ark.SEQUENTIAL_IMAGES, images);
    }

    @Override
    protected List<String> stream(int images) {
        var events = new ArrayList<String>();
        for (int i = 0; i < images; i++) {
            events.add(succeeded(i));
        }
        events.add(completed(images));
        return events;
    }

    private static String succeeded(int index) {
        return event(
                "partial_succeeded", "\"image_index\":" + index + ",\"url\":\"" + LINK + "\",\"size\":\"2496x1664\"");
    }

    private static String failed(int index, String code) {
        return event(
                "partial_failed",
                "\"image_index\":" + index + ",\"error\":{\"code\":\"" + code + "\",\"message\":\"words\"}");
    }

    private static String completed(int images) {
        return event(
                "completed",
                "\"usage\":{\"generated_images\":" + images + ",\"output_tokens\":48672,\"total_tokens\":48672}");
    }

    private static String event(String kind, String fields) {
        var type = "image_generation." + kind;
        return "event: " + type + "\ndata: {\"type\":\"" + type
                + "\",\"model\":\"seedream-5-0-260128\",\"created\":1757396757," + fields + "}\n\n";
    }

    @Override
    protected String errorEvent() {
        return "data: {\"error\":{\"code\":\"InternalServiceError\",\"message\":\"oops\"}}\n\n";
    }

    @Override
    protected String errorDocument() {
        return "{\"error\":{\"code\":\"InternalServiceError\",\"message\":\"oops\",\"param\":\"\","
                + "\"type\":\"InternalServerError\"}}";
    }

    @Override
    protected String rateLimit() {
        return "{\"error\":{\"code\":\"RateLimitExceeded.EndpointRPMExceeded\",\"message\":\"slow down\","
                + "\"type\":\"TooManyRequests\"}}";
    }

    @Override
    protected int spentStatus() {
        return 403;
    }

    @Override
    protected String spent() {
        return "{\"error\":{\"code\":\"AccountOverdueError\",\"message\":\"overdue\",\"type\":\"Forbidden\"}}";
    }

    @Test
    void aPartialThatSucceededIsAFinalImageAndCompletedIsTheSummary() {
        var events = readAll(reading(2), String.join("", stream(2)));
        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("ImageReady", "ImageReady", "Completed");
        var result = ((ImageEvent.Completed) events.get(2)).result();
        assertThat(result.usage().images()).isEqualTo(2);
        assertThat(result.usage().outputTokens()).isEqualTo(48672);
        assertThat(result.created()).isEqualTo(Instant.ofEpochSecond(1757396757));
        assertThat(result.warnings()).isEmpty();
    }

    @Test
    void whatItsToolsDidIsCountedAndWhichItHadIsSaid() {
        var end = event(
                "completed",
                "\"tools\":[{\"type\":\"web_search\"}],\"usage\":{\"generated_images\":1,\"total_tokens\":9,"
                        + "\"tool_usage\":{\"web_search\":2}}");
        var events = readAll(reading(1), succeeded(0) + end);
        var result = ((ImageEvent.Completed) events.get(1)).result();
        assertThat(result.usage().toolUsage()).isEqualTo(Map.of("web_search", 2L));
        assertThat(result.fields())
                .isEqualTo(Map.of("model", "seedream-5-0-260128", "tools", List.of(Map.of("type", "web_search"))));
        var without = ((ImageEvent.Completed)
                        readAll(reading(1), String.join("", stream(1))).get(1))
                .result();
        assertThat(without.usage().toolUsage()).isEmpty();
    }

    @Test
    void anImageOfAGroupThatFailedLeavesItsSiblingsAlone() {
        var events = readAll(
                reading(3),
                succeeded(0) + failed(1, "OutputImageSensitiveContentDetected") + succeeded(2) + completed(2));
        assertThat(((ImageEvent.ImageFailed) events.get(1)).failure())
                .isEqualTo(new ImageFailure(1, "OutputImageSensitiveContentDetected", "words"));
        var result = ((ImageEvent.Completed) events.get(3)).result();
        assertThat(result.images()).extracting(image -> image.index()).containsExactly(0, 2);
        assertThat(result.failures()).hasSize(1);
    }

    @Test
    void aGroupOfWhichNothingCameIsAResultThatSaysSo() {
        var events = readAll(reading(2), failed(0, "a") + failed(1, "b") + completed(0));
        var result = ((ImageEvent.Completed) events.get(2)).result();
        assertThat(result.images()).isEmpty();
        assertThat(result.failures()).hasSize(2);
    }

    @Test
    void imagesOfAGroupMayComeInAnyOrder() {
        var events = readAll(reading(2), succeeded(1) + succeeded(0) + completed(2));
        assertThat(((ImageEvent.ImageReady) events.get(0)).image().index()).isEqualTo(1);
        assertThat(((ImageEvent.Completed) events.get(2)).result().images())
                .extracting(image -> image.index())
                .containsExactly(0, 1);
    }

    @Test
    void theEndMarkAfterAnImageEndsAStreamWhoseSummaryIsMissing() {
        var events = readAll(reading(2), succeeded(0) + "data: [DONE]\n\n");
        assertThat(((ImageEvent.Completed) events.get(1)).result().images()).hasSize(1);
    }

    @Test
    void anErrorOfTheWholeWithoutATypeEndsTheStream() {
        var nothing = reading(2);
        assertThatExceptionOfType(GenerationFailedException.class)
                .isThrownBy(() -> readAll(nothing, errorEvent()))
                .satisfies(e -> assertThat(e.billed()).isEqualTo(Billed.NO));
        var one = reading(2);
        readAll(one, succeeded(0));
        assertThatExceptionOfType(GenerationFailedException.class)
                .isThrownBy(() -> readAll(one, errorEvent()))
                .satisfies(e -> assertThat(e.billed()).as("what was made is").isEqualTo(Billed.YES))
                .satisfies(e -> assertThat(e.partialResult().images()).hasSize(1));
    }

    @ParameterizedTest
    @CsvSource({
        "400, InputTextSensitiveContentDetected,           MODERATION",
        "400, SensitiveContentDetected.Violence,           MODERATION",
        "400, InputImageRiskDetection,                     MODERATION",
        "400, InvalidParameter,                            REQUEST",
        "401, AuthenticationError,                         CREDENTIALS",
        "403, AccessDenied,                                FORBIDDEN",
        "403, AccountOverdueError,                         CREDITS",
        "403, OperationDenied.ServiceOverdue,              CREDITS",
        "404, InvalidEndpointOrModel.NotFound,             NOT_FOUND",
        "429, SetLimitExceeded,                            CREDITS"
    })
    void aRefusalMeansTheSameWithItsStatusAndInsideA200(int status, String code, String reason) {
        var body = "{\"error\":{\"code\":\"" + code + "\",\"message\":\"words\"}}";
        assertThat(((RejectedException) failure(status, Map.of(), body)).reason())
                .hasToString(reason);
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> readAll(reading(1), "data: " + body + "\n\n"))
                .satisfies(e -> assertThat(e.reason()).hasToString(reason))
                .satisfies(e -> assertThat(e.details().code()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RateLimitExceeded.EndpointTPMExceeded",
                "ModelAccountIpmRateLimitExceeded",
                "APIAccountRpmRateLimitExceeded",
                "AccountRateLimitExceeded",
                "InflightBatchsizeExceeded",
                "ServerOverloaded",
                "RequestBurstTooFast"
            })
    void tooManyRequestsAreARateLimit(String code) {
        var bare = "{\"error\":{\"code\":\"" + code + "\",\"message\":\"words\"}}"; // as in a stream
        var body = bare.replace("\"}}", "\",\"type\":\"TooManyRequests\"}}");
        assertThat(failure(429, Map.of(), body)).isInstanceOf(RateLimitedException.class);
        for (String event : List.of(bare, body)) {
            assertThatExceptionOfType(RateLimitedException.class)
                    .isThrownBy(() -> readAll(reading(1), "data: " + event + "\n\n"));
        }
    }

    @Test
    void thatItDidNotTakeARequestIsBelievedOfItselfAlone() {
        assertThat(failure(503, Map.of(), errorDocument())).isInstanceOf(UnavailableException.class);
        for (String other : List.of("", "<html>busy</html>", "[]")) {
            assertThat(failure(503, Map.of("Retry-After", "1"), other)).isInstanceOf(OutcomeUnknownException.class);
        }
        assertThat(failure(500, Map.of(), errorDocument()).billed()).isEqualTo(Billed.NO);
        assertThat(failure(500, Map.of(), "").billed()).isEqualTo(Billed.UNKNOWN);
    }

    @Test
    void theHandleIsInTheHeaderOrElseInTheSentence() {
        var body = "{\"error\":{\"code\":\"X\",\"message\":\"no. Request id: 021734-abcdef\"}}";
        assertThat(failure(400, Map.of(), body).details().generationId()).isEqualTo("021734-abcdef");
        assertThat(failure(400, Map.of("x-request-id", "h-1"), body).details().generationId())
                .isEqualTo("h-1");
    }

    @Test
    void itsQuotaCountsTheImagesOfAGroup() {
        assertThat(dialect().cost(request())).isEqualTo(1);
        assertThat(dialect().cost(request().with(Ark.SEQUENTIAL_IMAGES, 4))).isEqualTo(4);
    }

    @Test
    void bytePlusHasAnAddressOfItsOwn() {
        assertThat(new ArkDialect(ArkDialect.BYTEPLUS).baseUrl()).hasHost("ark.ap-southeast.bytepluses.com");
        assertThat(new ArkDialect().baseUrl()).isEqualTo(ArkDialect.VOLCENGINE);
    }

    @Test
    void aCutStreamIsNeverRetried() {
        var cut = reading(2);
        readAll(cut, succeeded(0));
        ImageException end = cut.end();
        assertThat(end).isInstanceOf(OutcomeUnknownException.class);
        assertThat(end.billed()).isEqualTo(Billed.UNKNOWN);
    }
}
