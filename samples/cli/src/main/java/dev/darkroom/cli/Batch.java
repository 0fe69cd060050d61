package dev.darkroom.cli;

import dev.darkroom.ImageClient;
import dev.darkroom.image.ImageException;
import dev.darkroom.pipeline.DryRun;
import dev.darkroom.pipeline.Pipeline;
import dev.darkroom.pipeline.PipelineException;
import dev.darkroom.pipeline.PipelineOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code darkroom batch}: many prompts, each paid for once, however often the program is killed. */
@Command(
        name = "batch",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Generates the images of many prompts, and goes on where it was when it is started again.",
        footer = {
            "",
            "A prompt a line, as JSON ({\"prompt\": \"a fox\", \"out\": \"fox.png\", \"size\": \"1024x1024\"}) or as text; or a table"
                    + " (.csv, .tsv) with these names. Beside the pictures lie manifest.jsonl and two contact sheets.",
            "Ctrl-C sends nothing more, and waits for what is in flight. With --json each line of standard output is one JSON"
                    + " object; the last one is 'summary'."
        })
final class Batch implements Callable<Integer> {

    private final ProcessContext process;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The prompts; - for standard input.")
    @SuppressWarnings("NullAway.Init") // required
    private String file;

    @Mixin
    private final ServiceOptions service = new ServiceOptions();

    @Mixin
    private final BatchOptions options = new BatchOptions();

    @Mixin
    private final RequestOptions requests = new RequestOptions();

    @Option(
            names = "--dry-run",
            description =
                    "Check everything, and say what it would cost where the gateway has a catalogue; send nothing.")
    private boolean dryRun;

    @Option(
            names = "--settle",
            description =
                    "Ask the gateway what became of those of which nobody knows, fetch what was made, and send nothing.")
    private boolean settle;

    @Option(names = "--json", description = "One JSON object a line, for programs.")
    private boolean json;

    Batch(ProcessContext process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        var stdin = file.equals("-");
        PipelineOptions asked;
        try {
            asked = options.pipeline(service.provider(), requests, stdin ? null : Path.of(file));
        } catch (IllegalArgumentException e) {
            throw usageError(ShellWords.of(String.valueOf(e.getMessage())), e);
        }
        try (var opened = service.open(process)) {
            var prompts = stdin ? process.in() : null;
            return dryRun ? price(asked, opened.client(), prompts) : paint(asked, opened.client(), prompts);
        } catch (PipelineException e) {
            throw usageError(ShellWords.of(String.valueOf(e.getMessage())), e);
        } catch (IOException e) {
            process.err().println("darkroom: " + HumanText.reason(e));
            return ExitStatus.SOFTWARE;
        } catch (ImageException e) {
            FailureMessage.of(e).forEach(line -> process.err().println("darkroom: " + line));
            return ExitStatus.of(e).exitCode();
        }
    }

    private int price(PipelineOptions asked, ImageClient client, @Nullable InputStream prompts) throws IOException {
        try (var dryRun = DryRun.open(asked, client, prompts)) {
            var price = dryRun.price()
                    .takeUntilOther(process.interruptSignal().signal())
                    .blockOptional();
            price.ifPresent(tag -> process.out().println(json ? BatchText.json(tag) : BatchText.price(tag)));
            return price.isPresent() ? ExitStatus.DONE : ExitStatus.INTERRUPTED;
        }
    }

    private int paint(PipelineOptions asked, ImageClient client, @Nullable InputStream prompts) throws IOException {
        try (var pipeline = Pipeline.open(asked, client, prompts);
                var display = display()) {
            return new BatchViewer(pipeline, display, process.interruptSignal()).run(settle);
        }
    }

    private BatchView display() {
        return json
                ? new BatchLines(process.out())
                : new BatchDisplay(
                        process.out(), process.err(), process.screen().get(), process.clock());
    }

    private ParameterException usageError(String message, Exception cause) {
        return new ParameterException(spec.commandLine(), message, cause);
    }
}
