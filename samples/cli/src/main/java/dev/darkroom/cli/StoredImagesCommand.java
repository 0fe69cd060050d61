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

    private final ProcessContext process;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private final StoredImagesOptions service = new StoredImagesOptions();

    @Option(names = "--json", description = "One JSON object a line, for programs.")
    private boolean json;

    StoredImagesCommand(ProcessContext process) {
        this.process = process;
    }

    /** Does it, and prints what came of it; gives the exit code. Runs off the main thread, and may block to print. */
    abstract Mono<Integer> run(StoredImages stored);

    @Override
    public final Integer call() {
        try (var opened = service.open(process)) {
            var exitCode = run(opened.client().stored().orElseThrow())
                    .takeUntilOther(process.interruptSignal().signal())
                    .block();
            return exitCode == null ? ExitStatus.INTERRUPTED : exitCode;
        } catch (RuntimeException e) {
            return fail(Exceptions.unwrap(e));
        }
    }

    final ParameterException usageError(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    final boolean isJson() {
        return json;
    }

    final void print(String text) {
        process.out().print(text);
        process.out().flush();
    }

    final void note(String text) {
        process.err().println("darkroom: " + text);
    }

    /** Says why it failed; gives the exit code. */
    final int fail(Throwable failure) {
        if (failure instanceof ImageException known) {
            if (json) {
                print(JsonLine.failure(known) + "\n");
            } else {
                FailureMessage.of(known, "darkroom images list").forEach(this::note);
            }
            return ExitStatus.of(known).exitCode();
        }
        if (failure instanceof DownloadFailedException || failure instanceof IOException) {
            var why = failure instanceof IOException e
                    ? HumanText.reason(e)
                    : ShellWords.of(String.valueOf(failure.getMessage()));
            if (json) {
                print(JsonLine.event("error").with("kind", "not_saved").with("message", why) + "\n");
            } else {
                note("not saved: " + HumanText.clean(why));
            }
            return ExitStatus.SOFTWARE;
        }
        throw Exceptions.propagate(failure);
    }
}
