package dev.darkroom.livepreview;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Numbers the changes of one page, and wakes whoever watches. A wake-up says no more than that something changed, so it
 * does not matter how many of them a slow watcher misses.
 */
final class ChangeSignal {

    private final AtomicLong last = new AtomicLong();
    private final AtomicInteger pending = new AtomicInteger();
    private final Sinks.Many<Long> signal = Sinks.many().multicast().directBestEffort();

    long next() {
        return last.incrementAndGet();
    }

    long last() {
        return last.get();
    }

    /** Never waits: who comes while the bell rings leaves it to the one that rings to do so once more. */
    void notifyWatchers() {
        if (pending.getAndIncrement() != 0) {
            return;
        }
        int handled = 1;
        do {
            signal.tryEmitNext(last()); // nobody watches, or one is busy and has a wake-up already
            handled = pending.addAndGet(-handled);
        } while (handled != 0);
    }

    /** One wake-up at once, then at most one that waits to be read. */
    Flux<Long> wakeUps() {
        return signal.asFlux().mergeWith(Flux.just(last())).onBackpressureLatest();
    }
}
