package dev.darkroom.emulator.openrouter;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * When things happen.
 *
 * @param time the clock of delays and timestamps
 * @param workers where pictures are drawn
 * @param latency how long an image takes, drawing aside; zero for as fast as can be
 * @param partials previews per streamed image, 0 or more
 * @param keepAlive how often a stream says that it is alive
 */
public record Pace(Scheduler time, Scheduler workers, Duration latency, int partials, Duration keepAlive) {

    /** One of the equal shares of the latency, then the work. */
    <T> Mono<T> step(int steps, Callable<T> work) {
        var share = latency.dividedBy(steps);
        var done = Mono.fromCallable(work).subscribeOn(workers);
        return share.isZero() ? done : Mono.delay(share, time).then(done);
    }

    /** A tick each period. A reader too slow to take a tick misses it. */
    Flux<Long> ticks() {
        return Flux.interval(keepAlive, time).onBackpressureDrop();
    }

    long millis() {
        return time.now(TimeUnit.MILLISECONDS);
    }

    long seconds() {
        return time.now(TimeUnit.SECONDS);
    }
}
