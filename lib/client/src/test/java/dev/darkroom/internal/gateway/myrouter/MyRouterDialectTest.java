package dev.darkroom.internal.gateway.myrouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.SharedMaterial;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.gateway.MyRouter;
import dev.darkroom.image.AspectRatio;
import dev.darkroom.image.Billed;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.Resolution;
import dev.darkroom.image.Size;
import dev.darkroom.internal.gateway.common.Bodies;
import dev.darkroom.internal.gateway.common.DialectContract;
import dev.darkroom.internal.gateway.common.Payloads;
import dev.darkroom.testsupport.NeedsMaterial;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class MyRouterDialectTest extends DialectContract {

    private static final ImageReference LINKED = ImageReference.url(URI.create("https://example.com/a.png"));
    private static final byte[] WEBP = "RIFF____WEBPVP8 ".getBytes(StandardCharsets.US_ASCII);

    @Override
    protected Dialect dialect() {
        return new MyRouterDialect();
    }

    @Override
    protected ImageRequest request() {
        return ImageRequest.of("seedream-4.5", "a lighthouse");
    }

    private static ImageRequest four() {
        return ImageRequest.of("seedream-4.0", "a lighthouse");
    }

    @Override
    protected ImageRequest request(int images) {
        return images == 1 ? request() : request().with(MyRouter.SEQUENTIAL_IMAGES, images);
    }

    @Override
    protected List<String> stream(int images) {
        return List.of();
    }

    @Override
    protected String document(String... items) {
        return "{\"images\":[" + String.join(",", items) + "]}";
    }

    @Override
    protected String errorDocument() {
        return flat(500, "TASK_FAILED", "oops");
    }

    @Override
    protected String rateLimit() {
        return flat(429, "RATE_LIMIT_EXCEEDED", "slow down");
    }

    @Override
    protected int spentStatus() {
        return 400;
    }

    @Override
    protected String spent() {
        return flat(400, "BILLING_BALANCE_NOT_ENOUGH", "no money");
    }

    private static String flat(int code, String reason, String message) {
        return "{\"code\":" + code + ",\"reason\":\"" + reason + "\",\"message\":\"" + message + "\",\"metadata\":{}}";
    }

    private JsonNode json(ImageRequest request) {
        return Bodies.json(dialect().generate(request));
    }

    private String refusal(ImageRequest request) {
        try {
            dialect().generate(request);
            throw new AssertionError("it was not refused");
        } catch (RejectedException e) {
            return e.getMessage();
        }
    }

    @Test
    void thePathIsTheModelAndTheBodyDoesNotNameIt() {
        var call = dialect().generate(request());
        assertThat(call.path()).isEqualTo("/seedream-4.5");
        assertThat(Bodies.json(call).propertyNames()).containsExactly("prompt");
        assertThat(refusal(request().model("../v1/chat"))).contains("last part of a path");
    }

    private static ImageRequest group(ImageRequest request) {
        return request.with(MyRouter.SEQUENTIAL_IMAGES, 3).references(LINKED).with(MyRouter.WATERMARK, false);
    }

    @Test
    void theTwoVersionsHaveOtherNamesForTheSame() {
        assertThat(json(group(request())))
                .hasToString(
                        "{\"prompt\":\"a lighthouse\",\"watermark\":false,\"sequential_image_generation\":\"auto\","
                                + "\"sequential_image_generation_options\":{\"max_images\":3},"
                                + "\"image\":[\"https://example.com/a.png\"]}");
        assertThat(json(group(four())))
                .hasToString(
                        "{\"prompt\":\"a lighthouse\",\"watermark\":false,\"sequential_image_generation\":\"auto\","
                                + "\"max_images\":3,\"images\":[\"https://example.com/a.png\"]}");
    }

    @Test
    void theModeOfAnOptimizedPromptIsAFieldOf45Alone() {
        assertThat(json(request().with(MyRouter.OPTIMIZE_PROMPT, "standard")).at("/optimize_prompt_options/mode"))
                .hasToString("\"standard\"");
        assertThat(refusal(four().with(MyRouter.OPTIMIZE_PROMPT, "standard")))
                .contains("optimize_prompt", "seedream-4.0");
    }

    @ParameterizedTest
    @CsvSource({"2560x1440, true", "4096x4096, true", "2559x1440, false", "4097x4096, false", "16384x1024, true"})
    void pixelsMustBeWithinItsLimits(String size, boolean taken) {
        var asked = request().size(Size.of(size));
        if (taken) {
            assertThat(json(asked).path("size").stringValue()).isEqualTo(size);
        } else {
            assertThat(refusal(asked)).contains("size " + size, "3686400 to 16777216");
        }
    }

    @Test
    void aTierGoesOutAsItIsAndARatioBecomesPixels() {
        assertThat(json(request().resolution(Resolution.K4)).path("size").stringValue())
                .isEqualTo("4K");
        assertThat(json(four().size(Size.of("1K"))).path("size").stringValue()).isEqualTo("1K");
        assertThat(refusal(request().size(Size.of("1K")))).contains("1K");
        var wide = Size.of(
                json(request().aspectRatio(AspectRatio.of("16:9"))).path("size").stringValue());
        assertThat(wide.width() * 9).isEqualTo(wide.height() * 16);
        assertThat((long) wide.width() * wide.height()).isBetween(3_686_400L, 16_777_216L);
    }

    @Test
    void referencesAndOutputsAreFifteenTogetherAtMost() {
        var fourteen = Collections.nCopies(14, LINKED);
        assertThat(json(request().references(fourteen).with(MyRouter.SEQUENTIAL_IMAGES, 1))
                        .path("image"))
                .hasSize(14);
        assertThat(refusal(request().references(fourteen).with(MyRouter.SEQUENTIAL_IMAGES, 2)))
                .contains("15 together, not 16");
        assertThat(refusal(four().references(fourteen))).contains("at most 10, not 14");
    }

    @Test
    void referencesMustBeOfItsFormats() {
        var webp = ImageReference.bytes(WEBP);
        assertThat(json(request().references(webp)).path("image").get(0).stringValue())
                .startsWith("data:image/webp;base64,");
        assertThat(refusal(four().references(webp))).contains("image/webp");
    }

    @Test
    void imagesAreTextsOrObjectsUnderAnyName() {
        for (String item :
                List.of("\"" + LINK + "\"", "{\"url\":\"" + LINK + "\"}", "{\"image_url\":\"" + LINK + "\"}")) {
            assertThat(result(1, document(item)).first().url()).as(item).hasToString(LINK);
        }
        for (String item : List.of("\"data:image/png;base64," + BASE64 + "\"", "\"" + BASE64 + "\"")) {
            assertThat(result(1, document(item)).first().toByteArray()).as(item).isEqualTo(PNG);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, BILLING_BALANCE_NOT_ENOUGH,   CREDITS",
        "403, NOT_ENOUGH_BALANCE,           CREDITS",
        "403, BILLING_AUTH_FAILED,          CREDITS",
        "400, MISSING_API_KEY,              CREDENTIALS",
        "403, INVALID_API_KEY,              CREDENTIALS",
        "400, ILLEGAL_PROMPT,               MODERATION",
        "400, ILLEGAL_IMAGE_CONTENT,        MODERATION",
        "400, IMAGE_FILE_EXCEEDS_MAX_SIZE,  TOO_LARGE",
        "400, INVALID_IMAGE_FORMAT,         REQUEST",
        "403, FEATURE_NOT_ALLOWED,          FORBIDDEN",
        "404, API_NOT_FOUND,                NOT_FOUND",
        "404, MODEL_NOT_FOUND,              NOT_FOUND"
    })
    void theReasonSaysMoreThanTheStatus(int status, String reason, String means) {
        var failure = (RejectedException) failure(status, Map.of(), flat(status, reason, "words"));
        assertThat(failure.reason()).hasToString(means);
        assertThat(failure.details().code()).isEqualTo(reason);
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> reading(1).read(Payloads.document(flat(status, reason, "words"))))
                .satisfies(e -> assertThat(e.reason()).hasToString(means));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RATE_LIMIT_EXCEEDED", "TOKEN_LIMIT_EXCEEDED"})
    void aLimitIsALimitWhateverTheStatus(String reason) {
        assertThat(failure(429, Map.of(), flat(429, reason, "RPM limit exceeded")))
                .isInstanceOf(RateLimitedException.class);
        assertThat(failure(400, Map.of(), flat(400, reason, "x"))).isInstanceOf(RateLimitedException.class);
    }

    @Test
    void whatFailedBeforeItBeganIsNotBilled() {
        for (String reason : List.of("BILLING_FAILED", "CREATE_TASK_FAILED")) {
            assertThat(((GenerationFailedException) failure(500, Map.of(), flat(500, reason, "x"))).billed())
                    .isEqualTo(Billed.NO);
        }
        assertThat(((GenerationFailedException) failure(500, Map.of(), errorDocument())).billed())
                .isEqualTo(Billed.UNKNOWN);
    }

    @Test
    @NeedsMaterial
    void theObservedErrorIsARefusedRequest() {
        var body = new String(
                SharedMaterial.bytes("wire.fixtures", "novita-family/error-400.observed-llm.json"),
                StandardCharsets.UTF_8);
        var failure = (RejectedException) failure(400, Map.of(), body);
        assertThat(failure.reason()).isEqualTo(RejectedException.Reason.REQUEST);
        assertThat(failure.details().code()).isEqualTo("INVALID_REQUEST_BODY");
        assertThat(failure.providerMessage()).startsWith("max_tokens");
    }
}
