package dev.darkroom.cli;

import dev.darkroom.pipeline.Pipeline;
import dev.darkroom.pipeline.Progress;
import dev.darkroom.pipeline.Summary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Runs a batch and shows it. Ctrl-C ends it early: what is in flight may be paid for already, so it is waited for; whoever cannot wait
 * kills the program, which the next run gets over.
 */
final class BatchViewer {

    private static final long TICK_MILLIS = 250;
    private static final Duration IN_FLIGHT = Duration.ofMinutes(5);

    private final Pipeline pipeline;
    private final BatchView view;
    private final InterruptSignal interruptSignal;

    BatchViewer(Pipeline pipeline, BatchView view, InterruptSignal interruptSignal) {
        this.pipeline = pipeline;
        this.view = view;
        this.interruptSignal = interruptSignal;
    }

    /** Blocks until it is over; gives the exit code. */
    int run(boolean settle) {
        interruptSignal.waitFor(IN_FLIGHT);
        var displayThread = Schedulers.newSingle("darkroom-batch", true);
        var ticking = displayThread.schedulePeriodically(
                () -> view.tick(pipeline.progress()), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        var interruption = interruptSignal.signal().publishOn(displayThread).subscribe(nothing -> {}, e -> {}, () -> {
            pipeline.stop();
            view.stopping(pipeline.progress());
        });
        try {
            var events = settle ? pipeline.settle().takeUntilOther(interruptSignal.signal()) : pipeline.run();
            events.publishOn(displayThread, 1).doOnNext(view::ended).blockLast();
            ticking.dispose();
            var summary = pipeline.report();
            Mono.fromRunnable(() -> view.summary(summary))
                    .subscribeOn(displayThread)
                    .block();
            return exitCode(summary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            interruption.dispose();
            ticking.dispose();
            displayThread.dispose();
        }
    }

    private static int exitCode(Summary summary) {
        return switch (Objects.requireNonNullElse(summary.stopped(), "")) {
            case "interrupted" -> ExitStatus.INTERRUPTED;
            case "credentials", "credits" -> ExitStatus.REJECTED;
            case "disk" -> ExitStatus.SOFTWARE;
            default -> exitCode(summary.progress());
        };
    }

    private static int exitCode(Progress progress) {
        if (progress.unknown() > 0) {
            return ExitStatus.OUTCOME_UNKNOWN;
        }
        if (progress.failed() > 0) {
            return ExitStatus.GENERATION_FAILED;
        }
        return progress.left() > 0 ? ExitStatus.UNAVAILABLE : ExitStatus.DONE;
    }
}
