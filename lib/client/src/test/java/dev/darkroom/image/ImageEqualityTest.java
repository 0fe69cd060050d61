package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImageEqualityTest {

    private static final byte[] BYTES = bytes(1000);

    private static byte[] bytes(int length) {
        var bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static GeneratedImage cutAt(byte[] bytes, int... ends) {
        var segments = new ByteBuffer[ends.length + 1];
        int from = 0;
        for (int i = 0; i < ends.length; i++) {
            segments[i] = ByteBuffer.wrap(bytes, from, ends[i] - from);
            from = ends[i];
        }
        segments[ends.length] = ByteBuffer.wrap(bytes, from, bytes.length - from);
        return GeneratedImage.of(3, "image/png", Arrays.asList(segments));
    }

    @Test
    void imagesAreEqualWhenTheirBytesAreWhereverASegmentEnds() {
        var whole = GeneratedImage.of(0, BYTES);
        for (var other : List.of(cutAt(BYTES, 1), cutAt(BYTES, 999), cutAt(BYTES, 20, 20, 500), cutAt(BYTES, 0))) {
            assertThat(other).isEqualTo(whole).hasSameHashCodeAs(whole);
            assertThat(whole).isEqualTo(other);
        }
    }

    @Test
    void oneByteMakesTheDifferenceWhereverItIs() {
        var whole = cutAt(BYTES, 10, 400);
        for (int at : new int[] {0, 9, 10, 399, 400, 999}) {
            var changed = BYTES.clone();
            changed[at]++;
            assertThat(cutAt(changed, 300)).as("byte %d", at).isNotEqualTo(whole);
        }
        assertThat(GeneratedImage.of(0, bytes(999))).isNotEqualTo(whole);
    }

    @Test
    void anImageByUrlIsEqualToTheSameUrlAndNotToBytes() {
        var url = URI.create("https://images.example/1.png");
        var image = GeneratedImage.at(0, null, url);
        assertThat(image)
                .isEqualTo(GeneratedImage.at(1, "image/png", url))
                .hasSameHashCodeAs(GeneratedImage.at(1, null, url));
        assertThat(image).isNotEqualTo(GeneratedImage.at(0, null, URI.create("https://images.example/2.png")));
        assertThat(image).isNotEqualTo(image.withContent(List.of(ByteBuffer.wrap(BYTES))));
    }

    @Test
    void comparingMovesNoPositionOfABuffer() {
        var image = cutAt(BYTES, 10);
        assertThat(image.equals(cutAt(BYTES, 500))).isTrue();
        assertThat(image.hashCode()).isEqualTo(image.hashCode());
        assertThat(image.toByteArray()).isEqualTo(BYTES);
    }
}
