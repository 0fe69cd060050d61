package dev.darkroom.emulator.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A body compressed as it goes: of each chunk everything can be read when it has come. One for each body. */
final class Gzip {

    private final ByteArrayOutputStream made = new ByteArrayOutputStream();
    private final GZIPOutputStream gzip;

    private Gzip() throws IOException {
        gzip = new GZIPOutputStream(made, true);
    }

    static Flux<Chunk> of(Flux<Chunk> chunks) {
        return Mono.fromCallable(Gzip::new)
                .flatMapMany(body -> chunks.map(body::compressed).concatWith(Mono.fromSupplier(body::end)));
    }

    private Chunk compressed(Chunk chunk) {
        try {
            gzip.write(chunk.bytes());
            gzip.flush();
            return new Chunk(taken(), chunk.event());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Chunk end() {
        try {
            gzip.close();
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
