package dev.darkroom.internal.gateway.token360;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.SharedMaterial;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.gateway.Token360;
import dev.darkroom.image.AspectRatio;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.Quality;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.Resolution;
import dev.darkroom.image.ResponseFormat;
import dev.darkroom.image.Size;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.internal.gateway.common.Bodies;
import dev.darkroom.internal.gateway.common.DialectContract;
import dev.darkroom.internal.gateway.common.Payloads;
import dev.darkroom.testsupport.NeedsMaterial;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Token360DialectTest extends DialectContract {

    @Override
    protected Dialect dialect() {
        return new Token360Dialect();
    }

    @Override
    protected ImageRequest request() {
        return ImageRequest.of("dola-seedream-5.0-lite", "a lighthouse");
    }

    @Override
    protected ImageRequest request(int images) {
        return images == 1 ? request() : request().model("kling-image-o1").n(images);
    }

    @Override
    protected List<String> stream(int images) {
        return List.of();
    }

    @Override
    protected String rateLimit() {
        return error("rate_limit_error", "429", "slow down");
    }

    @Override
    protected int spentStatus() {
        return 402;
    }

    @Override
    protected String spent() {
        return error("insufficient_balance", "402", "no money");
    }

    private static String error(String type, String code, String message) {
        return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"" + type + "\",\"param\":null,\"code\":\"" + code
                + "\"}}";
    }

    private String sent(ImageRequest request) {
        return Bodies.json(dialect().generate(request)).toString();
    }

    private static String refusal(Dialect dialect, ImageRequest request) {
        try {
            dialect.generate(request);
            throw new AssertionError("it was not refused");
        } catch (RejectedException e) {
            return e.getMessage();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "kling-image-o1,         n size resolution",
        "seedream-4.5,           seed watermark response_format sequential_images",
        "seedream-4-0-250828,    seed watermark response_format sequential_images",
        "dola-seedream-5.0-lite, seed watermark",
        "nano-banana-pro,        aspect_ratio quality",
        "glm-image,              ''",
        "something-new,          n size resolution seed watermark response_format sequential_images aspect_ratio quality"
    })
    void eachModelTakesWhatItsPageLists(String model, String taken) {
        var everything = ImageRequest.of(model, "a lighthouse")
                .n(2)
                .size(Size.of("2K"))
                .resolution(Resolution.K2)
                .aspectRatio(AspectRatio.of("16:9"))
                .quality(Quality.HIGH)
                .seed(7)
                .with(Token360.WATERMARK, false)
                .with(Token360.RESPONSE_FORMAT, ResponseFormat.URL)
                .with(Token360.SEQUENTIAL_IMAGES, 15);
        var refused = dialect().unsupported(everything).keySet().stream()
                .map(ImageOption::toString)
                .toList();
        var expected = everything.options().stream()
                .map(ImageOption::toString)
                .filter(option -> !Arrays.asList(taken.split(" ", -1)).contains(option))
                .toList();
        assertThat(refused).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void optionsGoOutUnderTheirNames() {
        var request = ImageRequest.of("something-new", "a lighthouse");
        assertThat(sent(request.n(2).size(Size.of("2K")).seed(7).with(Token360.WATERMARK, false)))
                .isEqualTo(
                        "{\"model\":\"something-new\",\"prompt\":\"a lighthouse\",\"n\":2,\"size\":\"2K\",\"seed\":7,"
                                + "\"watermark\":false}");
        assertThat(sent(request.aspectRatio(AspectRatio.of("16:9"))
                        .quality(Quality.HIGH)
                        .with(Token360.RESPONSE_FORMAT, ResponseFormat.BASE64)))
                .contains("\"ratio\":\"16:9\"", "\"quality\":\"high\"", "\"response_format\":\"b64_json\"");
        assertThat(sent(request().n(1))).as("one is what everybody makes").doesNotContain("\"n\"");
    }

    @Test
    void aGroupHasNoFieldForHowMany() {
        var request = ImageRequest.of("seedream-4.5", "a lighthouse");
        assertThat(sent(request.with(Token360.SEQUENTIAL_IMAGES, 15)))
                .contains("\"sequential_image_generation\":\"auto\"");
        assertThat(refusal(dialect(), request.with(Token360.SEQUENTIAL_IMAGES, 3)))
                .contains("sequential_images", "say 15");
    }

    @Test
    void referencesGoOutAsUrlsOrAssets() {
        var link = ImageReference.url(URI.create("https://example.com/a.png"));
        assertThat(sent(request()
                        .references(link, ImageReference.stored("ta_1"), ImageReference.stored("asset://ta_2"))))
                .contains("\"reference_images\":[\"https://example.com/a.png\",\"asset://ta_1\",\"asset://ta_2\"]");
    }

    @Test
    void aBodyThatWouldNotGetThroughIsRefusedBeforeItIsSent() {
        var large = Arrays.copyOf(PNG, 800_000);
        assertThat(refusal(dialect(), request().references(ImageReference.bytes(large))))
                .contains("at most about 1000000", "smaller", "asset://");
        dialect().generate(request().references(ImageReference.bytes(Arrays.copyOf(PNG, 700_000))));
    }

    @Test
    void nativeParametersAreTheVendorsOwn() {
        var raw = new Token360Dialect().nativeParams();
        var call = raw.generate(request().stream(true)
                .extra("sequential_image_generation_options", Map.of("max_images", 3))
                .extra("image", List.of("asset://ta_1")));
        assertThat(call.headers()).containsEntry("Token360-Native-Params", "true");
        assertThat(Bodies.json(call))
                .hasToString("{\"model\":\"dola-seedream-5.0-lite\",\"prompt\":\"a lighthouse\","
                        + "\"sequential_image_generation_options\":{\"max_images\":3},\"image\":[\"asset://ta_1\"]}");
        assertThat(refusal(raw, request().seed(7))).contains("seed", "as extras");
        assertThat(dialect().generate(request()).headers()).doesNotContainKey("Token360-Native-Params");
    }

    @Test
    void usageCountsImages() {
        var usage = result(
                        1,
                        "{\"data\":[{\"url\":\"" + LINK + "\"}],\"usage\":{\"generated_images\":1,"
                                + "\"output_tokens\":4096,\"total_tokens\":4100}}")
                .usage();
        assertThat(usage.images()).isEqualTo(1);
        assertThat(usage.outputTokens()).isEqualTo(4096);
        assertThat(usage.totalTokens()).isEqualTo(4100);
    }

    @ParameterizedTest
    @CsvSource({
        "401, invalid_api_key,       CREDENTIALS",
        "402, insufficient_balance,  CREDITS",
        "429, insufficient_balance,  CREDITS",
        "403, api_key_frozen,        FORBIDDEN",
        "403, model_access_denied,   FORBIDDEN",
        "404, model_not_found,       NOT_FOUND",
        "400, model_not_found,       NOT_FOUND",
        "400, invalid_request_error, REQUEST"
    })
    void theTypeOfAnErrorSaysWhy(int status, String type, String reason) {
        var body = error(type, Integer.toString(status), "words");
        assertThat(((RejectedException) failure(status, Map.of(), body)).reason())
                .hasToString(reason);
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> reading(1).read(Payloads.document(body)))
                .satisfies(e -> assertThat(e.reason()).hasToString(reason));
    }

    @Test
    void theFirewallsHtmlIsARefusalAndTheStatusesOfBusyAreNone() {
        assertThat(((RejectedException) failure(403, Map.of(), "<html>403 Forbidden</html>")).reason())
                .isEqualTo(RejectedException.Reason.FORBIDDEN);
        assertThat(failure(503, Map.of(), error("api_error", "503", "busy"))).isInstanceOf(UnavailableException.class);
        assertThat(failure(429, Map.of(), rateLimit())).isInstanceOf(RateLimitedException.class);
    }

    @Test
    @NeedsMaterial
    void theDocumentedErrorIsAWrongKey() {
        var body = new String(
                SharedMaterial.bytes("wire.fixtures", "token360-documented/error-401.doc.json"),
                StandardCharsets.UTF_8);
        var failure = (RejectedException) failure(401, Map.of(), body);
        assertThat(failure.reason()).isEqualTo(RejectedException.Reason.CREDENTIALS);
        assertThat(failure.details().code()).isEqualTo("invalid_api_key");
    }
}
