package dev.darkroom.internal.gateway.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageFailure;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageItemTest {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1, 2, 3};
    private static final String BASE64 = Base64.getEncoder().encodeToString(PNG);

    private static ImageItem item(String json) {
        var payload = Payloads.document("{\"item\":" + json.replace("BASE64", BASE64) + "}");
        return new ImageItem(payload, payload.json().path("item"));
    }

    private static GeneratedImage image(String json) {
        return item(json).image(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"b64_json\":\"BASE64\"}",
                "{\"b64_json\":\"BASE64\",\"url\":\"https://example.com/a.png\"}",
                "{\"b64_json\":\"data:image/png;base64,BASE64\"}",
                "{\"b64_json\":null,\"url\":\"data:image/png;base64,BASE64\"}",
                "{\"url\":\"BASE64\"}",
                "{\"partial_image_b64\":\"BASE64\"}",
                "{\"image_url\":\"data:image/png;base64,BASE64\"}",
                "{\"image_url\":{\"url\":\"data:image/png;base64,BASE64\"}}",
                "\"BASE64\"",
                "\"data:image/png;base64,BASE64\""
            })
    void bytesAreFoundInEveryForm(String json) {
        var image = image(json);
        assertThat(image.toByteArray()).isEqualTo(PNG);
        assertThat(image.mediaType()).isEqualTo("image/png");
        assertThat(image.index()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"b64_json\":\"BASE64\"", "\"url\":\"https://example.com/a.png\""})
    void aPromptThatTheModelRewroteComesWithItsImage(String picture) {
        assertThat(image("{" + picture + ",\"revised_prompt\":\"a tall \\\"lighthouse\\\"\"}")
                        .revisedPrompt())
                .isEqualTo("a tall \"lighthouse\"");
        assertThat(image("{" + picture + ",\"revised_prompt\":\"BASE64BASE64BASE64BASE64\"}")
                        .revisedPrompt())
                .isEqualTo(BASE64.repeat(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"revised_prompt\":null", ",\"revised_prompt\":\" \"", ",\"revised_prompt\":{}"})
    void withoutOneThereIsNone(String member) {
        assertThat(image("{\"b64_json\":\"BASE64\"" + member + "}").revisedPrompt())
                .isNull();
        assertThat(item("{\"revised_prompt\":\"a\"}").image(0)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"url\":\"https://example.com/a.png\"}",
                "{\"b64_json\":\"\",\"url\":\"https://example.com/a.png\"}",
                "{\"image_url\":\"https://example.com/a.png\"}",
                "{\"image_url\":{\"url\":\"https://example.com/a.png\"}}",
                "\"https://example.com/a.png\""
            })
    void aLinkIsFoundInEveryForm(String json) {
        var image = image(json);
        assertThat(image.isLoaded()).isFalse();
        assertThat(image.url()).hasToString("https://example.com/a.png");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"url\":\"\"}",
                "{\"url\":\"abcd\"}",
                "{\"url\":\"aW1hZ2UvMQ==\"}",
                "{\"url\":\"your-generated-image-url\"}",
                "{\"url\":\"file:///etc/passwd\"}",
                "\"image/1\"",
                "5",
                "null",
                "[]"
            })
    void whatOnlyLooksLikeBase64OrALinkIsNoImage(String json) {
        assertThat(image(json)).isNull();
        assertThat(item(json).failure(3)).isEqualTo(new ImageFailure(3, ImageFailure.UNDECODABLE, null));
    }

    @Test
    void anErrorSaysWhyThereIsNoImage() {
        var item = item("{\"error\":{\"code\":\"OutputImageSensitiveContentDetected\",\"message\":\"no\"}}");
        assertThat(item.image(0)).isNull();
        assertThat(item.failure(0)).isEqualTo(new ImageFailure(0, "OutputImageSensitiveContentDetected", "no"));
    }
}
