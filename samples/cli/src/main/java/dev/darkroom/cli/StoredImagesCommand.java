package dev.darkroom.cli;

import dev.darkroom.StoredImages;
import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.ImageException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/** What the commands about stored images have in common: whom they ask, and how they end. */
abstract sealed class StoredImagesCommand implements Callable<Integer> permits ListImages, GetImage, DeleteImages {

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private final KeeperOptions service = new KeeperOptions();

    @Option(names = "--json", description = "One JSON object a line, for programs.")
    private boolean json;

    StoredImagesCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Does it, and prints what came of it; gives the exit code. Runs off the main thread, and may block to print. */
    abstract Mono<Integer> run(StoredImages stored);

    @Override
    public final Integer call() {
        try (var opened = service.open(surroundings)) {
            var exitCode = run(opened.client().stored())
                    .takeUntilOther(surroundings.interruption().signal())
                    .block();
            return exitCode == null ? Ending.INTERRUPTED : exitCode;
        } catch (RuntimeException e) {
            return fail(Exceptions.unwrap(e));
        }
    }

    final ParameterException mistake(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    final boolean isJson() {
        return json;
    }

    final void print(String text) {
        surroundings.out().print(text);
        surroundings.out().flush();
    }

    final void note(String text) {
        surroundings.err().println("darkroom: " + text);
    }

    /** Says why it failed; gives the exit code. */
    final int fail(Throwable failure) {
        if (failure instanceof ImageException known) {
            if (json) {
                print(JsonLine.failure(known) + "\n");
            } else {
                Explanation.of(known, "darkroom images list").forEach(this::note);
            }
            return Ending.of(known).exitCode();
        }
        if (failure instanceof DownloadFailedException || failure instanceof IOException) {
            var why = failure instanceof IOException e ? Phrases.reason(e) : String.valueOf(failure.getMessage());
            if (json) {
                print(JsonLine.event("error").with("kind", "not_saved").with("message", why) + "\n");
            } else {
                note("not saved: " + Phrases.clean(why));
            }
            return Ending.SOFTWARE;
        }
        throw Exceptions.propagate(failure);
    }
}
