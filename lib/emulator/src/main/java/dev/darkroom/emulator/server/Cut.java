package dev.darkroom.emulator.server;

import reactor.core.publisher.Flux;

/** Faults in the middle of an event, or of a document. */
final class Cut {

    private Cut() {}

    /** Whole chunks until enough events have passed, then one half of the next, then the end. */
    static Flux<Chunk> halved(Flux<Chunk> chunks, int before) {
        return Flux.defer(() -> {
            var passed = new int[1];
            return chunks.handle((chunk, sink) -> {
                if (chunk.event() && passed[0]++ == before) {
                    sink.next(chunk.firstHalf());
                    sink.complete();
                } else {
                    sink.next(chunk);
                }
            });
        });
    }

    /** All chunks, but one event has some bytes in its middle which belong nowhere. */
    static Flux<Chunk> spoiled(Flux<Chunk> chunks, int before, int size) {
        return Flux.defer(() -> {
            var passed = new int[1];
            return chunks.map(chunk ->
                    chunk.event() && passed[0]++ == before ? new Chunk(spoiled(chunk.bytes(), size), true) : chunk);
        });
    }

    private static byte[] spoiled(byte[] bytes, int size) {
        int first = bytes.length / 2;
        return Bytes.spoiled(bytes, first, Math.min(bytes.length, first + size));
    }
}
