package dev.darkroom.internal.gateway.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.gateway.Azure;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.OutputFormat;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.internal.gateway.common.Bodies;
import dev.darkroom.internal.gateway.common.DialectContract;
import dev.darkroom.internal.gateway.common.Payloads;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzureDialectTest extends DialectContract {

    private static final String V1 = "https://resource.openai.azure.com/openai/v1";
    private static final String FILTERED = "\"error\":{\"code\":\"contentFilter\",\"message\":\"words of the prompt\"}";

    private static Dialect at(String baseUrl) {
        return new AzureDialect().at(URI.create(baseUrl));
    }

    @Override
    protected Dialect dialect() {
        return at(V1);
    }

    @Override
    protected ImageRequest request() {
        return ImageRequest.of("my-gpt-image", "a lighthouse");
    }

    @Override
    protected List<String> stream(int images) {
        var events = new ArrayList<String>();
        for (int i = 0; i < images; i++) {
            events.add(event("image_generation.partial_image", "\"partial_image_index\":0,"));
            events.add(event(
                    "image_generation.completed",
                    "\"usage\":{\"input_tokens\":7,\"output_tokens\":4260,\"total_tokens\":4267},"));
        }
        return events;
    }

    private static String event(String type, String fields) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + fields + "\"b64_json\":\"" + BASE64
                + "\",\"created_at\":1761112880,\"output_format\":\"png\"}\n\n";
    }

    @ParameterizedTest
    @CsvSource({
        "https://r.openai.azure.com/openai/v1,                                      /images/generations",
        "https://r.openai.azure.com/openai/v1?api-version=preview,                  /images/generations",
        "https://r.openai.azure.com/openai/deployments/other?api-version=2025-04-01-preview, /images/generations",
        "https://r.openai.azure.com/openai/deployments?api-version=2025-04-01-preview, /my-gpt-image/images/generations",
        "https://r.openai.azure.com/openai?api-version=2025-04-01-preview, /deployments/my-gpt-image/images/generations",
        "https://r.openai.azure.com?x=1&api-version=2024-02-01, /openai/deployments/my-gpt-image/images/generations",
        "https://r.openai.azure.com,                                                /openai/v1/images/generations",
        "https://r.openai.azure.com/,                                               /openai/v1/images/generations",
        "https://r.openai.azure.com?api-version=preview,                            /openai/v1/images/generations",
        "https://r.openai.azure.com/openai,                                         /v1/images/generations",
        "https://r.services.ai.azure.com/api/projects/p/openai/v1,                  /images/generations",
        "https://management.example/my/images?api-version=2025-04-01-preview,       /images/generations",
        "http://127.0.0.1:8080/azure/openai/v1,                                     /images/generations"
    })
    void theBaseUrlAsAzureShowsItSaysWhichPathsAreMeant(String baseUrl, String path) {
        assertThat(at(baseUrl).generate(request()).path()).isEqualTo(path);
    }

    @Test
    void anEditGoesBesideAGenerationAndItsDeploymentInThePath() {
        var call = at("https://r.openai.azure.com?api-version=2025-04-01-preview")
                .generate(request().references(ImageReference.bytes(PNG)));
        assertThat(call.path()).isEqualTo("/openai/deployments/my-gpt-image/images/edits");
        assertThat(Bodies.fields(call).path("model").asString()).isEqualTo("my-gpt-image");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "..", "a?b", "a b", "ä", "%2e"})
    void aModelThatWouldLeadElsewhereIsNoDeployment(String model) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> at("https://r.openai.azure.com?api-version=2025-04-01-preview")
                        .generate(request().model(model)))
                .withMessageContaining("model is the name of a deployment");
        assertThat(dialect().generate(request().model(model)).path()).isEqualTo("/images/generations");
    }

    @Test
    void withoutABaseUrlNothingIsSentAndItIsSaidWhatIsMissing() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> new AzureDialect().generate(request().n(11)))
                .withMessageContaining("set the base URL of your resource, https://RESOURCE.openai.azure.com/openai/v1")
                .withMessageContaining("n must be 1 to 10, not 11");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> at(V1 + "/images/generations"))
                .withMessageContaining("ends before /images/generations");
    }

    @Test
    void aKeyHasAHeaderOfItsOwnAndATokenIsABearer() {
        var token = "eyJ0eXAiOiJKV1QifQ.eyJhdWQiOiJhIn0.c2ln-_";
        assertThat(dialect().credentials("0123456789abcdef0123456789abcdef"))
                .isEqualTo(Map.entry("api-key", "0123456789abcdef0123456789abcdef"));
        assertThat(dialect().credentials(token)).isEqualTo(Map.entry("Authorization", "Bearer " + token));
        assertThat(dialect().credentials(Azure.BEARER + "opaque"))
                .isEqualTo(Map.entry("Authorization", "Bearer opaque"));
        assertThat(dialect().credentials("eyJnoToken")).isEqualTo(Map.entry("api-key", "eyJnoToken"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"webp", "gif", "svg"})
    void whatItDoesNotEncodeIsNotAskedFor(String format) {
        assertThat(dialect().unsupported(request().outputFormat(OutputFormat.of(format))))
                .containsEntry(ImageOption.OUTPUT_FORMAT, "it encodes png and jpeg, not " + format);
        assertThat(dialect()
                        .unsupported(request().outputFormat(OutputFormat.JPEG).outputCompression(80)))
                .isEmpty();
    }

    @Test
    void thatNoPreviewIsWantedIsSaidByNothing() {
        assertThat(Bodies.json(dialect().generate(request().stream(true).partialImages(0)))
                        .has("partial_images"))
                .isFalse();
        assertThat(Bodies.json(dialect().generate(request().stream(true).partialImages(3)))
                        .path("partial_images")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void anEditIsAFormAndAReferenceThatIsNoFileIsRefused() {
        var data = ImageReference.dataUrl("data:image/png;base64," + BASE64);
        assertThat(Bodies.fields(dialect().generate(request().references(data)))
                        .path("image")
                        .asString())
                .isEqualTo(PNG.length + " bytes");
        assertThat(Bodies.fields(dialect().generate(request().references(data, data)))
                        .has("image"))
                .isTrue();
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> dialect()
                        .generate(request()
                                .references(data, ImageReference.url(URI.create(LINK)), ImageReference.stored("f"))))
                .withMessageContaining("references[1] must be bytes, a file or a data URL")
                .withMessageContaining("references[2] must be bytes, a file or a data URL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{" + FILTERED + "}",
                "{\"created\":1761112880," + FILTERED + "}",
                "{\"error\":{\"code\":\"content_policy_violation\",\"message\":\"m\",\"type\":\"invalid_request_error\"}}",
                "{\"error\":{\"code\":\"content_filter\",\"message\":\"m\"}}",
                "{\"error\":{\"code\":\"BadRequest\",\"message\":\"m\","
                        + "\"inner_error\":{\"code\":\"ResponsibleAIPolicyViolation\",\"content_filter_results\":{}}}}",
                "{\"error\":{\"message\":\"m\",\"innererror\":{\"code\":\"ResponsibleAIPolicyViolation\"}}}"
            })
    void whatTheContentFilterSaysIsModerationUnderAnyStatus(String body) {
        assertThat(failure(400, Map.of(), body)).satisfies(AzureDialectTest::isModeration);
        assertThatThrownBy(() -> reading(1).read(Payloads.document(body))).satisfies(AzureDialectTest::isModeration);
        assertThatThrownBy(() -> reading(1)
                        .read(Payloads.stream("event: error\ndata: " + body + "\n\n")
                                .get(0)))
                .satisfies(AzureDialectTest::isModeration);
    }

    private static void isModeration(Throwable failure) {
        assertThat(failure).isInstanceOfSatisfying(RejectedException.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(RejectedException.Reason.MODERATION);
            assertThat(refusal.getMessage()).doesNotContain("words of the prompt");
        });
    }

    @Test
    void whatItFilteredOfSeveralLeavesTheOthers() {
        var result = result(2, "{\"created\":1,\"data\":[{\"b64_json\":\"" + BASE64 + "\"}]," + FILTERED + "}");
        assertThat(result.images()).hasSize(1);
        assertThat(result.failures())
                .singleElement()
                .satisfies(one -> assertThat(one.code()).isEqualTo("contentFilter"));
    }

    @Test
    void aRateLimitIsToldInMillisecondsByTheServiceOrByWhatManagesIt() {
        var own = "{\"error\":{\"code\":\"429\",\"message\":\"Requests have exceeded call rate limit\"}}";
        assertThat(failure(429, Map.of("x-ms-retry-after-ms", "1500", "Retry-After", "2"), own))
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        refusal -> assertThat(refusal.retryAt()).isAfterOrEqualTo(NOW.plusMillis(1500)));
        var managed = "{\"statusCode\":429,\"message\":\"Rate limit is exceeded. Try again in 12 seconds.\"}";
        assertThat(failure(429, Map.of(), managed))
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        refusal -> assertThat(refusal.retryAt()).isEqualTo(NOW.plusSeconds(12)));
    }

    @ParameterizedTest
    @CsvSource({"401, CREDENTIALS", "403, FORBIDDEN", "404, NOT_FOUND", "400, REQUEST"})
    void aRefusalOfItsManagementMeansWhatItsStatusMeans(int status, RejectedException.Reason reason) {
        var body = "{\"error\":{\"code\":\"" + status + "\",\"message\":\"no\"}}";
        assertThat(failure(status, Map.of("apim-request-id", "a-1"), body))
                .isInstanceOfSatisfying(RejectedException.class, refusal -> {
                    assertThat(refusal.reason()).isEqualTo(reason);
                    assertThat(refusal.details().generationId()).isEqualTo("a-1");
                });
    }

    @Test
    void aQuotaThatIsSpentIsAForbiddenInASentence() {
        var body =
                "{\"error\":{\"code\":\"403\",\"message\":\"Out of call volume quota. Quota will be replenished in 17.10:41:10.\"}}";
        assertThat(failure(403, Map.of(), body))
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(RejectedException.Reason.CREDITS));
    }

    @Test
    void aPreviewIsReadAsOpenAis() {
        var events = readAll(reading(1), String.join("", stream(1)));
        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Partial", "ImageReady", "Completed");
        assertThat(((ImageEvent.Completed) events.get(2)).result().usage().outputTokens())
                .isEqualTo(4260);
    }

    private static OutcomeUnknownException open(OutcomeUnknownException.Reason reason) {
        return new OutcomeUnknownException(reason, "open", FailureDetails.NONE, PartialResult.NOTHING, null);
    }

    @ParameterizedTest
    @EnumSource(
            value = OutcomeUnknownException.Reason.class,
            names = {"CUT", "TIMED_OUT"})
    void whatMayHaveRunIntoTheTwoMinutesIsAdvisedToStream(OutcomeUnknownException.Reason reason) {
        assertThat(dialect().advice(request(), open(reason)))
                .get()
                .asString()
                .contains("two minutes", "stream(true)", "partial_images");
        assertThat(dialect().advice(request().stream(true), open(reason))).isPresent();
        assertThat(dialect().advice(request().stream(true).partialImages(1), open(reason)))
                .isEmpty();
        assertThat(dialect().advice(request(), open(OutcomeUnknownException.Reason.TOO_LARGE)))
                .isEmpty();
    }

    @Test
    void theGatewaysOwnTimeOutIsAnOpenOutcome() {
        ImageException failure =
                failure(408, Map.of(), "{\"error\":{\"code\":\"Timeout\",\"message\":\"The operation was timeout.\"}}");
        assertThat(failure)
                .isInstanceOfSatisfying(
                        OutcomeUnknownException.class,
                        open -> assertThat(open.reason()).isEqualTo(OutcomeUnknownException.Reason.TIMED_OUT));
    }
}
