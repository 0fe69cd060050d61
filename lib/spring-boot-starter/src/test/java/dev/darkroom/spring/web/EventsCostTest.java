package dev.darkroom.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.json.ImageForm;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;

/** What a response allocates beside its pictures. */
class EventsCostTest {

    private static final int SEGMENTS = 48;
    private static final int SEGMENT_BYTES = 256 << 10;

    private static final GeneratedImage PICTURE = GeneratedImage.of(
            0,
            "image/png",
            IntStream.range(0, SEGMENTS)
                    .mapToObj(segment -> ByteBuffer.wrap(new byte[SEGMENT_BYTES]))
                    .toList());

    private static long written() {
        var settings = EventSettings.of(
                new WebProperties.Events(
                        WebProperties.Image.BASE64,
                        Duration.ofHours(1),
                        Duration.ZERO,
                        false,
                        DataSize.ofMegabytes(64)),
                ImageForm.BASE64);
        var bytes = new AtomicLong();
        var response = new MockServerHttpResponse();
        response.setWriteHandler(body -> body.doOnNext(buffer -> {
                    bytes.addAndGet(buffer.readableByteCount());
                    DataBufferUtils.release(buffer);
                })
                .then());
        new EventHttpMessageWriter(settings)
                .write(
                        Flux.<ImageEvent>just(new ImageEvent.ImageReady(PICTURE)),
                        ResolvableType.forClass(ImageEvent.class),
                        MediaType.TEXT_EVENT_STREAM,
                        response,
                        Map.of())
                .block();
        return bytes.get();
    }

    @Test
    void anEventOfAPictureOf4KAllocatesLittleMoreThanWhatIsSent() {
        written(); // classes are loaded
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var before = threads.getCurrentThreadAllocatedBytes();
        var written = written();
        var allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(written).isGreaterThan(4L * SEGMENTS * SEGMENT_BYTES / 3);
        assertThat((double) allocated / written)
                .as("bytes allocated a byte written")
                .isLessThan(1.5);
    }
}
