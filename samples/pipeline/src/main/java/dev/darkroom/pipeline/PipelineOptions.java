package dev.darkroom.pipeline;

import dev.darkroom.dialect.GatewayProvider;
import dev.darkroom.image.ImageRequest;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What to paint, where to, and within which bounds. Immutable: each setting returns a copy. */
public final class PipelineOptions implements Cloneable {

    private static final int CONCURRENCY = 8;

    private final GatewayProvider gateway;
    private final Path folder;
    private @Nullable Path input;
    private PromptFormat format = PromptFormat.JSONL;
    private String model;
    private UnaryOperator<ImageRequest> defaults = request -> request;
    private int concurrency = CONCURRENCY;
    private @Nullable BigDecimal maxCost;
    private @Nullable Duration deadline;
    private SeedPolicy seeds = new SeedPolicy.None();
    private NameTemplate names = NameTemplate.USUAL;
    private boolean retryFailed;
    private boolean resendUnknown;
    private boolean dropUnsupported;
    private boolean ignoreUnknownFields;

    private PipelineOptions(GatewayProvider gateway, Path folder) {
        this.gateway = Objects.requireNonNull(gateway, "gateway");
        this.folder = Objects.requireNonNull(folder, "folder");
        this.model = gateway.defaultModel();
    }

    /**
     * Prompts from standard input, with the gateway's default model.
     *
     * @param gateway whose options the prompts name
     * @param folder where pictures, manifest and journal go
     * @return the options
     */
    public static PipelineOptions of(GatewayProvider gateway, Path folder) {
        return new PipelineOptions(gateway, folder);
    }

    /**
     * Where the prompts are.
     *
     * @param file with them; references in it are looked for beside it
     * @return a copy
     */
    public PipelineOptions input(Path file) {
        return copy(o -> {
            o.input = file;
            o.format = PromptFormat.of(file);
        });
    }

    /** {@return a copy for prompts written otherwise than the name of their file says} */
    public PipelineOptions format(PromptFormat format) {
        return copy(o -> o.format = format);
    }

    /** {@return a copy for another model, where a prompt names none} */
    public PipelineOptions model(String model) {
        return copy(o -> o.model = model);
    }

    /** {@return a copy with what each request has that does not say otherwise} */
    public PipelineOptions defaults(UnaryOperator<ImageRequest> defaults) {
        return copy(o -> o.defaults = defaults);
    }

    /** {@return a copy for so many requests at a time, 1 or more; {@value #CONCURRENCY} unless set} */
    public PipelineOptions concurrency(int concurrency) {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency must be 1 or more, not " + concurrency);
        }
        return copy(o -> o.concurrency = concurrency);
    }

    /** {@return a copy that sends no further prompt where all runs together might then cost more, in the gateway's own unit} */
    public PipelineOptions maxCost(BigDecimal maxCost) {
        if (maxCost.signum() <= 0) {
            throw new IllegalArgumentException("the cost ceiling must be more than 0, not " + maxCost.toPlainString());
        }
        return copy(o -> o.maxCost = maxCost);
    }

    /** {@return a copy that sends nothing any more after so long; what is sent by then is waited for} */
    public PipelineOptions deadline(Duration deadline) {
        return copy(o -> o.deadline = deadline);
    }

    /** {@return a copy with seeds for prompts that name none} */
    public PipelineOptions seeds(SeedPolicy seeds) {
        return copy(o -> o.seeds = seeds);
    }

    /** {@return a copy with names by a template: {@code {index}-{slug}} unless set} */
    public PipelineOptions names(String template) {
        return copy(o -> o.names = new NameTemplate(template));
    }

    /** {@return a copy that sends those that failed once more} */
    public PipelineOptions retryFailed(boolean retry) {
        return copy(o -> o.retryFailed = retry);
    }

    /** {@return a copy that sends those of which nobody knows once more, and perhaps pays for them twice} */
    public PipelineOptions resendUnknown(boolean resend) {
        return copy(o -> o.resendUnknown = resend);
    }

    /** {@return a copy whose client leaves out what the gateway does not take} */
    public PipelineOptions dropUnsupported(boolean drop) {
        return copy(o -> o.dropUnsupported = drop);
    }

    /** {@return a copy that passes over fields of the input which are no options} */
    public PipelineOptions ignoreUnknownFields(boolean ignore) {
        return copy(o -> o.ignoreUnknownFields = ignore);
    }

    GatewayProvider gateway() {
        return gateway;
    }

    Path folder() {
        return folder;
    }

    @Nullable
    Path input() {
        return input;
    }

    PromptFormat format() {
        return format;
    }

    String model() {
        return model;
    }

    UnaryOperator<ImageRequest> defaults() {
        return defaults;
    }

    int concurrency() {
        return concurrency;
    }

    @Nullable
    BigDecimal maxCost() {
        return maxCost;
    }

    @Nullable
    Duration deadline() {
        return deadline;
    }

    SeedPolicy seeds() {
        return seeds;
    }

    NameTemplate names() {
        return names;
    }

    boolean retryFailed() {
        return retryFailed;
    }

    boolean resendUnknown() {
        return resendUnknown;
    }

    boolean dropUnsupported() {
        return dropUnsupported;
    }

    boolean ignoreUnknownFields() {
        return ignoreUnknownFields;
    }

    private interface Change {
        void to(PipelineOptions copy);
    }

    private PipelineOptions copy(Change change) {
        try {
            var copy = (PipelineOptions) clone();
            change.to(copy);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
