package dev.darkroom.emulator.gateway.common;

import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.SseFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * When things happen.
 *
 * @param time the clock of delays and timestamps
 * @param workers where pictures are drawn
 * @param latency how long an image takes, drawing aside; zero for as fast as can be
 * @param partials previews per streamed image where no request can ask for a number, 0 or more
 * @param lookupDelay how long after its end nobody knows yet of a generation that is asked for by its id
 * @param keepAlive how often a stream says that it is alive; null for as often as the gateway usually does
 */
public record Timing(
        Scheduler time,
        Scheduler workers,
        Duration latency,
        int partials,
        Duration lookupDelay,
        @Nullable Duration keepAlive) {

    /** The same, on the threads of one call: what ends one of them ends the call, instead of leaving it waiting. */
    public Timing forCall(Call call) {
        return new Timing(
                call.fatalErrors().watch(time),
                call.fatalErrors().watch(workers),
                latency,
                partials,
                lookupDelay,
                keepAlive);
    }

    /** One of the equal shares of the latency, then the work. */
    <T> Mono<T> step(int steps, Callable<T> work) {
        var share = latency.dividedBy(steps);
        var done = Mono.fromCallable(work).subscribeOn(workers);
        return share.isZero() ? done : Mono.delay(share, time).then(done);
    }

    /**
     * A stream which says that it is alive. A reader too slow to take a comment misses it.
     *
     * @param frames the stream
     * @param defaultPeriod how often, if no setting says otherwise
     * @param text what the comment says
     * @return the stream with comments in it, which ends with the stream
     */
    public Flux<SseFrame> withKeepAlive(Flux<SseFrame> frames, Duration defaultPeriod, String text) {
        var ticks = Flux.interval(keepAlive == null ? defaultPeriod : keepAlive, time)
                .onBackpressureDrop();
        return frames.publish(
                shared -> Flux.merge(
                        shared,
                        ticks.<SseFrame>map(tick -> new SseFrame.Comment(text))
                                .takeUntilOther(shared.ignoreElements())),
                1);
    }

    /**
     * The present.
     *
     * @return to the millisecond
     */
    public Instant now() {
        return Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS));
    }

    /**
     * The present.
     *
     * @return Unix seconds
     */
    public long seconds() {
        return time.now(TimeUnit.SECONDS);
    }
}
