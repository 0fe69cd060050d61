package dev.darkroom.cli;

import dev.darkroom.gate.Throttled;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A line for everything that happens, for pipes, logs and terminals which cannot draw. */
final class PlainDisplay implements Display {

    private final PrintWriter out;
    private final PrintWriter err;
    private final InstantSource clock;
    private final Instant start;
    private ProgressText progressText = new ProgressText(1);
    private final Set<Integer> reported = new HashSet<>();
    private final Set<String> noted = new HashSet<>();
    private long characters;

    PlainDisplay(PrintWriter out, PrintWriter err, InstantSource clock) {
        this.out = out;
        this.err = err;
        this.clock = clock;
        this.start = clock.instant();
    }

    @Override
    public void begin(ImageRequest request) {
        progressText = ProgressText.of(request);
        say(progressText.asking(request));
    }

    @Override
    public void show(SavedEvent savedEvent) {
        var event = savedEvent.event();
        if (event instanceof ImageEvent.TextChunk chunk) {
            text(chunk);
        } else if (event instanceof ImageEvent.ImageFailed failed) {
            reported.add(failed.failure().index());
            say(progressText.failed(failed.failure()));
        } else if (event instanceof ImageEvent.ImageReady ready) {
            reported.add(ready.image().index());
            savedEvent.savedImages().forEach(this::say);
        } else if (event instanceof ImageEvent.Completed completed) {
            savedEvent.savedImages().stream()
                    .filter(savedImage -> reported.add(savedImage.image().index()))
                    .forEach(this::say);
            completed.result().failures().stream()
                    .filter(failure -> reported.add(failure.index()))
                    .forEach(failure -> say(progressText.failed(failure)));
            say(progressText.done(completed.result(), savedEvent.missing()));
        } else {
            savedEvent.savedImages().forEach(savedImage -> say(progressText.progress(event, savedImage)));
        }
        savedEvent.notes().forEach(this::note);
    }

    /** Once: an image that is ready comes again with the result. */
    private void note(String fault) {
        if (noted.add(fault)) {
            err.println("darkroom: " + fault);
        }
    }

    /** Markup comes in hundreds of small pieces; a line for each thousand characters is enough. */
    private void text(ImageEvent.TextChunk chunk) {
        var before = characters;
        characters += chunk.text().length();
        if (before == 0 || before / 1000 != characters / 1000) {
            say(progressText.text(chunk.phase(), characters));
        }
    }

    @Override
    public void throttled(Throttled throttled) {
        say(progressText.throttled(clock.instant(), throttled));
    }

    @Override
    public void fail(ImageException failure, List<SavedImage> salvaged) {
        salvaged.forEach(this::say);
        salvaged.forEach(savedImage -> savedImage.faults().forEach(this::note));
        FailureMessage.of(failure).forEach(line -> err.println("darkroom: " + line));
    }

    @Override
    public void interrupt() {
        err.println("darkroom: " + FailureMessage.INTERRUPTED);
    }

    private void say(SavedImage savedImage) {
        say(progressText.print(savedImage));
    }

    private void say(String sentence) {
        out.println(String.format("%8s  %s", HumanText.seconds(Duration.between(start, clock.instant())), sentence));
    }
}
