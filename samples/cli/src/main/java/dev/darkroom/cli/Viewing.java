package dev.darkroom.cli;

import dev.darkroom.ImageClient;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Shows one generation: events go into the album, then to the display.
 *
 * <p>Everything the display hears (events, refusals, ticks, the end) is told by one thread, the stage; it may block, so
 * that a slow terminal slows the stream down, and no event loop ever waits for a terminal or a disk.
 */
final class Viewing {

    private static final long TICK_MILLIS = 100;

    private final Album album;
    private final Display display;
    private final Interruption interruption;

    Viewing(Album album, Display display, Interruption interruption) {
        this.album = album;
        this.display = display;
        this.interruption = interruption;
    }

    /** Subscribes, and blocks until it is over; gives the exit code. */
    int run(ImageClient client, ImageRequest request) {
        var stage = Schedulers.single(Schedulers.boundedElastic());
        var ticking = stage.schedulePeriodically(display::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        try {
            var ending = Mono.fromRunnable(() -> display.begin(request))
                    .subscribeOn(stage)
                    .then(shown(client, request, stage))
                    .takeUntilOther(interruption.signal())
                    .switchIfEmpty(Mono.fromCallable(this::interrupted).subscribeOn(stage))
                    .block();
            return Objects.requireNonNull(ending);
        } finally {
            ticking.dispose();
            stage.dispose();
        }
    }

    /** An error waits for its turn: it must not cut short the writing of an image which came before it. */
    private Mono<Integer> shown(ImageClient client, ImageRequest request, Scheduler stage) {
        return client.doOnThrottled(throttled -> stage.schedule(() -> display.throttled(throttled)))
                .generate(request)
                .concatMapDelayError(album::keep, 1)
                .publishOn(stage, 1)
                .doOnNext(display::show)
                .last()
                .map(Viewing::exitCode)
                .onErrorResume(ImageException.class, failure -> failed(failure, stage));
    }

    private Mono<Integer> failed(ImageException failure, Scheduler stage) {
        return album.keep(partialResult(failure)).publishOn(stage).map(salvaged -> {
            display.fail(failure, salvaged);
            return Ending.of(failure).exitCode();
        });
    }

    private int interrupted() {
        display.interrupt();
        return Ending.INTERRUPTED;
    }

    private static int exitCode(Kept last) {
        if (last.event() instanceof ImageEvent.Completed completed
                && completed.result().images().isEmpty()) {
            return Ending.GENERATION_FAILED;
        }
        return last.missing() > 0 ? Ending.SOFTWARE : Ending.DONE;
    }

    private static PartialResult partialResult(ImageException failure) {
        if (failure instanceof GenerationFailedException failed) {
            return failed.partialResult();
        }
        return failure instanceof OutcomeUnknownException unknown ? unknown.partialResult() : PartialResult.NOTHING;
    }
}
