package dev.darkroom.cli;

import dev.darkroom.ImageClient;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Shows one generation: the images of its events are saved, then the display shows them.
 *
 * <p>Everything the display hears (events, refusals, ticks, the end) comes from one thread, which may block, so
 * that a slow terminal slows the stream down, and no event loop ever waits for a terminal or a disk.
 */
final class GenerationViewer {

    private static final long TICK_MILLIS = 100;

    private final ImageSaver saver;
    private final Display display;
    private final InterruptSignal interruptSignal;

    GenerationViewer(ImageSaver saver, Display display, InterruptSignal interruptSignal) {
        this.saver = saver;
        this.display = display;
        this.interruptSignal = interruptSignal;
    }

    /** Subscribes, and blocks until it is over; gives the exit code. */
    int run(ImageClient client, ImageRequest request) {
        var displayThread = Schedulers.single(Schedulers.boundedElastic());
        var ticking =
                displayThread.schedulePeriodically(display::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        try {
            var exitStatus = Mono.fromRunnable(() -> display.begin(request))
                    .subscribeOn(displayThread)
                    .then(shown(client, request, displayThread))
                    .takeUntilOther(interruptSignal.signal())
                    .switchIfEmpty(Mono.fromCallable(this::interrupted).subscribeOn(displayThread))
                    .block();
            return Objects.requireNonNull(exitStatus);
        } finally {
            ticking.dispose();
            displayThread.dispose();
        }
    }

    /** An error waits for its turn: it must not cut short the writing of an image which came before it. */
    private Mono<Integer> shown(ImageClient client, ImageRequest request, Scheduler displayThread) {
        return client.rateLimits(
                        r -> r.onThrottled(throttled -> displayThread.schedule(() -> display.throttled(throttled))))
                .generate(request)
                .concatMapDelayError(saver::keep, 1)
                .publishOn(displayThread, 1)
                .doOnNext(display::show)
                .last()
                .map(GenerationViewer::exitCode)
                .onErrorResume(ImageException.class, failure -> failed(failure, displayThread));
    }

    private Mono<Integer> failed(ImageException failure, Scheduler displayThread) {
        return saver.keep(failure.partialResult()).publishOn(displayThread).map(salvaged -> {
            display.fail(failure, salvaged);
            return ExitStatus.of(failure).exitCode();
        });
    }

    private int interrupted() {
        display.interrupt();
        return ExitStatus.INTERRUPTED;
    }

    private static int exitCode(SavedEvent last) {
        if (last.event() instanceof ImageEvent.Completed completed
                && completed.result().images().isEmpty()) {
            return ExitStatus.GENERATION_FAILED;
        }
        return last.missing() > 0 ? ExitStatus.SOFTWARE : ExitStatus.DONE;
    }
}
