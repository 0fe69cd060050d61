package dev.darkroom.benchmarks.child;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.darkroom.ImageClient;
import dev.darkroom.RateGates;
import dev.darkroom.gate.GateState;
import dev.darkroom.gate.RateGate;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToIntFunction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Two hundred callers who ask for one picture after the other, and of whom some leave: at a preview, at any moment, or read slowly. Says
 * at fixed times what the process holds, and at the end how calls ended, and that nothing is left of them.
 */
public final class Soak {

    private static final int CALLERS = 200;
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final ImageClient client;
    private final RateGate gate = RateGates.inMemory();
    private final Duration lasting;
    private final int samples;
    private final long start = System.nanoTime();
    private final Map<String, LongAdder> endings = new ConcurrentHashMap<>();

    private Soak(String server, Duration lasting, int samples) {
        this.lasting = lasting;
        this.samples = samples;
        this.client = ImageClient.named("openrouter", "sk-or-v1-soak")
                .baseUrl(server)
                .rateLimits(limits -> limits.gate(gate))
                .timeouts(limits -> limits.firstByte(Duration.ofSeconds(6)).silence(Duration.ofSeconds(3)));
    }

    /** Where the gateway is, for how many seconds, and how often it is looked at what is held. */
    public static void main(String[] arguments) throws Exception {
        var lasting = Duration.ofSeconds(Long.parseLong(arguments[1]));
        new Soak(arguments[0], lasting, Integer.parseInt(arguments[2])).run();
    }

    private void run() throws IOException, InterruptedException {
        var calls = Flux.range(0, CALLERS)
                .flatMap(caller -> callsOf(new Random(caller)), CALLERS)
                .then()
                .toFuture();
        for (int sample = 0; sample < samples; sample++) {
            TimeUnit.NANOSECONDS.sleep(start + lasting.toNanos() * (sample + 1) / samples - System.nanoTime());
            say(sample);
        }
        calls.orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS).join();
        new TreeMap<>(endings).forEach((ending, calls1) -> Say.number("calls." + ending, calls1.doubleValue()));
        Say.number("left.inGate", gateCount(GateState::inFlight) + gateCount(GateState::waiting));
        client.close();
        Thread.sleep(1_000);
        Say.number("left.sockets", sockets());
        System.exit(0);
    }

    private Mono<Void> callsOf(Random dice) {
        return Mono.defer(() -> call(dice))
                .repeat(() -> System.nanoTime() - start < lasting.toNanos())
                .then();
    }

    private Mono<Void> call(Random dice) {
        var events = client.generate(
                ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse " + dice.nextInt(50)).stream(true));
        double kind = dice.nextDouble();
        var read = kind < 0.6
                ? events
                : kind < 0.75
                        ? events.take(1)
                        : kind < 0.9
                                ? events.takeUntilOther(Mono.delay(Duration.ofMillis(dice.nextInt(3_000))))
                                : events.limitRate(1).delayElements(Duration.ofMillis(200));
        return read.last()
                .doOnNext(event -> count(event instanceof ImageEvent.Completed ? "completed" : "left"))
                .then()
                .onErrorResume(failure -> {
                    count(
                            failure instanceof java.util.NoSuchElementException
                                    ? "left"
                                    : failure.getClass().getSimpleName());
                    return Mono.empty();
                });
    }

    private void count(String ending) {
        endings.computeIfAbsent(ending, any -> new LongAdder()).increment();
    }

    private void say(int sample) throws IOException {
        System.gc();
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var direct = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
        var at = "." + sample;
        Say.number("minute" + at, (System.nanoTime() - start) / 60e9);
        Say.number("heap" + at, heap / 1e6);
        Say.number("direct" + at, direct / 1e6);
        Say.number("threads" + at, ManagementFactory.getThreadMXBean().getThreadCount());
        Say.number("sockets" + at, sockets());
        Say.number("descriptors" + at, (double) system.getOpenFileDescriptorCount());
        Say.number("inFlight" + at, gateCount(GateState::inFlight));
        Say.number("waiting" + at, gateCount(GateState::waiting));
        Say.number(
                "calls" + at,
                endings.values().stream().mapToDouble(LongAdder::doubleValue).sum());
    }

    private int gateCount(ToIntFunction<GateState> what) {
        return gate.states().stream().mapToInt(what).sum();
    }

    /** Connections of this process, whatever else it has that is a socket. */
    private static int sockets() throws IOException {
        var connections = new HashSet<String>();
        for (var table : List.of("tcp", "tcp6")) {
            try (var lines = Files.lines(Path.of("/proc/self/net", table))) {
                lines.skip(1).map(line -> line.strip().split(" +", 11)[9]).forEach(connections::add);
            }
        }
        int sockets = 0;
        try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (var descriptor : descriptors) {
                sockets += connections.contains(inode(descriptor)) ? 1 : 0;
            }
        }
        return sockets;
    }

    /** Of a socket; empty for anything else, and for what was closed meanwhile. */
    private static String inode(Path descriptor) {
        try {
            var what = Files.readSymbolicLink(descriptor).toString();
            return what.startsWith("socket:[") ? what.substring(8, what.length() - 1) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
