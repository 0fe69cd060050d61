package dev.darkroom.preview;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitFailureHandler;

/**
 * Numbers the changes of one page, and wakes whoever watches. A wake-up says no more than that something changed, so it
 * does not matter how many of them a slow watcher misses.
 */
final class Changes {

    private final AtomicLong last = new AtomicLong();
    private final Sinks.Many<Long> bell = Sinks.many().multicast().directBestEffort();

    long next() {
        return last.incrementAndGet();
    }

    long last() {
        return last.get();
    }

    void tell() {
        bell.emitNext(last(), EmitFailureHandler.busyLooping(Duration.ofSeconds(1)));
    }

    /** One wake-up at once, then at most one that waits to be read. */
    Flux<Long> wakeUps() {
        return bell.asFlux().mergeWith(Flux.just(last())).onBackpressureLatest();
    }
}
