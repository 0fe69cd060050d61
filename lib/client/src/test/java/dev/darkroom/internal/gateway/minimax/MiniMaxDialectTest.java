package dev.darkroom.internal.gateway.minimax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.gateway.MiniMax;
import dev.darkroom.image.AspectRatio;
import dev.darkroom.image.Billed;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.OutputFormat;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.Resolution;
import dev.darkroom.image.ResponseFormat;
import dev.darkroom.image.Size;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.internal.gateway.common.Bodies;
import dev.darkroom.internal.gateway.common.DialectContract;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MiniMaxDialectTest extends DialectContract {

    private static final ImageRequest PLAIN = ImageRequest.of("MiniMax-H3-Image", "a lighthouse");
    private static final ImageReference REFERENCE = ImageReference.url(URI.create("https://example.com/a.png"));

    @Override
    protected Dialect dialect() {
        return new MiniMaxDialect();
    }

    @Override
    protected ImageRequest request() {
        return PLAIN;
    }

    @Override
    protected List<String> stream(int images) {
        return stream("image_generation", images);
    }

    /** In finishing order, which is not that of the numbers. */
    private static List<String> stream(String kind, int images) {
        var events = new ArrayList<String>();
        for (int i = images - 1; i >= 0; i--) {
            events.add(": keepalive\n\n"
                    + event(
                            kind + ".partial_succeeded",
                            "\"image_index\":" + i + ",\"url\":\"" + LINK + "\",\"size\":\"1024x1024\""));
        }
        events.add(event(
                kind + ".completed",
                "\"usage\":{\"total_tokens\":9,\"generated_images\":" + images + "},\"request_id\":\"r-1\""));
        return events;
    }

    private static String event(String type, String fields) {
        return "event: " + type + "\ndata: {\"type\":\"" + type
                + "\",\"time\":1790983963,\"model\":\"MiniMax-H3-Image\"," + fields + "}\n\n";
    }

    private static String error(String httpCode, String rest) {
        return "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"oops\","
                + "\"http_code\":\"" + httpCode + "\"}" + rest + ",\"request_id\":\"r-2\"}\n\n";
    }

    @Override
    protected String errorEvent() {
        return error("500", "");
    }

    @Override
    protected String rateLimit() {
        return "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow down\","
                + "\"http_code\":\"429\"},\"request_id\":\"r-3\"}";
    }

    @Override
    protected int spentStatus() {
        return 402;
    }

    @Override
    protected String spent() {
        return "{\"type\":\"error\",\"error\":{\"type\":\"insufficient_balance_error\",\"message\":\"no money\","
                + "\"http_code\":\"402\"}}";
    }

    private JsonNode json(ImageRequest request) {
        return Bodies.json(dialect().generate(request));
    }

    @Test
    void imagesComeInFinishingOrderAndTheSummaryCarriesUsageAndHandle() {
        for (String kind : List.of("image_generation", "image_edit")) {
            var events = readAll(reading(2), String.join("", stream(kind, 2)));
            assertThat(((ImageEvent.ImageReady) events.get(0)).image().index()).isEqualTo(1);
            var result = ((ImageEvent.Completed) events.get(2)).result();
            assertThat(result.generationId()).isEqualTo("r-1");
            assertThat(result.usage().images()).isEqualTo(2);
            assertThat(result.created()).isEqualTo(Instant.ofEpochSecond(1790983963));
        }
    }

    @Test
    void aFailedImageIsOneOfSeveral() {
        var events = readAll(
                reading(2),
                event(
                                "image_generation.partial_failed",
                                "\"image_index\":1,\"error\":{\"code\":\"blocked\",\"message\":\"no\"}")
                        + stream(1).get(0)
                        + stream(1).get(1));
        var result = ((ImageEvent.Completed) events.get(2)).result();
        assertThat(result.images()).extracting(image -> image.index()).containsExactly(0);
        assertThat(result.failures()).containsExactly(new ImageFailure(1, "blocked", "no"));
    }

    @ParameterizedTest
    @CsvSource({"400, REQUEST", "401, CREDENTIALS", "402, CREDITS", "404, NOT_FOUND"})
    void anErrorEventMeansWhatItsStatusWouldHaveMeant(String httpCode, String reason) {
        assertThat(((RejectedException) caught(1, error(httpCode, ""))).reason())
                .hasToString(reason);
    }

    @ParameterizedTest
    @CsvSource({"input new_sensitive (1026), MODERATION", "output new_sensitive (1027), MODERATION", "(2013), REQUEST"})
    void theNumberOfASentenceTellsAnOffendingPromptFromAWrongOne(String message, String reason) {
        var body = "{\"type\":\"error\",\"error\":{\"type\":\"unprocessable_entity_error\",\"message\":\"" + message
                + "\",\"http_code\":\"422\"},\"request_id\":\"r-4\"}";
        assertThat(((RejectedException) failure(422, Map.of(), body)).reason()).hasToString(reason);
        assertThat(((RejectedException) caught(1, "event: error\ndata: " + body + "\n\n")).reason())
                .hasToString(reason);
    }

    @Test
    void aRateLimitInTheStreamIsARefusalOnlyWhileNothingWasMade() {
        assertThat(caught(1, error("429", ""))).isInstanceOf(RateLimitedException.class);
        assertThat(caught(1, error("429", ",\"usage\":{\"generated_images\":1}")))
                .isInstanceOfSatisfying(
                        GenerationFailedException.class,
                        e -> assertThat(e.billed()).isEqualTo(Billed.YES));
        assertThat(caught(2, stream(2).get(0) + error("429", "")))
                .isInstanceOfSatisfying(GenerationFailedException.class, e -> {
                    assertThat(e.billed()).isEqualTo(Billed.YES);
                    assertThat(e.details().generationId()).isEqualTo("r-2");
                    assertThat(e.details().status()).isEqualTo(429);
                });
    }

    @Test
    void whatItDidNotTakeIsBelievedOfItselfAlone() {
        assertThat(failure(503, Map.of(), errorDocument())).isInstanceOf(UnavailableException.class);
        assertThat(failure(503, Map.of("Retry-After", "2"), "<html>")).isInstanceOf(OutcomeUnknownException.class);
        assertThat(failure(529, Map.of(), "")).isInstanceOf(OutcomeUnknownException.class);
    }

    private ImageException caught(int images, String text) {
        try {
            readAll(reading(images), text);
        } catch (ImageException e) {
            return e;
        }
        throw new AssertionError("it was no failure");
    }

    @Test
    void everyFieldGoesOutUnderTheNameOfTheApi() {
        var request = PLAIN
                .n(3)
                .aspectRatio(AspectRatio.LANDSCAPE_16_9)
                .resolution(Resolution.K2)
                .outputFormat(OutputFormat.WEBP)
                .with(MiniMax.RESPONSE_FORMAT, ResponseFormat.BASE64)
                .stream(false)
                .extra("disable_prompt_enhanced", true);
        var call = dialect().generate(request);
        assertThat(call.path()).isEqualTo("/images/generations");
        assertThat(Bodies.json(call)).isEqualTo(JsonMapper.shared().readTree("""
                        {"model":"MiniMax-H3-Image","prompt":"a lighthouse","n":3,"area":"2K","aspect_ratio":"16:9",
                         "output_format":"webp","response_format":"b64_json","stream":false,
                         "disable_prompt_enhanced":true}
                        """));
    }

    @Test
    void aRequestWithReferencesIsAnEdit() {
        var call = dialect().generate(PLAIN.references(REFERENCE, ImageReference.bytes(PNG)));
        assertThat(call.path()).isEqualTo("/images/edits");
        assertThat(Bodies.json(call).path("images").toString())
                .isEqualTo("[{\"image_url\":\"https://example.com/a.png\"},{\"image_url\":\"data:image/png;base64,"
                        + BASE64 + "\"}]");
    }

    @Test
    void aStreamAsksForUrlsBecauseItHasNothingElse() {
        assertThat(json(PLAIN.stream(true)).path("response_format").stringValue())
                .isEqualTo("url");
        assertThat(json(PLAIN).has("response_format")).isFalse();
    }

    @Test
    void pixelsStandAloneAndAutoBesideAShape() {
        var pixels = json(PLAIN.size(Size.pixels(2720, 1536)).aspectRatio(AspectRatio.LANDSCAPE_16_9));
        assertThat(pixels.path("size").stringValue()).isEqualTo("2720x1536");
        assertThat(pixels.has("aspect_ratio")).isFalse();
        var auto =
                json(PLAIN.size(Size.of("auto")).aspectRatio(AspectRatio.SQUARE).resolution(Resolution.K4));
        assertThat(auto.path("size").stringValue()).isEqualTo("auto");
        assertThat(auto.path("aspect_ratio").stringValue()).isEqualTo("1:1");
        assertThat(auto.path("area").stringValue()).isEqualTo("4K");
        assertThat(json(PLAIN.size(Size.of("2K"))).path("area").stringValue()).isEqualTo("2K");
    }

    static Stream<Arguments> wrongRequests() {
        return Stream.of(
                Arguments.of(PLAIN.n(11), "n must be 1 to 10, not 11"),
                Arguments.of(
                        PLAIN.stream(true).with(MiniMax.RESPONSE_FORMAT, ResponseFormat.BASE64),
                        "response_format must be url where a stream is asked for, not b64_json"),
                Arguments.of(PLAIN.size(Size.pixels(4096, 1024)), "size 4096x1024 is none it takes"),
                Arguments.of(PLAIN.size(Size.pixels(512, 512)), "655360 to 20000000 pixels in all"),
                Arguments.of(
                        PLAIN.references(Collections.nCopies(17, REFERENCE)), "references must be at most 16, not 17"),
                Arguments.of(PLAIN.references(REFERENCE).mask(REFERENCE), "mask is not taken by minimax"));
    }

    @ParameterizedTest
    @MethodSource("wrongRequests")
    void whatCanBeKnownToBeWrongIsRefused(ImageRequest request, String message) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> dialect().generate(request))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void itsQuotaCountsImages(int n) {
        assertThat(dialect().cost(PLAIN.n(n))).isEqualTo(n);
    }
}
