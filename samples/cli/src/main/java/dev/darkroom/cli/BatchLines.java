package dev.darkroom.cli;

import dev.darkroom.pipeline.JobEvent;
import dev.darkroom.pipeline.Progress;
import dev.darkroom.pipeline.Summary;
import java.io.PrintWriter;

/** A batch for programs: a JSON object for each prompt that ends, one for the progress every few seconds, and one at the end. */
final class BatchLines implements BatchView {

    private static final int TICKS = 20;

    private final PrintWriter out;
    private int ticks;

    BatchLines(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void ended(JobEvent event) {
        out.println(JsonLine.event("prompt")
                .with("index", event.index() + 1)
                .with("line", event.line())
                .with("state", event.state().word())
                .with("files", event.files())
                .with("cost", event.cost())
                .with("cost_unit", event.unit().isEmpty() ? null : event.unit())
                .with("kind", event.kind())
                .with("message", event.message())
                .with("provider_message", event.providerMessage()));
    }

    @Override
    public void tick(Progress progress) {
        if (++ticks % TICKS == 0) {
            out.println(BatchText.json(JsonLine.event("progress"), progress));
        }
    }

    @Override
    public void stopping(Progress progress) {
        out.println(BatchText.json(JsonLine.event("stopping"), progress));
    }

    @Override
    public void summary(Summary summary) {
        out.println(BatchText.json(JsonLine.event("summary"), summary.progress())
                .with("stopped", summary.stopped())
                .with("why", summary.why())
                .with("unknown_lines", summary.unknownLines()));
    }
}
