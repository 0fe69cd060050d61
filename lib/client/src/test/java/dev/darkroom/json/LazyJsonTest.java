package dev.darkroom.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What the JSON of large pictures costs, and that it is the same by whichever way it is read. */
class LazyJsonTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final JsonMapper MAPPER =
            JsonMapper.builder().findAndAddModules().build();
    private static final int LARGE = 12_000_000;

    private static GeneratedImage image(int index, int size, int segment) {
        var bytes = new byte[size];
        new Random(index).nextBytes(bytes);
        var segments = new ArrayList<ByteBuffer>();
        for (var from = 0; from < size; from += segment) {
            segments.add(
                    ByteBuffer.wrap(bytes, from, Math.min(segment, size - from)).slice());
        }
        return GeneratedImage.of(index, null, segments);
    }

    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    /** Bytes allocated for each byte that was written; the least of several times. */
    private static double allocated(Writing writing) throws IOException {
        var least = Double.MAX_VALUE;
        for (var round = 0; round < 4; round++) {
            var sink = new Sink();
            var before = THREADS.getCurrentThreadAllocatedBytes();
            writing.to(sink);
            least = Math.min(least, (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / sink.written);
            assertThat(sink.written).isGreaterThan(LARGE / 3 * 4);
        }
        return least;
    }

    @Test
    void theEventOfALargePictureCostsNextToNothing() throws IOException {
        var event = new ImageEvent.ImageReady(image(0, LARGE, 96 << 10));
        assertThat(allocated(out -> MAPPER.writeValue(out, event))).isLessThan(0.02);
        assertThat(allocated(out -> LazyJson.of(MAPPER, event).asInputStream().transferTo(out)))
                .isLessThan(0.02);
    }

    @Test
    void readingALargePictureCostsLittleMoreThanItsBytes() {
        var event = new ImageEvent.ImageReady(image(0, LARGE, 96 << 10));
        var json = MAPPER.writeValueAsBytes(event);
        var least = Long.MAX_VALUE;
        for (var round = 0; round < 3; round++) {
            var before = THREADS.getCurrentThreadAllocatedBytes();
            assertThat(MAPPER.readValue(json, ImageEvent.class)).isInstanceOf(ImageEvent.ImageReady.class);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat((double) least / LARGE).isLessThan(1.1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6143, 6144, 6145, 20_000})
    void whatIsMadeWhileItIsReadIsWhatTheMapperWrites(int size) throws IOException {
        var value = Map.of("a", List.of(ImageEvent.completed(image(0, size, 7), image(1, size, 1000))));
        var json = LazyJson.of(MAPPER, value);
        var whole = MAPPER.writeValueAsString(value);
        assertThat(new String(json.asInputStream().readAllBytes(), UTF_8)).isEqualTo(whole);
        assertThat(json.length()).isEqualTo(whole.length());
        var oneByOne = new ByteArrayOutputStream();
        try (var in = json.asInputStream()) {
            for (var next = in.read(); next >= 0; next = in.read()) {
                oneByOne.write(next);
            }
            assertThat(in.read(new byte[10])).isEqualTo(-1);
        }
        assertThat(oneByOne.toString(UTF_8)).isEqualTo(whole);
    }

    @Test
    void itIsOneLineHoweverTheMapperFormats() throws IOException {
        var mapper = MAPPER.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();
        var event = ImageEvent.completed(image(0, 10, 10));
        assertThat(new String(LazyJson.of(mapper, event).asInputStream().readAllBytes(), UTF_8))
                .isEqualTo(MAPPER.writeValueAsString(event));
    }

    @Test
    void whatHasNoPictureIsJsonAllTheSame() throws IOException {
        var json = LazyJson.of(MAPPER, JsonEvent.of(new ImageEvent.TextChunk("content", "a\nb ü")));
        assertThat(new String(json.asInputStream().readAllBytes(), UTF_8))
                .isEqualTo("{\"type\":\"text_chunk\",\"phase\":\"content\",\"text\":\"a\\nb ü\"}");
        assertThat(json.length()).isEqualTo(56);
    }

    /** Counts and forgets. */
    private static final class Sink extends OutputStream {

        private long written;

        @Override
        public void write(int value) {
            written++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            written += length;
        }
    }
}
