package dev.darkroom.cli;

import dev.darkroom.gate.Throttled;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Draws every preview in the place of the one before, and says below how long it has taken and what it is doing. */
final class TerminalDisplay implements Display {

    private static final String SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    private static final int TICKS_A_SECOND = 10;

    private final TerminalCanvas canvas;
    private final InstantSource clock;
    private final Instant start;
    private final List<Path> previews = new ArrayList<>();
    private final Set<SavedImage> ready = new LinkedHashSet<>();
    private final Set<String> faults = new LinkedHashSet<>();
    private final MarkupProgress markup = new MarkupProgress();
    private ProgressText progressText = new ProgressText(1);
    private ContactSheet sheet = new ContactSheet(1);
    private String state = "";
    private @Nullable Throttled waiting;
    private boolean over;

    TerminalDisplay(Screen screen, InstantSource clock) {
        this.canvas = new TerminalCanvas(screen);
        this.clock = clock;
        this.start = clock.instant();
    }

    @Override
    public void begin(ImageRequest request) {
        progressText = ProgressText.of(request);
        sheet = new ContactSheet(progressText.images());
        state = progressText.asking(request);
        tick();
    }

    @Override
    public void tick() {
        if (!over) {
            canvas.status(status());
        }
    }

    @Override
    public void throttled(Throttled throttled) {
        waiting = throttled;
        tick();
    }

    @Override
    public void show(SavedEvent savedEvent) {
        waiting = null;
        faults.addAll(savedEvent.notes());
        var event = savedEvent.event();
        if (event instanceof ImageEvent.Completed completed) {
            complete(completed, savedEvent);
        } else if (event instanceof ImageEvent.TextChunk chunk) {
            markup.add(chunk);
            state = progressText.text(chunk.phase(), markup.length());
        } else if (event instanceof ImageEvent.ImageFailed failed) {
            state = progressText.failed(failed.failure());
        } else {
            state = progressText.progress(event);
            savedEvent.savedImages().forEach(savedImage -> develop(event, savedImage));
        }
        tick();
    }

    private void develop(ImageEvent event, SavedImage savedImage) {
        if (event instanceof ImageEvent.Partial) {
            Stream.ofNullable(savedImage.file()).forEach(previews::add);
        } else {
            ready.add(savedImage);
        }
        if (sheet.add(savedImage.image())) {
            canvas.picture(sheet, status());
        } else {
            state = state + ", " + HumanText.image(savedImage.image()) + " cannot be drawn here";
        }
    }

    private void complete(ImageEvent.Completed completed, SavedEvent savedEvent) {
        var drawable = savedEvent.savedImages().stream()
                .filter(savedImage -> !ready.contains(savedImage) && sheet.add(savedImage.image()))
                .count();
        if (drawable > 0) {
            canvas.picture(sheet, status());
        }
        var result = completed.result();
        ready.addAll(savedEvent.savedImages());
        end(
                result.images().isEmpty() || savedEvent.missing() > 0 ? "✗" : "✓",
                progressText.done(result, savedEvent.missing()));
        result.failures().forEach(failure -> canvas.line("  " + progressText.failed(failure)));
        listFiles();
    }

    @Override
    public void fail(ImageException failure, List<SavedImage> salvaged) {
        var lines = FailureMessage.of(failure);
        ready.addAll(salvaged);
        salvaged.forEach(savedImage -> faults.addAll(savedImage.faults()));
        end("✗", lines.get(0));
        lines.stream().skip(1).forEach(line -> canvas.line("  " + line));
        listFiles();
    }

    @Override
    public void interrupt() {
        end("✗", FailureMessage.INTERRUPTED);
        listFiles();
    }

    @Override
    public void close() {
        canvas.close();
    }

    private void end(String mark, String sentence) {
        over = true;
        canvas.line(mark + " " + elapsed() + "  " + sentence);
    }

    private void listFiles() {
        ready.forEach(savedImage -> canvas.line("  " + progressText.print(savedImage)));
        faults.forEach(fault -> canvas.line("  " + fault));
        if (!previews.isEmpty()) {
            var last = previews.size() == 1
                    ? ""
                    : " … " + previews.get(previews.size() - 1).getFileName();
            canvas.line("  " + (previews.size() == 1 ? "preview" : previews.size() + " previews") + ": "
                    + previews.get(0) + last);
        }
    }

    private String status() {
        var now = clock.instant();
        var throttled = waiting;
        var text =
                throttled != null && now.isBefore(throttled.until()) ? progressText.throttled(now, throttled) : state;
        return spin(now) + " " + elapsed() + "  " + text + (markup.length() > 0 ? "  " + markup.tail() : "");
    }

    private char spin(Instant now) {
        var tick = Duration.between(start, now).toMillis() * TICKS_A_SECOND / 1000;
        return SPINNER.charAt((int) (tick % SPINNER.length()));
    }

    private String elapsed() {
        return HumanText.seconds(Duration.between(start, clock.instant()));
    }
}
