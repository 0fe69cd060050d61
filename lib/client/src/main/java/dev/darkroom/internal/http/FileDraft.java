package dev.darkroom.internal.http;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A file in the making, beside the one it will replace. Written by one worker of {@code boundedElastic}; a cancellation
 * discards it from another, so all methods lock. A plain stream, because a channel is closed by the interrupt with which a
 * cancellation comes, in the midst of a write.
 */
final class FileDraft {

    /** Pieces on their way from the event loop to the disk. */
    private static final int AHEAD = 4;

    private final Path file;
    private @Nullable Path draft;
    private @Nullable OutputStream output;
    private boolean over;

    private FileDraft(Path file) {
        this.file = file;
    }

    /** Writes the pieces, each an array of its own, and then replaces the file; leaves nothing behind if that fails. */
    static Mono<Path> written(Flux<ByteBuffer> pieces, Path file) {
        return Mono.usingWhen(
                Mono.fromSupplier(() -> new FileDraft(file)),
                draft -> pieces.publishOn(Schedulers.boundedElastic(), AHEAD)
                        .<Void>handle((piece, nothing) -> {
                            try {
                                draft.append(piece);
                            } catch (IOException e) {
                                nothing.error(e);
                            }
                        })
                        .then(Mono.fromCallable(draft::replace)),
                draft -> Mono.empty(),
                (draft, failure) -> draft.discarded(),
                FileDraft::discarded);
    }

    private synchronized void append(ByteBuffer piece) throws IOException {
        if (over) {
            return; // cancelled while this piece was on its way
        }
        if (output == null) {
            draft = file.resolveSibling(".darkroom-" + UUID.randomUUID() + ".part");
            output = new FileOutputStream(draft.toFile());
        }
        output.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
    }

    private synchronized Path replace() throws IOException {
        if (over || draft == null) {
            return file; // nobody listens
        }
        over = true;
        try {
            close();
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    private Mono<Void> discarded() {
        return Mono.<Void>fromRunnable(this::discard).subscribeOn(Schedulers.boundedElastic());
    }

    private synchronized void discard() {
        over = true;
        try {
            close();
            if (draft != null) {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            // A leftover with a name of its own; what went wrong before it is what has to be told.
        }
    }

    private void close() throws IOException {
        if (output != null) {
            output.close();
        }
    }
}
