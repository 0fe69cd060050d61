package dev.darkroom.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** OpenAI's own client, {@code openai} of npm, must be content with what the emulator says. Skipped without Node. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class OpenAiClientTest {

    private static JsonNode results;

    @BeforeAll
    static void runTheClient() throws Exception {
        try (var emulator = ImageEmulator.create().shrink(16).start()) {
            results = NodeClient.run(
                    "openai-judge.mjs", emulator.openAiBaseUrl(), emulator.arkBaseUrl(), emulator.miniMaxBaseUrl());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "generate, 2",
        "edit, 1",
        "editSeveral, 2",
        "editMasked, 1",
        "gif, 1",
        "svg, 1",
        "editSvg, 1",
        "editMarkup, 1"
    })
    void bufferedImagesArrive(String call, int images) {
        assertThat(value(call).path("data").size()).isEqualTo(images);
        assertThat(value(call).path("data").path(0).path("b64_json").intValue()).isPositive();
        assertThat(value(call).path("usage").path("total_tokens").intValue()).isPositive();
    }

    @Test
    void whatAnAuthorOfMarkupWroteIsCountedBeside() {
        assertThat(value("svg").path("svg_usage").path("model").stringValue()).isEqualTo("gpt-6-sol");
        assertThat(value("editSvg").path("svg_usage").path("total_tokens").intValue())
                .isPositive();
        assertThat(value("editSvg").path("safety_identifier").stringValue()).isEqualTo("u1");
        assertThat(value("gif").path("output_format").stringValue()).isEqualTo("gif");
    }

    @Test
    void streamedEventsArrive() {
        assertThat(types("generateStreamed"))
                .containsExactly(
                        "image_generation.partial_image",
                        "image_generation.partial_image",
                        "image_generation.completed");
        assertThat(types("twoStreamed"))
                .containsExactly(
                        "image_generation.partial_image",
                        "image_generation.completed",
                        "image_generation.partial_image",
                        "image_generation.completed");
        assertThat(types("editStreamed")).containsExactly("image_edit.partial_image", "image_edit.completed");
        assertThat(types("editSeveralStreamed"))
                .containsExactly(
                        "image_edit.partial_image",
                        "image_edit.completed",
                        "image_edit.partial_image",
                        "image_edit.completed");
        assertThat(types("editMaskedStreamed")).containsExactly("image_edit.completed");
    }

    @Test
    void modelsAreListedAndFound() {
        assertThat(value("models").size()).isGreaterThanOrEqualTo(10);
        assertThat(value("model").path("id").stringValue()).isEqualTo("gpt-image-2");
    }

    @ParameterizedTest
    @CsvSource({
        "noModel, NotFoundError, 404, model_not_found",
        "badRequest, BadRequestError, 400, unknown_parameter",
        "badKey, AuthenticationError, 401, invalid_api_key",
        "moderation, BadRequestError, 400, moderation_blocked",
        "rateLimit, RateLimitError, 429, rate_limit_exceeded",
        "spentQuota, RateLimitError, 429, insufficient_quota",
        "forbidden, PermissionDeniedError, 403, ",
        "serverError, InternalServerError, 500, image_generation_failed",
        "conflicting, BadRequestError, 400, invalid_value",
        "gifStreamed, BadRequestError, 400, invalid_value",
        "editMarkupMasked, BadRequestError, 400, invalid_value",
        "editWrongMask, BadRequestError, 400, invalid_mask_image_format",
        "editBadKey, AuthenticationError, 401, invalid_api_key",
        "editModeration, BadRequestError, 400, moderation_blocked",
        "editRateLimit, RateLimitError, 429, rate_limit_exceeded",
        "editServerError, InternalServerError, 500, image_generation_failed"
    })
    void everyErrorIsItsTypedClass(String call, String type, int status, String code) {
        var result = results.path(call);

        assertThat(result.path("error").asString("none")).as(call + result).isEqualTo(type);
        assertThat(result.path("status").intValue()).isEqualTo(status);
        assertThat(result.path("code").asString(null)).isEqualTo(code);
        assertThat(result.path("requestID").stringValue()).startsWith("req_");
    }

    @ParameterizedTest
    @ValueSource(strings = {"errorEvent", "editErrorEvent"})
    void anErrorWithinAStreamIsThrown(String call) {
        assertThat(results.path(call).path("ok").booleanValue()).isFalse();
        assertThat(results.path(call).path("error").stringValue()).isEqualTo("APIError");
        assertThat(results.path(call).path("code").stringValue()).isEqualTo("image_generation_failed");
    }

    @Test
    void aRefusedRequestSucceedsWhenTheClientTriesAgain() {
        assertThat(value("retried").path("data").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ark", "miniMax", "miniMaxEdit"})
    void gatewaysWhichPromiseToSuitThisClientDo(String call) {
        assertThat(value(call).path("data").path(0).path("url").stringValue()).startsWith("http://");
    }

    private static JsonNode value(String call) {
        assertThat(results.path(call).path("ok").asBoolean(false))
                .as(call + results.path(call))
                .isTrue();
        return results.path(call).path("value");
    }

    private static List<String> types(String call) {
        return value(call)
                .valueStream()
                .map(event -> event.path("type").stringValue())
                .toList();
    }
}
