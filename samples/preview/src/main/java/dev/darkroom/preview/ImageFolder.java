package dev.darkroom.preview;

import dev.darkroom.image.GeneratedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.util.FileSystemUtils;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Where the pictures of one page lie. Files rather than memory: a page may keep hundreds, and browsers may be slow. */
final class ImageFolder {

    private final Path path;
    private final AtomicInteger files = new AtomicInteger();

    private ImageFolder(Path path) {
        this.path = path;
    }

    /** Makes a folder; blocks. */
    static ImageFolder in(Path parent, String name) {
        try {
            return new ImageFolder(Files.createDirectory(parent.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A name that nothing has yet. */
    Path newFile() {
        return path.resolve("reference-" + files.incrementAndGet());
    }

    /** Whether nothing lies in it; blocks. */
    boolean isEmpty() throws IOException {
        try (var files = Files.list(path)) {
            return files.findAny().isEmpty();
        }
    }

    /** Writes a picture; signals on a thread that may block. */
    Mono<Picture> save(GeneratedImage image, String name, int version, boolean last) {
        var type = Objects.requireNonNullElse(image.mediaType(), "application/octet-stream");
        return image.writeTo(path.resolve(name)).map(file -> new Picture(version, last, type, image.size(), file));
    }

    /** Deletes a file which nobody is told of any more; on a thread that may block. One that is left goes with the folder. */
    static void delete(Path file) {
        Schedulers.boundedElastic().schedule(() -> {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // Some systems keep open files: the folder is deleted later.
            }
        });
    }

    /** Deletes everything; on a thread that may block. */
    void delete() {
        Schedulers.boundedElastic().schedule(() -> FileSystemUtils.deleteRecursively(path.toFile()));
    }
}
