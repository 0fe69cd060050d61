package dev.darkroom.benchmarks.peers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Paints a file of prompts into a folder, one picture each, at OpenAI's API, as its kind does. */
public interface BulkPainter {

    /** What tables call it. */
    String title();

    /** Fetches what it needs; false if that cannot be had here. */
    boolean prepare() throws IOException, InterruptedException;

    /** Paints, and tells how many prompts it names of which nobody knows whether they are paid for. */
    int paint(URI openAi, Path input, Path folder, int concurrency) throws IOException, InterruptedException;

    /** All of them: ours, ours started once more, OpenAI's client for Node, and the script's habits around the one for Python. */
    static List<BulkPainter> all() {
        return List.of(
                new PipelinePainter(1),
                new PipelinePainter(2),
                ProgramPainter.ofDefaults(),
                ProgramPainter.ofTheScript());
    }
}
