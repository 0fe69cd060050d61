package dev.darkroom.benchmarks.child;

import java.util.concurrent.atomic.LongAdder;

/** Reads a few streams, in whatever heap its parent gives it. It ends with 0 if all bytes came. */
public final class SmallHeap {

    private SmallHeap() {}

    /** See {@link Arguments}; the count is in streams. */
    public static void main(String[] arguments) {
        var told = Arguments.parse(arguments);
        var bytes = new LongAdder();
        try (var peer = told.contender().connect(told.base())) {
            for (int i = 0; i < told.count(); i++) {
                peer.read(image -> image.forEach(segment -> bytes.add(segment.remaining())));
            }
        }
        System.exit(bytes.sum() == told.shape().decodedBytes() * told.count() ? 0 : 1);
    }
}
