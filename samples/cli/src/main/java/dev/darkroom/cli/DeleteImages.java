package dev.darkroom.cli;

import dev.darkroom.StoredImages;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code darkroom images delete}. */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Deletes stored images, for good, one after the other; one that fails does not keep the others.")
final class DeleteImages extends StoredImagesCommand {

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Which images, as 'darkroom images list' names them.")
    private List<String> ids = new ArrayList<>();

    DeleteImages(ProcessContext process) {
        super(process);
    }

    /** The exit code is that of the first failure. */
    @Override
    Mono<Integer> run(StoredImages stored) {
        return Flux.fromIterable(ids)
                .concatMap(id -> stored.delete(id)
                        .then(Mono.fromSupplier(() -> deleted(id)))
                        .onErrorResume(failure -> Mono.fromSupplier(() -> failed(id, failure))))
                .reduce((first, next) -> first == ExitStatus.DONE ? next : first);
    }

    private int deleted(String id) {
        print(isJson() ? new JsonLine().with("id", id).with("deleted", true) + "\n" : "deleted " + id + "\n");
        return ExitStatus.DONE;
    }

    private int failed(String id, Throwable failure) {
        if (!isJson()) {
            note("not deleted: " + HumanText.clean(id));
        }
        return fail(failure);
    }
}
