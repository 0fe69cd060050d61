package dev.darkroom.internal.gateway.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.internal.gateway.openai.OpenAiDialect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What we send, where gateways differ in what they take. */
class SentWordsTest {

    private static final byte[] HEIC = latin1("\0\0\0\u0018ftypmif1\0\0\0\0mif1heic");

    /** Those that take references, and a model that does. */
    private static final Map<String, String> MODELS = Map.ofEntries(
            Map.entry("openrouter", "google/gemini-2.5-flash-image"),
            Map.entry("openai", "gpt-image-2"),
            Map.entry("azure", "gpt-image-2"),
            Map.entry("token360", "dola-seedream-5.0-lite"),
            Map.entry("myrouter", "seedream-4.5"),
            Map.entry("ark", "doubao-seedream-4-5-251128"),
            Map.entry("minimax", "MiniMax-H3-Image"),
            Map.entry("gemini", "gemini-3.1-flash-image"),
            Map.entry("chat-completions", "google/gemini-3.1-flash-image"),
            Map.entry("openai-responses", "gpt-5"),
            Map.entry("dashscope", "qwen-image-2.0-pro"));

    static Stream<Dialect> dialects() {
        return Dialects.all();
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static ImageRequest request(Dialect dialect) {
        return ImageRequest.of(MODELS.getOrDefault(dialect.name(), ""), "a lighthouse");
    }

    private static String wire(ApiCall call) {
        return new String(Bodies.wire(call), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void whoAsksForAStreamAcceptsADocumentToo(Dialect dialect) {
        var accept = dialect.generate(request(dialect).stream(true)).headers().get("Accept");
        assertThat(accept).contains("application/json");
        assertThat(List.of("application/json", "application/json, text/event-stream"))
                .contains(accept);
        assertThat(dialect.generate(request(dialect).stream(false)).headers())
                .containsEntry("Accept", "application/json");
    }

    /** All but the one whose page names the formats it takes. */
    static Stream<Dialect> notPicky() {
        return dialects().filter(dialect -> !dialect.name().equals("myrouter"));
    }

    @ParameterizedTest
    @MethodSource("notPicky")
    void whatAPhoneTakesIsAReferenceAndTheGatewaysToJudge(Dialect dialect) {
        var call = dialect.generate(request(dialect).references(ImageReference.bytes(HEIC)));
        assertThat(wire(call)).contains("image/heic");
    }

    @Test
    void oneFileOfAnEditIsAnImageAndSeveralAreAList() {
        var png = ImageReference.bytes(DialectContract.PNG);
        var dialect = new OpenAiDialect();
        assertThat(wire(dialect.generate(request(dialect).references(png))))
                .contains("name=\"image\"; filename=\"image0.png\"")
                .doesNotContain("image[]");
        assertThat(wire(dialect.generate(request(dialect).references(png).mask(png))))
                .contains("name=\"image\"; filename=\"image0.png\"", "name=\"mask\"")
                .doesNotContain("image[]");
        assertThat(wire(dialect.generate(request(dialect).references(png, png))))
                .contains("name=\"image[]\"; filename=\"image0.png\"", "name=\"image[]\"; filename=\"image1.png\"")
                .doesNotContain("name=\"image\"");
    }
}
