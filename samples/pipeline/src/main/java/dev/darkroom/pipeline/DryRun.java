package dev.darkroom.pipeline;

import dev.darkroom.ImageClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What a {@link Pipeline} would do: checks all that it checks, and tells what is due and what that would cost. Sends nothing, takes the
 * folder from nobody, and leaves nothing behind, neither there nor elsewhere.
 */
public final class DryRun implements AutoCloseable {

    private final PipelineOptions options;
    private final Prices prices;
    private final JobStates states = new JobStates();
    private final @Nullable Path temporary;
    private final Input input;
    private final int due;

    private DryRun(PipelineOptions options, ImageClient client, @Nullable InputStream stdin, @Nullable Path temporary)
            throws IOException {
        this.options = options;
        this.prices = new Prices(client);
        this.temporary = temporary;
        var folder = RunFolder.look(options.folder());
        JournalFile.look(folder.journal(), states, new Costs());
        this.input = Input.of(options, stdin, temporary == null ? folder.spool() : temporary.resolve("input"));
        var whole = whole(folder.drafts());
        var check = new InputCheck(
                input,
                states,
                folder,
                options,
                job -> states.state(job.index()) == JobState.SENT && whole.contains(job.index()));
        check.run();
        this.due = check.due();
    }

    /**
     * Reads the journal, if there is one, and checks the whole input. Blocks.
     *
     * @param options what would be painted
     * @param client of the gateway of the options; asked for its catalogue at most, and not closed by this
     * @param stdin read to its end if the options name no file; null for none
     * @return what would be done; close it
     * @throws PipelineException if something is wrong that can be mended: the message says what
     * @throws IOException as the file system gave it
     */
    public static DryRun open(PipelineOptions options, ImageClient client, @Nullable InputStream stdin)
            throws IOException {
        Input.requireReadable(options);
        var temporary = options.input() == null ? Files.createTempDirectory("darkroom-batch") : null;
        try {
            return new DryRun(options, client, stdin, temporary);
        } catch (IOException | RuntimeException e) {
            delete(temporary);
            throw e;
        }
    }

    /** Prompts of which whole drafts lie there: the next run only gives them their names. */
    private static Set<Integer> whole(Path drafts) throws IOException {
        var whole = new HashSet<Integer>();
        if (Files.isDirectory(drafts)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(drafts)) {
                for (var draft : found) {
                    Pictures.promptOf(draft).ifPresent(whole::add);
                }
            }
        }
        return whole;
    }

    /** {@return how many prompts would be sent} */
    public int due() {
        return due;
    }

    /** {@return what they would cost by the catalogue, where the gateway has one} */
    public Mono<PriceTag> price() {
        return input.jobs(index -> InputCheck.isDue(states.state(index), options))
                .concatMap(
                        job -> prices.estimate(job.request()).map(Optional::of).defaultIfEmpty(Optional.empty()))
                .reduce(
                        PriceTag.NOTHING,
                        (sum, estimate) -> estimate.map(sum::plus).orElseGet(sum::unpriced));
    }

    private static void delete(@Nullable Path temporary) throws IOException {
        if (temporary != null) {
            Files.deleteIfExists(temporary.resolve("input.tmp"));
            Files.deleteIfExists(temporary.resolve("input"));
            Files.delete(temporary);
        }
    }

    /** Forgets what came by standard input. */
    @Override
    public void close() {
        try {
            delete(temporary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
