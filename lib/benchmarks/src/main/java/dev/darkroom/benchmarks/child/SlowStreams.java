package dev.darkroom.benchmarks.child;

import dev.darkroom.ImageClient;
import dev.darkroom.benchmarks.server.Note;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.netty.resources.LoopResources;

/** Reads many streams which come slowly, all on one event loop, and notes how long anything waits. */
public final class SlowStreams {

    private SlowStreams() {}

    /** See {@link Arguments}; the count is in streams. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var told = Arguments.parse(arguments);
        WarmUp.of(told);
        var loops = LoopResources.create("only", 1, true);
        var reads = new SocketReads();
        var heap = new AtomicLong();
        var direct = new AtomicLong();
        var lag = new Lag(loops.onClient(false).next(), () -> {
            heap.accumulateAndGet(heapBytes(), Math::max);
            direct.accumulateAndGet(directBytes(), Math::max);
        });
        var client = ImageClient.openRouter("sk-or-nobody")
                .baseUrl(told.base().toString())
                .customize(netty -> reads.watch(netty.runOn(loops)));
        lag.start();
        var request = ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse at dawn").stream(true);
        long start = System.nanoTime();
        var images = Flux.range(0, told.count())
                .flatMap(i -> client.generate(request), told.count())
                .filter(event -> event instanceof ImageEvent.Partial || event instanceof ImageEvent.Completed)
                .count()
                .block();
        double seconds = (System.nanoTime() - start) / 1e9;
        lag.stop();
        var stall = new Distribution();
        for (var note : Note.take(told.server())) {
            stall.add((reads.of(note.port()).done(note.offset()) - note.nanos()) / 1e6);
        }
        Say.number("images", images == null ? 0 : images.doubleValue());
        Say.number("seconds", seconds);
        stall.say("stallMillis");
        Say.number("lagMillis.max", lag.worstMillis());
        Say.number("heapPeakMegabytes", heap.get() / 1e6);
        Say.number("directPeakMegabytes", direct.get() / 1e6);
        Say.number("residentPeakMegabytes", residentPeak() / 1e6);
        System.exit(0);
    }

    private static long directBytes() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    private static long heapBytes() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long residentPeak() throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        return 0;
    }
}
