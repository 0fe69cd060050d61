package dev.darkroom.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * The vendor's own client, {@code @openrouter/sdk}, must not complain about anything the emulator says.
 *
 * <p>It validates each answer, but turns a stream event it does not understand into one of type {@code UNKNOWN}
 * without a word; so there must be none. Skipped where there is no Node.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class VendorClientTest {

    private static final Map<String, String> ERRORS = Map.ofEntries(
            Map.entry("bad-request", "BadRequestResponseError"),
            Map.entry("unauthorized", "UnauthorizedResponseError"),
            Map.entry("credits", "PaymentRequiredResponseError"),
            Map.entry("in-flight-budget", "PaymentRequiredResponseError"),
            Map.entry("forbidden", "ForbiddenResponseError"),
            Map.entry("moderation", "ForbiddenResponseError"),
            Map.entry("not-found", "NotFoundResponseError"),
            Map.entry("too-large", "PayloadTooLargeResponseError"),
            Map.entry("rate-limit", "TooManyRequestsResponseError"),
            Map.entry("rate-limit-date", "TooManyRequestsResponseError"),
            Map.entry("rate-limit-millis", "TooManyRequestsResponseError"),
            Map.entry("rate-limit-upstream", "TooManyRequestsResponseError"),
            Map.entry("rate-limit-silent", "TooManyRequestsResponseError"),
            Map.entry("server-error", "InternalServerResponseError"),
            Map.entry("provider-error", "BadGatewayResponseError"),
            Map.entry("edge-timeout", "EdgeNetworkTimeoutResponseError"),
            Map.entry("overloaded", "ProviderOverloadedResponseError"),
            // The client knows no 503 for images, and no error without a numeric code.
            Map.entry("unavailable", "OpenRouterDefaultError"),
            Map.entry("capacity", "OpenRouterDefaultError"),
            Map.entry("validation", "ResponseValidationError"),
            Map.entry("html-bad-gateway", "OpenRouterDefaultError"));

    private static JsonNode results;

    @BeforeAll
    static void runTheClient() throws Exception {
        try (var emulator = ImageEmulator.create().partials(2).start()) {
            results = NodeClient.run("judge.mjs", emulator.openRouterBaseUrl());
        }
    }

    @Test
    void bufferedRepliesAreUnderstood() {
        for (var name : List.of("buffered", "jpeg", "flux", "reference")) {
            assertUnderstood(name);
        }
        assertThat(value("buffered").path("data").size()).isEqualTo(2);
        assertThat(value("buffered").path("usage").path("totalTokens").intValue())
                .isPositive();
        assertThat(value("flux").path("created").intValue()).isZero();
        assertThat(value("jpeg").path("data").path(0).path("mediaType").stringValue())
                .isEqualTo("image/jpeg");
    }

    @Test
    void everyStreamedEventIsUnderstood() {
        for (var name : List.of("stream", "twoStreamed", "svg", "errorEvent")) {
            assertUnderstood(name);
        }
        assertThat(types("stream"))
                .containsExactly(
                        "image_generation.partial_image",
                        "image_generation.partial_image",
                        "image_generation.completed");
        assertThat(types("twoStreamed")).hasSize(6);
        assertThat(types("svg")).startsWith("image_generation.text_chunk").endsWith("image_generation.completed");
        assertThat(types("errorEvent")).containsExactly("error");
    }

    @Test
    void theCatalogueIsUnderstood() {
        assertUnderstood("models");
        results.path("endpoints").forEachEntry((model, result) -> {
            assertThat(result.path("ok").booleanValue()).as(model + result).isTrue();
            assertThat(result.path("unknown").intValue()).as(model).isZero();
        });
        assertThat(results.path("endpoints").size()).isGreaterThanOrEqualTo(8);
        assertThat(results.path("unknownEndpoints").path("error").stringValue()).isEqualTo("NotFoundResponseError");
    }

    @Test
    void aGenerationIsUnderstood() {
        assertUnderstood("generation");
        assertThat(value("generation").path("data").path("apiType").stringValue())
                .isEqualTo("image");
    }

    @Test
    void everyErrorIsItsTypedClass() {
        ERRORS.forEach((fault, type) -> {
            var result = results.path("faults").path(fault);
            assertThat(result.path("error").asString("none")).as(fault + result).isEqualTo(type);
        });
        assertThat(results.path("badKey").path("error").stringValue()).isEqualTo("UnauthorizedResponseError");
    }

    private static void assertUnderstood(String name) {
        var result = results.path(name);
        assertThat(result.path("ok").asBoolean(false)).as(name + result).isTrue();
        assertThat(result.path("unknown").intValue()).as(name + result).isZero();
    }

    private static JsonNode value(String name) {
        return results.path(name).path("value");
    }

    private static List<String> types(String name) {
        return value(name)
                .valueStream()
                .map(event -> event.path("type").stringValue())
                .toList();
    }
}
