package dev.darkroom.emulator.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A body compressed as it goes: of each chunk everything can be read when it has come. One for each body. */
final class Compression {

    private final ByteArrayOutputStream made;
    private final OutputStream compressing;

    private Compression(ByteArrayOutputStream made, OutputStream compressing) {
        this.made = made;
        this.compressing = compressing;
    }

    /** With its tail (what was still held back, and the sum of all), or without. */
    static Flux<Chunk> gzip(Flux<Chunk> chunks, boolean tail) {
        return of(
                chunks,
                () -> {
                    var made = new ByteArrayOutputStream();
                    return new Compression(made, new GZIPOutputStream(made, true));
                },
                tail);
    }

    static Flux<Chunk> deflate(Flux<Chunk> chunks) {
        return of(
                chunks,
                () -> {
                    var made = new ByteArrayOutputStream();
                    return new Compression(made, new DeflaterOutputStream(made, true));
                },
                true);
    }

    private static Flux<Chunk> of(Flux<Chunk> chunks, Callable<Compression> begin, boolean tail) {
        return Mono.fromCallable(begin).flatMapMany(body -> {
            var compressed = chunks.map(body::compressed);
            return tail ? compressed.concatWith(Mono.fromSupplier(body::end)) : compressed;
        });
    }

    private Chunk compressed(Chunk chunk) {
        try {
            compressing.write(chunk.bytes());
            compressing.flush();
            return new Chunk(taken(), chunk.event());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Chunk end() {
        try {
            compressing.close();
            return new Chunk(taken(), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] taken() {
        var bytes = made.toByteArray();
        made.reset();
        return bytes;
    }
}
