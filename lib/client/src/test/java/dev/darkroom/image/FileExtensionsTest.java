package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileExtensionsTest {

    private static GeneratedImage image(@Nullable String mediaType, String bytes) {
        return GeneratedImage.of(0, mediaType, List.of(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1))));
    }

    @ParameterizedTest
    @CsvSource({
        "image/png, png",
        "image/jpeg, jpg",
        "image/JPEG, jpg",
        "image/jpg, jpg",
        "image/webp, webp",
        "image/gif, gif",
        "image/avif, avif",
        "image/heic, heic",
        "image/heif, heif",
        "image/jxl, jxl",
        "image/jp2, jp2",
        "image/tiff, tiff",
        "image/bmp, bmp",
        "image/x-icon, ico",
        "image/svg+xml, svg",
        "image/x-of-tomorrow, bin",
        "application/x-sh, bin",
        "image/../../x, bin"
    })
    void aFileIsCalledByWhatItIs(String mediaType, String extension) {
        assertThat(image(mediaType, "?").fileExtension()).isEqualTo(extension);
    }

    @Test
    void theBytesAreBelievedMoreThanTheGateway() {
        assertThat(image("image/png", "\u00ff\u00d8\u00ff\u00e0").fileExtension())
                .isEqualTo("jpg");
    }

    @Test
    void whatNobodyKnowsIsBinary() {
        assertThat(image(null, "?").fileExtension()).isEqualTo("bin");
    }
}
