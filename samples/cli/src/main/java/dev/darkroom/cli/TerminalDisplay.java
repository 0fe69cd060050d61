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

    private final Canvas canvas;
    private final InstantSource clock;
    private final Instant start;
    private final List<Path> previews = new ArrayList<>();
    private final Set<Print> ready = new LinkedHashSet<>();
    private final Set<String> faults = new LinkedHashSet<>();
    private final Markup markup = new Markup();
    private Sentences sentences = new Sentences(1);
    private ContactSheet sheet = new ContactSheet(1);
    private String state = "";
    private @Nullable Throttled waiting;
    private boolean over;

    TerminalDisplay(Screen screen, InstantSource clock) {
        this.canvas = new Canvas(screen);
        this.clock = clock;
        this.start = clock.instant();
    }

    @Override
    public void begin(ImageRequest request) {
        sentences = Sentences.of(request);
        sheet = new ContactSheet(sentences.images());
        state = sentences.asking(request);
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
    public void show(Kept kept) {
        waiting = null;
        faults.addAll(kept.notes());
        var event = kept.event();
        if (event instanceof ImageEvent.Completed completed) {
            complete(completed, kept);
        } else if (event instanceof ImageEvent.TextChunk chunk) {
            markup.add(chunk);
            state = sentences.text(chunk.phase(), markup.length());
        } else if (event instanceof ImageEvent.ImageFailed failed) {
            state = sentences.failed(failed.failure());
        } else {
            state = sentences.progress(event);
            kept.prints().forEach(print -> develop(event, print));
        }
        tick();
    }

    private void develop(ImageEvent event, Print print) {
        if (event instanceof ImageEvent.Partial) {
            Stream.ofNullable(print.file()).forEach(previews::add);
        } else {
            ready.add(print);
        }
        if (sheet.add(print.image())) {
            canvas.picture(sheet, status());
        } else {
            state = state + ", " + Phrases.image(print.image()) + " cannot be drawn here";
        }
    }

    private void complete(ImageEvent.Completed completed, Kept kept) {
        var drawable = kept.prints().stream()
                .filter(print -> !ready.contains(print) && sheet.add(print.image()))
                .count();
        if (drawable > 0) {
            canvas.picture(sheet, status());
        }
        var result = completed.result();
        ready.addAll(kept.prints());
        end(result.images().isEmpty() || kept.missing() > 0 ? "✗" : "✓", sentences.done(result, kept.missing()));
        result.failures().forEach(failure -> canvas.line("  " + sentences.failed(failure)));
        sayWhereItIs();
    }

    @Override
    public void fail(ImageException failure, List<Print> salvaged) {
        var lines = Explanation.of(failure);
        ready.addAll(salvaged);
        salvaged.forEach(print -> faults.addAll(print.faults()));
        end("✗", lines.get(0));
        lines.stream().skip(1).forEach(line -> canvas.line("  " + line));
        sayWhereItIs();
    }

    @Override
    public void interrupt() {
        end("✗", Explanation.INTERRUPTED);
        sayWhereItIs();
    }

    @Override
    public void close() {
        canvas.close();
    }

    private void end(String mark, String sentence) {
        over = true;
        canvas.line(mark + " " + elapsed() + "  " + sentence);
    }

    private void sayWhereItIs() {
        ready.forEach(print -> canvas.line("  " + sentences.print(print)));
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
        var text = throttled != null && now.isBefore(throttled.until()) ? sentences.throttled(now, throttled) : state;
        return spin(now) + " " + elapsed() + "  " + text + (markup.length() > 0 ? "  " + markup.tail() : "");
    }

    private char spin(Instant now) {
        var tick = Duration.between(start, now).toMillis() * TICKS_A_SECOND / 1000;
        return SPINNER.charAt((int) (tick % SPINNER.length()));
    }

    private String elapsed() {
        return Phrases.seconds(Duration.between(start, clock.instant()));
    }
}
