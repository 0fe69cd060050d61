package dev.darkroom.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;

/**
 * Replaces a file in one step: everything is written beside it first, then moved over it. Blocks; a cancelled
 * {@code Mono} interrupts the thread, which closes the channel and ends here in an exception.
 */
final class FileWriting {

    private FileWriting() {}

    static Path replace(Path file, List<ByteBuffer> content) throws IOException {
        // Not Files.createTempFile: its owner-only permissions would stick to the finished picture.
        // A short name: that of the file may be as long as the file system allows.
        var draft = file.resolveSibling(".darkroom-" + UUID.randomUUID() + ".part");
        try {
            write(draft, content);
            move(draft, file);
            return file;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void write(Path draft, List<ByteBuffer> content) throws IOException {
        try (var channel = FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (ByteBuffer segment : content) {
                while (segment.hasRemaining()) {
                    channel.write(segment);
                }
            }
        }
    }

    private static void move(Path draft, Path file) throws IOException {
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
