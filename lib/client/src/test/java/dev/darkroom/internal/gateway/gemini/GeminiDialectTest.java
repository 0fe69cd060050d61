package dev.darkroom.internal.gateway.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.gateway.Gemini;
import dev.darkroom.image.AspectRatio;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.Resolution;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.internal.gateway.common.Bodies;
import dev.darkroom.internal.gateway.common.DialectContract;
import dev.darkroom.internal.gateway.common.Payloads;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiDialectTest extends DialectContract {

    private static final ImageRequest PLAIN = ImageRequest.of("gemini-3.1-flash-image", "a lighthouse");
    private static final String PICTURE = "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"" + BASE64 + "\"}}";
    private static final String USAGE = "\"usageMetadata\":{\"promptTokenCount\":9,\"candidatesTokenCount\":1120,"
            + "\"thoughtsTokenCount\":200,\"totalTokenCount\":1329}";

    @Override
    protected Dialect dialect() {
        return new GeminiDialect();
    }

    @Override
    protected ImageRequest request() {
        return PLAIN;
    }

    private static String candidate(int index, String parts, String finish) {
        return "{\"index\":" + index + ",\"content\":{\"role\":\"model\",\"parts\":[" + parts + "]}"
                + (finish == null ? "" : ",\"finishReason\":\"" + finish + "\"") + "}";
    }

    private static String response(String candidates) {
        return "{\"candidates\":[" + candidates + "]," + USAGE
                + ",\"modelVersion\":\"gemini-3.1-flash-image\",\"responseId\":\"r-1\"}";
    }

    private static String event(String candidates) {
        return "data: " + response(candidates) + "\n\n";
    }

    /** Each picture in an event of its own, and all choices end with the last. */
    @Override
    protected List<String> stream(int images) {
        var events = new ArrayList<String>();
        var ends = new ArrayList<String>();
        for (int i = 0; i < images; i++) {
            events.add(event(candidate(i, PICTURE, null)));
            ends.add(candidate(i, "", "STOP"));
        }
        events.add(event(String.join(",", ends)));
        return events;
    }

    @Override
    protected String document(String... items) {
        var candidates = new ArrayList<String>();
        for (int i = 0; i < items.length; i++) {
            candidates.add(items[i].startsWith("{\"finish") ? items[i] : candidate(i, items[i], "STOP"));
        }
        return "{\"candidates\":[" + String.join(",", candidates) + "]}";
    }

    @Override
    protected String failedItem(String code, String message) {
        return "{\"finishReason\":\"" + code + "\",\"finishMessage\":\"" + message + "\"}";
    }

    @Override
    protected String errorEvent() {
        return "data: " + errorDocument() + "\n\n";
    }

    @Override
    protected String errorDocument() {
        return "{\"error\":{\"code\":500,\"message\":\"oops\",\"status\":\"INTERNAL\"}}";
    }

    @Override
    protected String rateLimit() {
        return exhausted("GenerateRequestsPerMinutePerProjectPerModel", "2", "19s");
    }

    @Override
    protected String spent() {
        return exhausted("GenerateRequestsPerDayPerProjectPerModel-FreeTier", "100", "19s");
    }

    private static String exhausted(String quota, String value, String delay) {
        return "{\"error\":{\"code\":429,\"message\":\"You exceeded your current quota, please check your plan and billing"
                + " details.\",\"status\":\"RESOURCE_EXHAUSTED\",\"details\":["
                + "{\"@type\":\"type.googleapis.com/google.rpc.QuotaFailure\",\"violations\":[{\"quotaMetric\":"
                + "\"generativelanguage.googleapis.com/generate_content_requests\",\"quotaId\":\"" + quota
                + "\",\"quotaValue\":\"" + value + "\"}]},"
                + "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"" + delay + "\"}]}}";
    }

    private static String text(String text, boolean thought) {
        return "{\"text\":\"" + text + "\"" + (thought ? ",\"thought\":true" : "") + "}";
    }

    private static final String THOUGHT = PICTURE.substring(0, PICTURE.length() - 1) + ",\"thought\":true}";

    @Test
    void interimImagesArePreviewsAndWordsHaveAPhase() {
        var reading = reading(1);
        var events = readAll(
                reading,
                event(candidate(0, text("Hm", true), null))
                        + event(candidate(0, THOUGHT, null))
                        + event(candidate(0, THOUGHT, null))
                        + event(candidate(0, text("Here it is: ", false), null))
                        + event(candidate(0, PICTURE, null))
                        + event(candidate(0, text("!", false), "STOP")));
        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly(
                        "TextChunk", "Partial", "Partial", "TextChunk", "ImageReady", "TextChunk", "Completed");
        assertThat(events.get(0)).isEqualTo(new ImageEvent.TextChunk(ImageEvent.TextChunk.REASONING, "Hm"));
        assertThat(((ImageEvent.Partial) events.get(2)).partialIndex()).isEqualTo(1);
        assertThat(events.get(3)).isEqualTo(new ImageEvent.TextChunk(ImageEvent.TextChunk.MESSAGE, "Here it is: "));
        var result = ((ImageEvent.Completed) events.get(6)).result();
        assertThat(result.images()).hasSize(1);
        assertThat(result.text()).isEqualTo("Here it is: !");
        assertThat(result.generationId()).isEqualTo("r-1");
        assertThat(result.usage().inputTokens()).isEqualTo(9);
        assertThat(result.usage().outputTokens()).isEqualTo(1320);
        assertThat(result.usage().totalTokens()).isEqualTo(1329);
    }

    @Test
    void theLastPreviewIsTheImageWhereNoOtherComes() {
        var reading = reading(1);
        var events =
                new ArrayList<>(readAll(reading, event(candidate(0, THOUGHT, null)) + event(candidate(0, "", "STOP"))));
        assertThat(reading.isComplete()).isFalse();
        events.addAll(reading.ended());
        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Partial", "ImageReady", "Completed");
        assertThat(result(1, response(candidate(0, THOUGHT, "STOP"))).images()).hasSize(1);
    }

    @Test
    void aDocumentKeepsItsWordsAndIsOneEvent() {
        var parts = text("Thinking", true) + "," + THOUGHT + "," + text("A lighthouse.", false) + "," + PICTURE;
        var result = result(1, response(candidate(0, parts, "STOP")));
        assertThat(result.images()).hasSize(1);
        assertThat(result.text()).isEqualTo("A lighthouse.");
    }

    @Test
    void severalImagesOfOneAnswerAreAllDelivered() {
        assertThat(result(1, response(candidate(0, PICTURE + "," + PICTURE.replace("AgM=", "AgQ="), "STOP")))
                        .images())
                .extracting(image -> image.index())
                .containsExactly(0, 1);
    }

    @Test
    void aStreamThatIsSentAsAnArrayIsOneDocument() {
        var array = "[" + response(candidate(0, text("a", false), null)) + "," + response(candidate(0, PICTURE, "STOP"))
                + "]";
        var result = result(1, array);
        assertThat(result.images()).hasSize(1);
        assertThat(result.text()).isEqualTo("a");
    }

    @Test
    void aWordThatComesWithEveryPieceIsNotTheEndBeforeThereIsAnImage() {
        var reading = reading(1);
        var events =
                readAll(reading, event(candidate(0, text("a", false), "STOP")) + event(candidate(0, PICTURE, "STOP")));
        assertThat(events).hasSize(3);
        assertThat(reading.isComplete()).isTrue();
    }

    @Test
    void whatIsSaidWithoutUsageIsOverWhenTheStreamIs() {
        var reading = reading(1);
        var bare = "data: {\"candidates\":[" + candidate(0, PICTURE, "STOP") + "]}\n\n";
        assertThat(readAll(reading, bare)).hasSize(1);
        assertThat(reading.isComplete()).isFalse();
        assertThat(reading.ended()).hasSize(1).first().isInstanceOf(ImageEvent.Completed.class);
        assertThat(reading(1).ended()).isEmpty();
    }

    @Test
    void aRelaysMarkdownInTheTextIsAnImage() {
        var parts = text("Look: ![a](data:image/png;base64," + BASE64 + ") so", false);
        var result = result(1, response(candidate(0, parts, "STOP")));
        assertThat(result.images()).hasSize(1);
        assertThat(result.text()).isEqualTo("Look:  so");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SAFETY",
                "PROHIBITED_CONTENT",
                "IMAGE_SAFETY",
                "IMAGE_PROHIBITED_CONTENT",
                "RECITATION",
                "IMAGE_RECITATION",
                "BLOCKLIST",
                "SPII"
            })
    void anEndByModerationIsARejectionWithItsWords(String word) {
        var candidate = "{\"finishReason\":\"" + word + "\",\"finishMessage\":\"not this\"}";
        for (String stream :
                List.of(event(candidate), event(candidate(0, text("Well", false), null)) + event(candidate))) {
            assertThat(caught(stream)).isInstanceOfSatisfying(RejectedException.class, e -> {
                assertThat(e.reason()).isEqualTo(RejectedException.Reason.MODERATION);
                assertThat(e.details().code()).isEqualTo(word);
                assertThat(e.providerMessage()).isEqualTo("not this");
                assertThat(e.details().generationId()).isEqualTo("r-1");
            });
        }
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> reading(1).read(Payloads.document(response(candidate))));
    }

    @Test
    void aPromptThatIsBlockedIsARejection() {
        var blocked =
                "{\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"},\"usageMetadata\":{\"promptTokenCount\":9}}";
        assertThat(caught("data: " + blocked + "\n\n")).isInstanceOf(RejectedException.class);
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> reading(1).read(Payloads.document(blocked)))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectedException.Reason.MODERATION))
                .satisfies(e -> assertThat(e.details().code()).isEqualTo("PROHIBITED_CONTENT"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NO_IMAGE", "IMAGE_OTHER", "MAX_TOKENS", "OTHER", "MALFORMED_FUNCTION_CALL", "TOMORROWS_REASON"})
    void anEndWithoutAPictureIsAFailedGeneration(String word) {
        var stream = event(candidate(0, text("I would rather not", false), null)) + event(candidate(0, "", word));
        assertThat(caught(stream)).isInstanceOfSatisfying(GenerationFailedException.class, e -> {
            assertThat(e.details().code()).isEqualTo(word);
            assertThat(e.providerMessage()).isEqualTo("I would rather not");
            assertThat(e.getMessage()).doesNotContain("rather");
        });
        assertThatExceptionOfType(GenerationFailedException.class)
                .isThrownBy(() -> reading(1).read(Payloads.document(response(candidate(0, "", word)))));
    }

    @Test
    void wordsAloneLeaveTheOutcomeOpenWithWhatTheySay() {
        var words = candidate(0, text("I cannot draw", false), "STOP");
        assertThat(caught(event(words))).isInstanceOfSatisfying(OutcomeUnknownException.class, e -> {
            assertThat(e.reason()).isEqualTo(OutcomeUnknownException.Reason.UNDECODABLE);
            assertThat(e.details().generationId()).isEqualTo("r-1");
            assertThat(e.providerMessage()).isEqualTo("I cannot draw");
        });
        assertThat(caught(event(candidate(0, text("I", false), null)))).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void moderationAfterPreviewsIsAFailureThatKeepsTheLast() {
        var failure = caught(event(candidate(0, THOUGHT, null)) + event(candidate(0, "", "IMAGE_SAFETY")));
        assertThat(failure).isInstanceOfSatisfying(GenerationFailedException.class, e -> {
            assertThat(e.details().code()).isEqualTo("IMAGE_SAFETY");
            assertThat(e.partialResult().lastPartial()).isNotNull();
        });
    }

    @Test
    void oneChoiceThatIsBlockedTakesNoOtherWithIt() {
        var reading = reading(2);
        var events = readAll(reading, event(candidate(1, "", "IMAGE_SAFETY")) + event(candidate(0, PICTURE, "STOP")));
        var result = ((ImageEvent.Completed) events.get(events.size() - 1)).result();
        assertThat(result.images()).extracting(image -> image.index()).containsExactly(0);
        assertThat(result.failures()).containsExactly(new ImageFailure(1, "IMAGE_SAFETY", null));
    }

    @Test
    void aQuotaOfAMinuteIsARateLimitUntilItsDelayIsOver() {
        assertThat(failure(429, Map.of(), rateLimit()))
                .isInstanceOfSatisfying(
                        RateLimitedException.class, e -> assertThat(e.retryAt()).isEqualTo(NOW.plusSeconds(19)));
        assertThat(
                        failure(
                                429,
                                Map.of(),
                                "{\"error\":{\"code\":429,\"message\":\"Resource exhausted\",\"status\":\"RESOURCE_EXHAUSTED\"}}"))
                .isInstanceOf(RateLimitedException.class);
        assertThat(failure(
                        429, Map.of(), exhausted("GenerateRequestsPerMinutePerProjectPerModel-FreeTier", "0", "19s")))
                .isInstanceOf(RejectedException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID_ARGUMENT, API_KEY_INVALID, CREDENTIALS",
        "400, INVALID_ARGUMENT, , REQUEST",
        "401, UNAUTHENTICATED, , CREDENTIALS",
        "403, PERMISSION_DENIED, SERVICE_DISABLED, FORBIDDEN",
        "403, PERMISSION_DENIED, BILLING_DISABLED, CREDITS",
        "404, NOT_FOUND, , NOT_FOUND"
    })
    void detailsTellWhatAStatusMeans(int status, String word, String reason, String expected) {
        var detail = reason == null
                ? ""
                : "{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"" + reason + "\"}";
        var body = "{\"error\":{\"code\":" + status + ",\"message\":\"no\",\"status\":\"" + word + "\",\"details\":["
                + detail + "]}}";
        var failure = (RejectedException) failure(status, Map.of(), body);
        assertThat(failure.reason()).hasToString(expected);
        assertThat(failure.details().code()).isEqualTo(word);
    }

    @Test
    void anOverloadedModelDidNotBeginAndAProxyDoesNotKnow() {
        var overloaded =
                "{\"error\":{\"code\":503,\"message\":\"The model is overloaded. Please try again later.\",\"status\":\"UNAVAILABLE\"}}";
        assertThat(failure(503, Map.of(), overloaded)).isInstanceOf(UnavailableException.class);
        assertThat(failure(503, Map.of(), "<html>")).isInstanceOf(OutcomeUnknownException.class);
        assertThat(failure(
                        504,
                        Map.of(),
                        "{\"error\":{\"code\":504,\"message\":\"Deadline expired\",\"status\":\"DEADLINE_EXCEEDED\"}}"))
                .isInstanceOf(OutcomeUnknownException.class);
        assertThat(caught("data: " + overloaded + "\n\n")).isInstanceOf(GenerationFailedException.class);
    }

    @Test
    void aRequestIsOneOfGenerateContent() {
        var call = dialect()
                .generate(PLAIN.n(1).seed(7).aspectRatio(AspectRatio.of("16:9")).resolution(Resolution.K2).stream(true)
                        .partialImages(2)
                        .with(Gemini.THINKING_LEVEL, "high")
                        .with(Gemini.TEXT, false)
                        .extra("safetySettings", List.of()));
        assertThat(call.path()).isEqualTo("/models/gemini-3.1-flash-image:streamGenerateContent?alt=sse");
        assertThat(Bodies.json(call))
                .hasToString(
                        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"a lighthouse\"}]}],"
                                + "\"generationConfig\":{\"responseModalities\":[\"IMAGE\"],\"seed\":7,"
                                + "\"imageConfig\":{\"aspectRatio\":\"16:9\",\"imageSize\":\"2K\"},"
                                + "\"thinkingConfig\":{\"thinkingLevel\":\"high\",\"includeThoughts\":true}},\"safetySettings\":[]}");
        assertThat(dialect().generate(PLAIN.model("models/x")).path()).isEqualTo("/models/x:generateContent");
    }

    @Test
    void referencesGoInlineOrAsAFileByItsAddress() {
        var json = Bodies.json(dialect()
                .generate(PLAIN.references(
                        ImageReference.bytes(PNG),
                        ImageReference.dataUrl("data:image/png;base64," + BASE64),
                        ImageReference.url(URI.create("https://example.com/a.JPG?x=.y")))));
        var parts = json.at("/contents/0/parts");
        assertThat(parts).hasSize(4);
        assertThat(parts.get(0)).hasToString(PICTURE);
        assertThat(parts.get(1)).hasToString(PICTURE);
        assertThat(parts.get(2))
                .hasToString(
                        "{\"fileData\":{\"mimeType\":\"image/jpeg\",\"fileUri\":\"https://example.com/a.JPG?x=.y\"}}");
    }

    @Test
    void severalAtOnceAreRefusedBeforeTheyAreSent() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> dialect().generate(PLAIN.n(2)))
                .withMessageContaining("say in the prompt how many, or send the request that often");
    }

    @Test
    void aModelThatLeadsElsewhereIsRefused() {
        for (String model : List.of("../secret", "a b", "x?y=1", "x#y", "x/../y")) {
            assertThatExceptionOfType(RejectedException.class)
                    .isThrownBy(() -> dialect().generate(PLAIN.model(model)))
                    .withMessageContaining("model is a part of the path");
        }
    }

    @Test
    void aKeyAndATokenTravelEachInTheirHeader() {
        assertThat(dialect().credentials("AIzaSy").getKey()).isEqualTo("x-goog-api-key");
        assertThat(dialect().credentials("ya29.a0")).isEqualTo(Map.entry("Authorization", "Bearer ya29.a0"));
        assertThat(dialect().credentials("eyJhbGciOi")).isEqualTo(Map.entry("Authorization", "Bearer eyJhbGciOi"));
    }

    @Test
    void belowAProjectOfVertexEveryKeyIsAToken() {
        var vertex = dialect().at(URI.create(Gemini.vertex("my-project", "global")));
        assertThat(vertex.credentials("sk-1")).isEqualTo(Map.entry("Authorization", "Bearer sk-1"));
        assertThat(vertex.at(dialect().baseUrl()).credentials("sk-1").getKey()).isEqualTo("x-goog-api-key");
    }

    @Test
    void vertexIsAnAddress() {
        assertThat(Gemini.vertex("my-project", "global"))
                .isEqualTo(
                        "https://aiplatform.googleapis.com/v1/projects/my-project/locations/global/publishers/google");
        assertThat(Gemini.vertex("my-project", "europe-west4"))
                .startsWith("https://europe-west4-aiplatform.googleapis.com/v1/");
        assertThatIllegalArgumentException().isThrownBy(() -> Gemini.vertex("my/project", "global"));
    }

    @Test
    void vertexSaysWhenItWasMade() {
        var made = response(candidate(0, PICTURE, "STOP"))
                .replace("\"responseId\"", "\"createTime\":\"2026-11-29T08:00:00.5Z\",\"responseId\"");
        assertThat(result(1, made).created()).isEqualTo(Instant.parse("2026-11-29T08:00:00.5Z"));
    }
}
