package dev.darkroom.benchmarks.bars;

import java.io.IOException;

/** One thing that is measured. */
@FunctionalInterface
public interface Bar {

    /** Measures, and writes what it found. */
    void measure(Bench bench, Findings findings) throws IOException, InterruptedException;
}
