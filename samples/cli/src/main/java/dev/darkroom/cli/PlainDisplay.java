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
    private Sentences sentences = new Sentences(1);
    private final Set<Integer> told = new HashSet<>();
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
        sentences = Sentences.of(request);
        say(sentences.asking(request));
    }

    @Override
    public void show(Kept kept) {
        var event = kept.event();
        if (event instanceof ImageEvent.TextChunk chunk) {
            text(chunk);
        } else if (event instanceof ImageEvent.ImageFailed failed) {
            told.add(failed.failure().index());
            say(sentences.failed(failed.failure()));
        } else if (event instanceof ImageEvent.ImageReady ready) {
            told.add(ready.image().index());
            kept.prints().forEach(this::say);
        } else if (event instanceof ImageEvent.Completed completed) {
            kept.prints().stream()
                    .filter(print -> told.add(print.image().index()))
                    .forEach(this::say);
            completed.result().failures().stream()
                    .filter(failure -> told.add(failure.index()))
                    .forEach(failure -> say(sentences.failed(failure)));
            say(sentences.done(completed.result(), kept.missing()));
        } else {
            kept.prints().forEach(print -> say(sentences.progress(event, print)));
        }
        kept.notes().forEach(this::note);
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
            say(sentences.text(chunk.phase(), characters));
        }
    }

    @Override
    public void throttled(Throttled throttled) {
        say(sentences.throttled(clock.instant(), throttled));
    }

    @Override
    public void fail(ImageException failure, List<Print> salvaged) {
        salvaged.forEach(this::say);
        salvaged.forEach(print -> print.faults().forEach(this::note));
        Explanation.of(failure).forEach(line -> err.println("darkroom: " + line));
    }

    @Override
    public void interrupt() {
        err.println("darkroom: " + Explanation.INTERRUPTED);
    }

    private void say(Print print) {
        say(sentences.print(print));
    }

    private void say(String sentence) {
        out.println(String.format("%8s  %s", Phrases.seconds(Duration.between(start, clock.instant())), sentence));
    }
}
