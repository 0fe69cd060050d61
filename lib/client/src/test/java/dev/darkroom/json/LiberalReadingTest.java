package dev.darkroom.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.image.Billed;
import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.Outcome;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.image.Usage;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.TokenBuffer;

/** What is read back, of any mapper and of any version: nothing that is known is lost to what is not. */
class LiberalReadingTest {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().findAndAddModules().build();
    private static final GeneratedImage IMAGE = GeneratedImage.of(3, new byte[] {1, 2, 3, 4});
    private static final Instant LATER = Instant.parse("2026-11-29T01:41:12Z");

    private static JsonEvent read(String json) {
        return MAPPER.readValue(json, JsonEvent.class);
    }

    @Test
    void whatNobodyKnowsIsPassedOverWhereverItStands() {
        var event = read("""
                {"type":"image_ready","new":{"a":[{}]},
                 "image":{"new":[1],"index":3,"size":"large","base64":"AQIDBA==","new2":null,"url":null},"x":1}""");
        assertThat(event.event()).contains(new ImageEvent.ImageReady(IMAGE));
    }

    @Test
    void theTypeMayStandBehindThePicture() {
        var event = read("""
                {"image":{"base64":"AQIDBA==","index":3},"partialIndex":2,"type":"partial","more":{"type":"no"}}""");
        assertThat(event.event()).contains(new ImageEvent.Partial(3, 2, IMAGE));
    }

    @Test
    void aTypeOfALaterVersionIsKept() {
        var event = read("{\"a\":[1,2.50,true,null,\"b\"],\"type\":\"weather\",\"c\":{\"d\":12345678901234567890}}");
        assertThat(event.type()).isEqualTo("weather");
        assertThat(event.isLast()).isFalse();
        assertThat(event.members().get("a")).isEqualTo(List.of(1L, new BigDecimal("2.50"), true, "b"));
        assertThat(event.members().get("c")).isEqualTo(Map.of("d", new BigDecimal("12345678901234567890")));
        assertThat(MAPPER.readValue("{\"type\":\"weather\"}", ImageEvent.class)).isNull();
        assertThat(MAPPER.writeValueAsString(event))
                .isEqualTo("{\"type\":\"weather\",\"a\":[1,2.50,true,\"b\"],\"c\":{\"d\":12345678901234567890}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"image\":{}}", "{\"type\":null}", "{\"type\":{}}", "[]", "1", "\"completed\""})
    void whatHasNoTypeIsNoEvent(String json) {
        assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> read(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"completed\"}",
                "{\"type\":\"completed\",\"result\":null}",
                "{\"type\":\"completed\",\"result\":\"fine\"}",
                "{\"type\":\"image_ready\"}",
                "{\"type\":\"image_failed\",\"failure\":[]}",
                "{\"type\":\"partial\",\"partialIndex\":1}"
            })
    void whatLacksWhatItIsAboutIsNoEvent(String json) {
        assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> read(json));
    }

    @Test
    void aSlipBesideAPictureDoesNotCostThePicture() {
        var event = read("""
                {"type":"completed","result":{"images":{"index":3,"mediaType":{},"url":"::","base64":"AQIDBA==",
                 "announced":[],"downloadFailure":1},"failures":["a",{"index":1e30,"code":[2]}],"created":"today",
                 "usage":{"inputTokens":"x","outputTokens":1.5,"images":99999999999,"cost":{},"fields":[1]},"warnings":[{"a":1},"w"]}}""");
        var result = ((ImageEvent.Completed) event.event().orElseThrow()).result();
        assertThat(result.images()).containsExactly(IMAGE);
        assertThat(result.failures()).containsExactly(new ImageFailure(0, null, null));
        assertThat(result.usage()).isEqualTo(new Usage(null, null, null, null, null, null, Map.of()));
        assertThat(result.warnings()).containsExactly("w");
        var failure = read("""
                {"type":"failed","kind":"rejected","status":"400","reason":7,"partialResult":[{"a":1}],"retryAt":{"b":[]}}""");
        assertThat(failure.failure().orElseThrow()).isInstanceOf(RejectedException.class);
    }

    @Test
    void anotherEventThanWasAskedForIsRefused() {
        assertThatExceptionOfType(JacksonException.class)
                .isThrownBy(() -> MAPPER.readValue(
                        MAPPER.writeValueAsString(ImageEvent.completed(IMAGE)), ImageEvent.Progress.class))
                .withMessageContaining("Completed");
    }

    @Test
    void aKindOfFailureThatNobodyKnowsIsOneThatNobodyTriesAgain() {
        var failure = read("{\"type\":\"failed\",\"kind\":\"eaten\",\"reason\":\"by_dogs\",\"retryable\":true}")
                .failure()
                .orElseThrow();
        assertThat(failure.outcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN);
        assertThat(failure.reason()).isEqualTo(OutcomeUnknownException.Reason.UNDECODABLE);
    }

    static Stream<ImageException> failures() {
        var details = FailureDetails.NONE
                .withStatus(418)
                .withCode("teapot")
                .withProvider("Kettle")
                .withGenerationId("gen-1");
        var partial = new PartialResult(new ImageEvent.Partial(3, 1, IMAGE), List.of(IMAGE));
        return Stream.of(
                        Stream.of(
                                new RateLimitedException("a", details, LATER),
                                new UnavailableException("b", details, LATER, null),
                                new UnavailableException("b", FailureDetails.NONE, null, null)),
                        Stream.of(RejectedException.Reason.values())
                                .map(reason -> new RejectedException(reason, "c", details)),
                        Stream.of(Billed.values())
                                .map(billed -> new GenerationFailedException("d", details, billed, partial)),
                        Stream.of(OutcomeUnknownException.Reason.values())
                                .map(reason -> new OutcomeUnknownException(reason, "e", details, partial, null)))
                .flatMap(all -> all);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyFailureComesBackAsWhatItWas(ImageException failure) {
        for (var back : List.of(
                MAPPER.readValue(MAPPER.writeValueAsString(failure), ImageException.class),
                MAPPER.readValue(MAPPER.writeValueAsString(failure), failure.getClass()),
                read(MAPPER.writeValueAsString(JsonEvent.failed(failure)))
                        .failure()
                        .orElseThrow())) {
            assertThat(back).hasSameClassAs(failure).hasMessage(failure.getMessage());
            assertThat(back.reason()).isEqualTo(failure.reason());
            assertThat(back.billed()).isEqualTo(failure.billed());
            assertThat(back.retryAt()).isEqualTo(failure.retryAt());
            assertThat(back.details()).isEqualTo(failure.details());
            assertThat(back.partialResult()).isEqualTo(failure.partialResult());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDownloadThatFailedComesBackWithItsReason(DownloadFailedException.Reason reason) {
        var image = GeneratedImage.at(1, "image/png", URI.create("https://images.example/1.png?a=b"))
                .withDownloadFailure(new DownloadFailedException(reason, "why", 404, LATER, null));
        var back = MAPPER.readValue(MAPPER.writeValueAsString(image), GeneratedImage.class);
        assertThat(back).isEqualTo(image);
        assertThat(back.index()).isEqualTo(1);
        assertThat(back.mediaType()).isEqualTo("image/png");
        assertThat(back.downloadFailure()).isInstanceOfSatisfying(DownloadFailedException.class, failure -> {
            assertThat(failure.reason()).isEqualTo(reason);
            assertThat(failure).hasMessage("why");
            assertThat(failure.status()).isEqualTo(404);
            assertThat(failure.retryAt()).isEqualTo(LATER);
        });
    }

    @Test
    void whatSomebodyElseThrewIsNotQuoted() {
        var image = GeneratedImage.at(1, null, URI.create("https://images.example/1.png"))
                .withDownloadFailure(new IllegalStateException("sk-secret"));
        var json = MAPPER.writeValueAsString(image);
        assertThat(json).doesNotContain("secret").contains("\"downloadFailure\":{}");
        assertThat(MAPPER.readValue(json, GeneratedImage.class).downloadFailure())
                .isInstanceOf(DownloadFailedException.class);
    }

    @Test
    void whatAGatewaySaysOfAFailureIsNotWritten() {
        var failure = new RejectedException(
                RejectedException.Reason.MODERATION,
                "ours",
                FailureDetails.NONE.withProviderMessage("theirs, with the prompt"),
                new IllegalStateException("the cause"));
        var result = new ImageResult(
                List.of(), List.of(new ImageFailure(0, "blocked", "theirs")), null, null, null, null, List.of());
        assertThat(MAPPER.writeValueAsString(failure) + MAPPER.writeValueAsString(new ImageEvent.Completed(result)))
                .contains("ours", "blocked")
                .doesNotContain("theirs", "cause");
    }

    @Test
    void aResultComesBackWithAllThatItHas() {
        var usage = new Usage(
                1L,
                2L,
                Long.MAX_VALUE,
                4,
                new BigDecimal("0.00003"),
                "credits",
                Map.of("a", 1L, "b", new BigDecimal("1.5"), "c", List.of("d", Map.of("e", true))));
        var result = new ImageResult(
                List.of(IMAGE), List.of(new ImageFailure(1, "lost", null)), usage, LATER, "gen", "who", List.of("w"));
        assertThat(MAPPER.readValue(MAPPER.writeValueAsString(result), ImageResult.class))
                .isEqualTo(result);
    }

    @Test
    void howAMapperNamesAndKeepsThingsChangesNothing() {
        var event = ImageEvent.completed(IMAGE);
        var snake = JsonMapper.builder()
                .findAndAddModules()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        assertThat(snake.writeValueAsString(event)).isEqualTo(MAPPER.writeValueAsString(event));
        JsonNode tree = MAPPER.valueToTree(event);
        assertThat(MAPPER.treeToValue(tree, ImageEvent.class)).isEqualTo(event);
        try (var tokens = new TokenBuffer(null, false)) {
            MAPPER.writeValue(tokens, event);
            assertThat(MAPPER.readValue(tokens.asParser(), ImageEvent.class)).isEqualTo(event);
        }
        assertThat(MAPPER.convertValue(event, ImageEvent.class)).isEqualTo(event);
        record Holder(ImageEvent event, List<ImageEvent> more) {}
        var holder = new Holder(event, List.of(event, new ImageEvent.ImageReady(IMAGE)));
        assertThat(MAPPER.readValue(MAPPER.writeValueAsString(holder), Holder.class))
                .isEqualTo(holder);
    }

    @Test
    void aModuleThatIsAddedTakesThePlaceOfTheOneThatIsFound() {
        var mapper = JsonMapper.builder()
                .findAndAddModules()
                .addModule(new ImageEventModule(ImageForm.OMITTED))
                .build();
        assertThat(mapper.writeValueAsString(IMAGE)).isEqualTo("{\"index\":3,\"size\":4}");
    }

    @Test
    void whereAFunctionHasNoUrlThePictureIsSent() {
        var mapper = JsonMapper.builder()
                .addModule(new ImageEventModule(
                        ImageForm.url(image -> image.index() == 3 ? null : URI.create("/" + image.index()))))
                .build();
        assertThat(mapper.writeValueAsString(IMAGE)).contains("\"base64\":\"AQIDBA==\"");
        assertThat(mapper.writeValueAsString(GeneratedImage.of(2, new byte[] {1})))
                .isEqualTo("{\"index\":2,\"size\":1,\"url\":\"/2\"}");
    }
}
