package dev.darkroom.internal.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.darkroom.settings.Limits;
import java.lang.management.ManagementFactory;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a response costs: memory for its decoded bytes and little more, and time in proportion to them. */
class CostTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static byte[] event(int imageBytes) {
        var image = new byte[imageBytes];
        new Random(1).nextBytes(image);
        return ("data: {\"b64_json\":\"" + Base64.getEncoder().encodeToString(image) + "\"}\n\n").getBytes(US_ASCII);
    }

    /** Bytes allocated for each byte of the image; the least of several readings. */
    private static double allocated(int imageBytes, int piece) {
        var event = event(imageBytes);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            var reader = PayloadReader.stream(Limits.defaults());
            long images = 0;
            for (int from = 0; from < event.length; from += piece) {
                images += reader.feed(event, from, Math.min(piece, event.length - from))
                        .size();
            }
            assertThat(images).isEqualTo(1);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return (double) least / imageBytes;
    }

    @Test
    void anImageCostsLittleMoreThanItsBytesWhateverItsSize() {
        assertThat(allocated(1_500_000, 8192)).isLessThan(1.1);
        assertThat(allocated(1_500_000, 1000)).isLessThan(1.1);
        assertThat(allocated(100_000, 8192)).isLessThan(1.3);
        assertThat(allocated(30_000_000, 65536)).isLessThan(1.02);
    }

    @Test
    void keepAlivesCostNothing() {
        var reader = PayloadReader.stream(Limits.defaults());
        var comment = ": still there\n\n".getBytes(US_ASCII);
        reader.feed(comment, 0, comment.length);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            reader.feed(comment, 0, comment.length);
        }
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }

    @Test
    void hostileTextTakesTimeInProportion() {
        var limits = Limits.defaults()
                .imageBytes(1L << 30)
                .textBytes(1L << 30)
                .responseBytes(1L << 30)
                .images(1 << 30)
                .heapBytes(1L << 30);
        for (String part : new String[] {
            "\"" + "QUJD".repeat(300) + "%" + "QUJD".repeat(300) + "\",", // lifted and put back
            "\"" + "QUJD".repeat(256) + " " + "QUJD".repeat(300) + "\",", // betrays the trust
            "\"" + "A ".repeat(1024) + "\",", // gaps
            "\"" + "\\u0041".repeat(512) + "\",", // escapes
            "\"\",",
            " ".repeat(1000) + "1,",
            "{\"x\":[]},"
        }) {
            var json = ("[" + part.repeat(1_000_000 / part.length()) + "1]").getBytes(US_ASCII);
            assertThat(Reads.all(PayloadReader.document(limits), json, 8192)).hasSize(1);
        }
    }

    @Test
    void singleBytesTakeTimeInProportion() {
        assertThat(Reads.all(PayloadReader.stream(Limits.defaults()), event(300_000), 1))
                .hasSize(1);
    }
}
