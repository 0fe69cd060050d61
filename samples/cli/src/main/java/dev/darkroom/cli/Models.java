package dev.darkroom.cli;

import dev.darkroom.ModelCatalogue;
import dev.darkroom.image.ImageException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import reactor.core.publisher.Mono;

/** {@code darkroom models}: what there is, what it can do, and what it costs. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Lists the models; or of one model who serves it, what it takes there and what it costs.",
        footer = {"", "The list needs no key: for OpenRouter's own, add --base-url https://openrouter.ai/api/v1"})
final class Models implements Callable<Integer> {

    private final ProcessContext process;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "MODEL", description = "One model: author/slug.")
    private @Nullable String model;

    @Mixin
    private final ServiceOptions service = new ServiceOptions();

    @Option(names = "--json", description = "One JSON object a line, for programs.")
    private boolean json;

    Models(ProcessContext process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        try (var opened = service.open(process)) {
            var text = answer(opened)
                    .takeUntilOther(process.interruptSignal().signal())
                    .block();
            if (text == null) {
                return ExitStatus.INTERRUPTED;
            }
            process.out().print(text);
            process.out().flush();
            return ExitStatus.DONE;
        } catch (ImageException e) {
            return fail(e);
        }
    }

    /** The emulator knows its models, also where the API that it speaks tells nobody. */
    private Mono<String> answer(Service opened) {
        var catalogue = opened.client().catalogue();
        if (catalogue.isPresent()) {
            return text(catalogue.get());
        }
        var gateway = service.provider().dialect().name();
        var emulator = opened.emulator();
        if (emulator == null || model != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    gateway + " has no catalogue of image models; 'darkroom emulate --models' lists those that the"
                            + " emulator knows");
        }
        return Mono.just(
                json
                        ? lines(emulator.models(gateway), id -> new JsonLine().with("id", id))
                        : String.join("\n", emulator.models(gateway)) + "\n");
    }

    private Mono<String> text(ModelCatalogue catalogue) {
        var one = model;
        if (one == null) {
            return catalogue
                    .models()
                    .collectList()
                    .map(models -> json ? lines(models, CatalogueJson::model) : ModelTable.of(models));
        }
        return catalogue
                .endpoints(one)
                .collectList()
                .map(endpoints -> json ? lines(endpoints, CatalogueJson::endpoint) : EndpointPage.of(one, endpoints));
    }

    private int fail(ImageException failure) {
        if (json) {
            process.out().println(JsonLine.failure(failure));
        } else {
            FailureMessage.of(failure).forEach(line -> process.err().println("darkroom: " + line));
        }
        return ExitStatus.of(failure).exitCode();
    }

    private static <T> String lines(List<T> items, Function<T, JsonLine> line) {
        var text = new StringBuilder();
        items.forEach(item -> text.append(line.apply(item)).append('\n'));
        return text.toString();
    }
}
