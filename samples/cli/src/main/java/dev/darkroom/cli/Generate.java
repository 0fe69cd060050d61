package dev.darkroom.cli;

import dev.darkroom.image.ImageRequest;
import java.io.IOException;
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

/** {@code darkroom generate}: one prompt, its previews and its pictures. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Generates images, shows them developing, and keeps every preview and every final image.",
        footer = {
            "",
            "On a terminal previews are drawn in place; NO_COLOR=1, or a pipe, gives plain lines instead.",
            "With --json each line of standard output is one JSON object; the last one is 'completed' or 'error'."
        })
final class Generate implements Callable<Integer> {

    private final ProcessContext process;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "PROMPT", description = "What the images shall show.")
    @SuppressWarnings("NullAway.Init") // required
    private String prompt;

    @Mixin
    private final ServiceOptions service = new ServiceOptions();

    @Mixin
    private final RequestOptions options = new RequestOptions();

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "Marks every attempt as the same one, where a gateway honours it.")
    private @Nullable String idempotencyKey;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the files go (default: ${DEFAULT-VALUE}). Nothing there is ever overwritten.")
    private Path out = Path.of("darkroom-out");

    @Option(names = "--json", description = "One JSON object a line, for programs.")
    private boolean json;

    Generate(ProcessContext process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        requireReadable(prompt);
        var request = request();
        try (var opened = service.open(process)) {
            var timeout = options.timeout();
            var client = opened.client().dropUnsupportedOptions(options.dropUnsupportedOptions());
            client = timeout == null ? client : client.rateLimits(r -> r.maxWait(timeout));
            var saver = saver(request.n().orElse(1));
            try (var display = display()) {
                return new GenerationViewer(saver, display, process.interruptSignal()).run(client, request);
            }
        }
    }

    /** A value which no request can have is a usage error, as a word which no option can have is. */
    private ImageRequest request() {
        try {
            var request = options.request(service.provider(), prompt);
            return idempotencyKey == null ? request : request.idempotencyKey(idempotencyKey);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** The JVM decodes arguments as the locale says; in the C locale an é is lost, and a wrong picture paid for. */
    private void requireReadable(String text) {
        if (text.indexOf('\ufffd') >= 0) {
            throw new ParameterException(
                    spec.commandLine(), "the prompt has characters which this locale cannot read; set LC_ALL=C.UTF-8");
        }
    }

    private ImageSaver saver(int images) {
        try {
            return ImageSaver.in(out, prompt, images);
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(), "--out " + out + " cannot be written to: " + HumanText.reason(e));
        }
    }

    private Display display() {
        if (json) {
            return new JsonDisplay(process.out(), process.err());
        }
        var screen = process.screen().get();
        return screen == null
                ? new PlainDisplay(process.out(), process.err(), process.clock())
                : new TerminalDisplay(screen, process.clock());
    }
}
