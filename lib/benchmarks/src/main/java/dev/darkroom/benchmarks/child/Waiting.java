package dev.darkroom.benchmarks.child;

import dev.darkroom.ImageClient;
import dev.darkroom.RateGates;
import dev.darkroom.gate.GateState;
import dev.darkroom.gate.RateGate;
import dev.darkroom.image.ImageRequest;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** Lets very many generations wait at once, and says what each of them keeps. */
public final class Waiting {

    /** For what they wait. */
    public enum For {
        /** The head of an answer. */
        SENT,
        /** What comes behind a preview. */
        PREVIEWED,
        /** Their turn, in the queue of a quota that is closed. */
        QUEUED
    }

    private static final ImageRequest REQUEST =
            ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse at dawn").stream(true);

    private static final int WARM_UP = 20;
    /** Fewer than wait in a server's backlog. */
    private static final int AT_ONCE = 250;

    /** Until then connections are closed that were, and what remembers an answer has forgotten it. */
    private static final int SETTLED_MILLIS = 500;

    private static final long LONGEST = TimeUnit.MINUTES.toNanos(2);

    private final For what;
    private final ImageClient client;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger previews = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final RateGate gate = RateGates.inMemory();

    private Waiting(For what, String server) {
        this.what = what;
        this.client = ImageClient.openRouter("sk-or-nobody")
                .baseUrl(server + "/" + what)
                .connections(c -> c.max(20_000))
                .rateLimits(r -> r.gate(gate).maxWait(Duration.ofHours(2)))
                .customize(http -> http.doAfterRequest((request, connection) -> sent.incrementAndGet()));
    }

    /** Where the server is, for what is waited, and how many do. */
    public static void main(String[] arguments) throws InterruptedException {
        var what = For.valueOf(arguments[1]);
        int count = Integer.parseInt(arguments[2]);
        new Waiting(what, arguments[0]).begin(WARM_UP).dispose();
        var waiting = new Waiting(what, arguments[0]);
        var first = waiting.begin(1); // the pool, the queue, and what else there is one of
        var heap = heap();
        var direct = direct();
        long start = System.nanoTime();
        var all = waiting.begin(count);
        Say.number("microsEach", (System.nanoTime() - start) / 1e3 / count);
        Say.number("heapEach", (double) (heap() - heap) / count);
        Say.number("directEach", (double) (direct() - direct) / count);
        Say.number("ended", waiting.ended.get());
        first.dispose();
        all.dispose();
        System.exit(0);
    }

    private Disposable begin(int count) throws InterruptedException {
        var all = Disposables.composite();
        int before = waiting();
        long start = System.nanoTime();
        for (int i = 1; i <= count; i++) {
            all.add(client.generate(REQUEST)
                    .subscribe(
                            event -> previews.incrementAndGet(),
                            failure -> ended.incrementAndGet(),
                            ended::incrementAndGet));
            while ((i == count || i % AT_ONCE == 0) && waiting() < before + i) {
                Thread.sleep(1);
                if (System.nanoTime() - start > LONGEST) {
                    throw new IllegalStateException(waiting() + " wait, not " + (before + i));
                }
            }
        }
        return all;
    }

    private int waiting() {
        return switch (what) {
            case SENT -> sent.get();
            case PREVIEWED -> previews.get();
            case QUEUED -> gate.states().stream().mapToInt(GateState::waiting).sum();
        };
    }

    private static long heap() throws InterruptedException {
        Thread.sleep(SETTLED_MILLIS);
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static long direct() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }
}
