package dev.darkroom.preview;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Where reference images lie as long as a picture may be asked for once more. */
@Component
final class ReferenceFolder implements DisposableBean {

    private final Path path;
    private final AtomicInteger names = new AtomicInteger();

    ReferenceFolder() throws IOException {
        this.path = Files.createTempDirectory("darkroom-references-");
    }

    /** Writes uploads into files; the name which a browser gives is nothing to build a path of. */
    Mono<List<Path>> keep(Flux<FilePart> uploads) {
        return uploads.concatMap(upload -> {
                    var file = path.resolve(String.valueOf(names.incrementAndGet()));
                    return upload.transferTo(file).thenReturn(file);
                })
                .collectList();
    }

    /** On a thread that may block. One that is left goes with the folder. */
    void delete(List<Path> unused) {
        Schedulers.boundedElastic()
                .schedule(() -> unused.forEach(file -> FileSystemUtils.deleteRecursively(file.toFile())));
    }

    /** How many lie in it; blocks. */
    long files() throws IOException {
        try (var left = Files.list(path)) {
            return left.count();
        }
    }

    @Override
    public void destroy() {
        FileSystemUtils.deleteRecursively(path.toFile());
    }
}
