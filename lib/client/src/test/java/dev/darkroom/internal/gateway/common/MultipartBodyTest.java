package dev.darkroom.internal.gateway.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.BodyPart;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartBodyTest {

    private static final BodyPart CONTENT = new BodyPart.Literal(ByteBuffer.wrap(new byte[] {'a', 'b', 'c'}));

    private static String wire(MultipartBody body) {
        var call = new ApiCall("POST", "/", Map.of(), body.finish());
        return new String(Bodies.wire(call), StandardCharsets.UTF_8);
    }

    @Test
    void everyPartHasItsHeadersAndTheEndIsMarked() {
        var body = MultipartBody.create();
        body.field("prompt", "a lighthouse in Malmö");
        body.field("n", 2);
        body.field("absent", null);
        body.file("image[]", "image0.png", "image/png", CONTENT);
        var boundary = body.contentType().substring("multipart/form-data; boundary=".length());
        assertThat(wire(body)).isEqualTo("""
                        --B
                        Content-Disposition: form-data; name="prompt"

                        a lighthouse in Malmö
                        --B
                        Content-Disposition: form-data; name="n"

                        2
                        --B
                        Content-Disposition: form-data; name="image[]"; filename="image0.png"
                        Content-Type: image/png

                        abc
                        --B--
                        """.replace("\n", "\r\n").replace("--B", "--" + boundary));
    }

    @Test
    void nobodyCanForeseeABoundaryAndItIsOneByTheBook() {
        var types = List.of(
                MultipartBody.create().contentType(), MultipartBody.create().contentType());
        assertThat(types.get(0))
                .isNotEqualTo(types.get(1))
                .matches("multipart/form-data; boundary=[A-Za-z0-9-]{20,70}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\"b", "a\r\nX: y", "a\n", "a;b", "ä", "a[0]", "a[]b", "[]"})
    void aNameThatCouldEndItsHeaderIsRefused(String name) {
        assertThat(MultipartBody.isName(name)).isFalse();
        var body = MultipartBody.create();
        assertThatIllegalArgumentException().isThrownBy(() -> body.field(name, "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> body.file(name, "a.png", "image/png", CONTENT));
        assertThatIllegalArgumentException().isThrownBy(() -> body.file("image", name, "image/png", CONTENT));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> body.file("image", "a.png", "image/png\r\nX: y", CONTENT));
    }
}
