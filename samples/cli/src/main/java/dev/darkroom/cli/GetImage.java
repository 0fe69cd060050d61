package dev.darkroom.cli;

import dev.darkroom.StoredImages;
import dev.darkroom.image.GeneratedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** {@code darkroom images get}. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Fetches a stored image, or says where it is.")
final class GetImage extends StoredImagesCommand {

    @Parameters(paramLabel = "ID", description = "Which image, as 'darkroom images list' names it.")
    @SuppressWarnings("NullAway.Init") // required
    private String id;

    @Option(
            names = "--out",
            paramLabel = "DIR|FILE",
            description =
                    "Where it goes (default: ${DEFAULT-VALUE}). A name with a dot is a file, which is replaced; any"
                            + " other is a folder, where nothing is ever overwritten.")
    private Path out = Path.of("darkroom-out");

    @Option(names = "--url", description = "Print a URL of it instead, which dies after an hour or so.")
    private boolean url;

    GetImage(ProcessContext process) {
        super(process);
    }

    @Override
    Mono<Integer> run(StoredImages stored) {
        if (url) {
            return stored.url(id).map(where -> {
                print(isJson() ? new JsonLine().with("id", id).with("url", where) + "\n" : where + "\n");
                return ExitStatus.DONE;
            });
        }
        return saved(stored).publishOn(Schedulers.boundedElastic()).map(file -> {
            print(isJson() ? line(file) + "\n" : file + "\n");
            return ExitStatus.DONE;
        });
    }

    private Mono<Path> saved(StoredImages stored) {
        return isFile() ? stored.content(id, out) : stored.content(id).flatMap(this::shelved);
    }

    private boolean isFile() {
        var name = out.getFileName();
        return !Files.isDirectory(out) && name != null && name.toString().lastIndexOf('.') > 0;
    }

    /** A folder's file is named by the image's type, so its bytes have to be here first. */
    private Mono<Path> shelved(GeneratedImage image) {
        var names = FileNames.of(id, 1);
        return Mono.usingWhen(
                blocking(() -> OutputFolder.in(out, names).claim(names.image(0, image.fileExtension()))),
                image::writeTo,
                file -> Mono.empty(),
                (file, failure) -> discard(file),
                GetImage::discard);
    }

    private static Mono<Boolean> discard(Path file) {
        return blocking(() -> Files.deleteIfExists(file));
    }

    private static <T> Mono<T> blocking(Callable<T> work) {
        return Mono.fromCallable(work).subscribeOn(Schedulers.boundedElastic());
    }

    private JsonLine line(Path file) {
        try {
            return new JsonLine().with("id", id).with("file", file).with("bytes", Files.size(file));
        } catch (IOException e) {
            return new JsonLine().with("id", id).with("file", file).with("bytes", null);
        }
    }
}
