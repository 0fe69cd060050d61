package dev.darkroom.cli;

import dev.darkroom.pipeline.JobEvent;
import dev.darkroom.pipeline.JobState;
import dev.darkroom.pipeline.Progress;
import dev.darkroom.pipeline.Summary;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A batch for people. On a terminal one line is always there, and tells how far it is; elsewhere such a line comes now and then. What went
 * wrong has a line of its own. Of one thread.
 */
final class BatchDisplay implements BatchView {

    private static final Duration NOW_AND_THEN = Duration.ofSeconds(10);
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter out;
    private final PrintWriter err;
    private final @Nullable Screen screen;
    private final InstantSource clock;
    private Instant next;

    BatchDisplay(PrintWriter out, PrintWriter err, @Nullable Screen screen, InstantSource clock) {
        this.out = out;
        this.err = err;
        this.screen = screen;
        this.clock = clock;
        this.next = clock.instant().plus(NOW_AND_THEN);
    }

    @Override
    public void ended(JobEvent event) {
        if (event.state() != JobState.DONE) {
            say(err, "darkroom: " + BatchText.failure(event));
        }
    }

    @Override
    public void tick(Progress progress) {
        var line = BatchText.progress(clock.instant(), progress);
        if (screen != null) {
            var room = Math.max(1, screen.columns() - 1);
            screen.print(CLEAR + line.substring(0, Math.min(line.length(), room)));
        } else if (!clock.instant().isBefore(next)) {
            next = clock.instant().plus(NOW_AND_THEN);
            out.println(line);
        }
    }

    @Override
    public void stopping(Progress progress) {
        say(err, "darkroom: interrupted; nothing more is sent, " + progress.running() + " in flight are waited for");
    }

    @Override
    public void summary(Summary summary) {
        if (screen != null) {
            screen.print(CLEAR);
        }
        BatchText.summary(summary).forEach(out::println);
    }

    private void say(PrintWriter where, String sentence) {
        if (screen == null) {
            where.println(sentence);
        } else {
            screen.print(CLEAR + sentence + "\r\n");
        }
    }

    @Override
    public void close() {
        if (screen != null) {
            screen.close();
        }
    }
}
