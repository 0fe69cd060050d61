package dev.darkroom.internal.wire;

import com.sun.management.ThreadMXBean;
import dev.darkroom.settings.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * Measures the wire room alone, in memory: throughput and allocation for previews in chunks of several sizes, and what a
 * byte of a very large event costs. Not a test; started by hand with the test class path.
 */
final class WireMeasurement {

    private static final int PREVIEW = 1_500_000;

    private WireMeasurement() {}

    public static void main(String[] args) {
        System.out.println("JDK " + System.getProperty("java.version"));
        var encoder = Base64.getEncoder();
        for (int chunk : new int[] {8 << 10, 16 << 10, 64 << 10}) {
            report("1.5 MB preview, chunks of " + (chunk >> 10) + " KiB", events(1, PREVIEW, encoder), chunk, 200);
        }
        report("1.5 MB preview, lines of 76", events(1, PREVIEW, Base64.getMimeEncoder()), 16 << 10, 20);
        report("1.5 MB preview, solidus escaped", escaped(events(1, PREVIEW, encoder)), 16 << 10, 20);
        report("20 kB previews", events(200, 20_000, encoder), 16 << 10, 10);
        // Both lie in as much memory, so that the caches help neither.
        double small = report("256 events of 1 MiB", events(256, 1 << 20, encoder), 16 << 10, 1);
        double large = report("1 event of 256 MiB", events(1, 256 << 20, encoder), 16 << 10, 1);
        System.out.printf("a byte of the large event costs %.2f of a byte of the small ones%n", large / small);
    }

    private record Stream(String text, int events, long imageBytes) {}

    /** Nanoseconds for one decoded byte, the best of several rounds. */
    private static double report(String what, Stream stream, int chunk, int repeat) {
        var chunks = chunks(ascii(stream.text), chunk);
        var limits = Limits.defaults().imageBytes(1L << 30);
        double best = Double.MAX_VALUE;
        long allocated = 0;
        for (int round = 0; round < 12; round++) {
            long before = threads().getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            for (int i = 0; i < repeat; i++) {
                read(chunks, limits, stream);
            }
            best = Math.min(best, (System.nanoTime() - start) / (double) repeat / stream.imageBytes);
            allocated = (threads().getCurrentThreadAllocatedBytes() - before) / repeat;
        }
        chunks.forEach(ByteBuf::release);
        System.out.printf(
                "%-36s %6.0f MB/s decoded, %.3f bytes allocated a byte%n",
                what, 1000 / best, allocated / (double) stream.imageBytes);
        return best;
    }

    private static void read(List<ByteBuf> chunks, Limits limits, Stream stream) {
        var reader = PayloadReader.detect("text/event-stream", limits);
        int events = 0;
        long imageBytes = 0;
        for (ByteBuf chunk : chunks) {
            chunk.readerIndex(0);
            for (LiftedPayload payload : reader.feed(chunk)) {
                imageBytes += payload.blob(payload.json().path("b64_json")).size();
                events++;
            }
        }
        if (events != stream.events
                || imageBytes != stream.imageBytes
                || !reader.end().isEmpty()) {
            throw new AssertionError("not what was sent");
        }
    }

    private static List<ByteBuf> chunks(byte[] stream, int size) {
        var chunks = new ArrayList<ByteBuf>();
        for (int from = 0; from < stream.length; from += size) {
            int length = Math.min(size, stream.length - from);
            chunks.add(PooledByteBufAllocator.DEFAULT.directBuffer(length).writeBytes(stream, from, length));
        }
        return chunks;
    }

    private static Stream events(int events, int imageBytes, Base64.Encoder encoder) {
        var image = new byte[imageBytes];
        new Random(1).nextBytes(image);
        var text = new String(encoder.encode(image), StandardCharsets.US_ASCII).replace("\r\n", "\\r\\n");
        var event = ascii("data: {\"type\":\"image_generation.completed\",\"b64_json\":\"" + text
                + "\",\"created\":1790000000,\"usage\":{\"prompt_tokens\":12,\"cost\":3e-05}}\n\n");
        var stream = new ByteArrayOutputStream(events * event.length);
        for (int i = 0; i < events; i++) {
            stream.writeBytes(event);
        }
        return new Stream(stream.toString(StandardCharsets.US_ASCII), events, (long) events * imageBytes);
    }

    private static Stream escaped(Stream stream) {
        return new Stream(stream.text.replace("/", "\\/"), stream.events, stream.imageBytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static ThreadMXBean threads() {
        return (ThreadMXBean) ManagementFactory.getThreadMXBean();
    }
}
