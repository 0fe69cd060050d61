package dev.darkroom.internal.http;

import dev.darkroom.internal.wire.HeapBudget;
import dev.darkroom.settings.Limits;

/**
 * What one request may keep: its limits, and of the heap what is left. Shared by what reads its answer and what fetches its
 * images, on whatever threads.
 *
 * @param limits as they are set
 * @param heap what is taken of it
 */
public record Allowance(Limits limits, HeapBudget heap) {

    /**
     * An allowance of which nothing is taken.
     *
     * @param limits as they are set
     * @return the allowance of one request
     */
    public static Allowance of(Limits limits) {
        return new Allowance(limits, new HeapBudget(limits.heapBytes()));
    }

    /** What is written to a disk takes nothing of the heap. */
    Allowance onDisk() {
        return new Allowance(limits, new HeapBudget(Long.MAX_VALUE));
    }
}
