package dev.darkroom.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Replaces a file in one step: everything is written beside it first, then moved over it. Blocks. Written by a stream, which no
 * interrupt closes: a channel would be closed by the thread that cancels, and that one, perhaps an event loop, would wait for the disk.
 */
final class FileWriting {

    private static final int PIECE = 64 << 10;

    private FileWriting() {}

    /** Stops, and leaves the file as it was, as soon as nobody wants it any more. */
    static Path replace(Path file, List<ByteBuffer> content, BooleanSupplier abandoned) throws IOException {
        // Not Files.createTempFile: its owner-only permissions would stick to the finished picture.
        // A short name: that of the file may be as long as the file system allows.
        var draft = file.resolveSibling(".darkroom-" + UUID.randomUUID() + ".part");
        try {
            if (write(draft, content, abandoned)) {
                move(draft, file);
            }
            return file;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static boolean write(Path draft, List<ByteBuffer> content, BooleanSupplier abandoned) throws IOException {
        var piece = new byte[PIECE];
        try (var output = Files.newOutputStream(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (ByteBuffer segment : content) {
                while (segment.hasRemaining() && !abandoned.getAsBoolean()) {
                    int length = Math.min(piece.length, segment.remaining());
                    segment.get(piece, 0, length);
                    output.write(piece, 0, length);
                }
            }
        }
        return !abandoned.getAsBoolean();
    }

    private static void move(Path draft, Path file) throws IOException {
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
