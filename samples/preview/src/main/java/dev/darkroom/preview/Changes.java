package dev.darkroom.preview;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Numbers the changes of one page, and wakes whoever watches. A wake-up says no more than that something changed, so it
 * does not matter how many of them a slow watcher misses.
 */
final class Changes {

    private final AtomicLong last = new AtomicLong();
    private final AtomicInteger rings = new AtomicInteger();
    private final Sinks.Many<Long> bell = Sinks.many().multicast().directBestEffort();

    long next() {
        return last.incrementAndGet();
    }

    long last() {
        return last.get();
    }

    /** Never waits: who comes while the bell rings leaves it to the one that rings to do so once more. */
    void tell() {
        if (rings.getAndIncrement() != 0) {
            return;
        }
        int heard = 1;
        do {
            bell.tryEmitNext(last()); // nobody watches, or one is busy and has a wake-up already
            heard = rings.addAndGet(-heard);
        } while (heard != 0);
    }

    /** One wake-up at once, then at most one that waits to be read. */
    Flux<Long> wakeUps() {
        return bell.asFlux().mergeWith(Flux.just(last())).onBackpressureLatest();
    }
}
