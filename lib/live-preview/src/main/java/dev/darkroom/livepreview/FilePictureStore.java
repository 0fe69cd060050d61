package dev.darkroom.livepreview;

import dev.darkroom.image.GeneratedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.util.FileSystemUtils;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A folder for each preview. Files rather than memory: a preview may keep hundreds, and browsers may be slow. Some systems keep
 * open files, so one that cannot be deleted goes with its folder, and a folder with the whole.
 */
final class FilePictureStore implements PictureStore, DisposableBean {

    private final Path root;

    FilePictureStore(Path root) {
        this.root = root;
    }

    /** In a temporary folder of its own; blocks. */
    static FilePictureStore temporary() throws IOException {
        return new FilePictureStore(Files.createTempDirectory("darkroom-preview-"));
    }

    @Override
    public Mono<Resource> save(String preview, String name, GeneratedImage image) {
        var folder = root.resolve(preview);
        return blocking(() -> Files.createDirectories(folder))
                .flatMap(there -> image.writeTo(there.resolve(name)))
                .map(FileSystemResource::new);
    }

    @Override
    public Mono<Void> delete(String preview, String name) {
        return blocking(() -> Files.deleteIfExists(root.resolve(preview).resolve(name)))
                .then();
    }

    @Override
    public Mono<Void> deleteAll(String preview) {
        return blocking(() -> FileSystemUtils.deleteRecursively(root.resolve(preview)))
                .then();
    }

    private static <T> Mono<T> blocking(Callable<T> work) {
        return Mono.fromCallable(work).subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public void destroy() {
        FileSystemUtils.deleteRecursively(root.toFile());
    }
}
