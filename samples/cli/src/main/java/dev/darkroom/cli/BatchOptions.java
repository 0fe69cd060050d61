package dev.darkroom.cli;

import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.pipeline.PipelineOptions;
import dev.darkroom.pipeline.PromptFormat;
import dev.darkroom.pipeline.SeedPolicy;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which prompts, where to, within which bounds. */
final class BatchOptions {

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where everything goes (default: ${DEFAULT-VALUE}). No picture there is ever overwritten.")
    private Path out = Path.of("darkroom-out");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "How the prompts are written: jsonl, csv, tsv, lines (default: as the name of the file says, else jsonl).")
    private @Nullable PromptFormat format;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "8",
            description = "How many requests at a time, at most (default: ${DEFAULT-VALUE}).")
    private int concurrency;

    @Option(
            names = "--max-cost",
            paramLabel = "AMOUNT",
            description =
                    "Send nothing that could make all runs into the folder cost more than this, as the gateway counts it.")
    private @Nullable BigDecimal maxCost;

    @Option(
            names = "--deadline",
            paramLabel = "DURATION",
            description = "Send nothing any more after so long; what is in flight is waited for.")
    private @Nullable Duration deadline;

    @Option(
            names = "--seeds",
            paramLabel = "POLICY",
            defaultValue = "none",
            description =
                    "Seeds of prompts that name none: none, hash (of the prompt), fixed:N, count:N (default: ${DEFAULT-VALUE}).")
    private String seeds = "none";

    @Option(
            names = "--name",
            paramLabel = "TEMPLATE",
            defaultValue = "{index}-{slug}",
            description =
                    "What pictures are called whose prompt does not say: {index}, {line}, {slug}, {model}, {seed}, {id}"
                            + " (default: ${DEFAULT-VALUE}).")
    private String name = "{index}-{slug}";

    @Option(names = "--retry-failed", description = "Send those that failed once more.")
    private boolean retryFailed;

    @Option(
            names = "--resend-unknown",
            description = "Send those of which nobody knows once more; each may be paid for twice.")
    private boolean resendUnknown;

    @Option(names = "--ignore-unknown-fields", description = "Pass over fields of the input which are no options.")
    private boolean ignoreUnknownFields;

    /** As it was asked for, or an {@link IllegalArgumentException}. */
    PipelineOptions pipeline(Provider provider, RequestOptions requests, @Nullable Path input) {
        var pipeline = PipelineOptions.of(provider.gateway(), out).model(requests.model(provider));
        pipeline = input == null ? pipeline : pipeline.input(input);
        pipeline = format == null ? pipeline : pipeline.format(format);
        pipeline = maxCost == null ? pipeline : pipeline.maxCost(maxCost);
        pipeline = deadline == null ? pipeline : pipeline.deadline(deadline);
        var defaults = requests.said(provider);
        requireReadable(defaults.apply(ImageRequest.of("any", "any"))); // which tells a word that no option can have
        return pipeline.defaults(defaults)
                .concurrency(concurrency)
                .seeds(SeedPolicy.of(seeds))
                .names(name)
                .retryFailed(retryFailed)
                .resendUnknown(resendUnknown)
                .dropUnsupported(requests.dropUnsupportedOptions())
                .ignoreUnknownFields(ignoreUnknownFields);
    }

    private static void requireReadable(ImageRequest request) {
        for (var reference : request.references()) {
            if (reference instanceof ImageReference.File file && !Files.isReadable(file.path())) {
                throw new IllegalArgumentException("--reference: there is no readable file " + file.path());
            }
        }
    }
}
