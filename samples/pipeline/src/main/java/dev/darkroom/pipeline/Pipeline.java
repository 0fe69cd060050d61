package dev.darkroom.pipeline;

import dev.darkroom.ImageClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Paints the prompts of a file into a folder, and remembers there what it did: stopped in any way and at any moment, it goes on where it
 * was, and sends nothing twice that may have been paid for.
 *
 * <pre>{@code
 * try (var pipeline = Pipeline.open(PipelineOptions.of(Gateways.named("openai"), folder).input(file), images)) {
 *     pipeline.run().doOnNext(System.out::println).blockLast();
 *     System.out.println(pipeline.report());
 * }
 * }</pre>
 *
 * <p>Memory: what is in flight, and some twenty bytes a prompt.
 */
public final class Pipeline implements AutoCloseable {

    /** Rate limits slow a run down, they do not end it. */
    private static final Duration PATIENCE = Duration.ofDays(7);

    private static final int MOST_LISTED = 1000;

    private final PipelineOptions options;
    private final ImageClient client;
    private final RunFolder folder;
    private final JobStates states;
    private final Costs costs;
    private final Journal journal;
    private final Pictures pictures;
    private final Input input;
    private final Tally tally;
    private final int due;
    private final Stop stop = new Stop();

    private Pipeline(
            PipelineOptions options,
            ImageClient client,
            RunFolder folder,
            @Nullable InputStream stdin,
            Journal.Opening files)
            throws IOException {
        this.options = options;
        this.client = client.rateLimits(r -> r.maxWait(PATIENCE)).dropUnsupportedOptions(options.dropUnsupported());
        this.folder = folder;
        this.states = new JobStates();
        this.costs = new Costs();
        this.journal = new Journal(files.open(folder.journal(), states, costs), states, InstantSource.system());
        this.pictures = new Pictures(folder);
        try {
            this.input = Input.of(options, stdin, folder.spool());
            var recovery = Recovery.of(journal, states, pictures);
            var check = new InputCheck(input, states, folder, options, recovery::recovered);
            var total = check.run();
            this.due = check.due();
            this.tally = new Tally(states, costs, total, InstantSource.system());
        } catch (IOException | RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    /**
     * Takes the folder, reads its journal, finishes what was killed half-way, and checks the whole input. Blocks; sends nothing.
     *
     * @param options what to paint; they name a file
     * @param client of the gateway of the options; not closed by this
     * @return the pipeline; close it to give the folder back
     * @throws PipelineException if something is wrong that can be mended: the message says what
     * @throws IOException as the file system gave it
     */
    public static Pipeline open(PipelineOptions options, ImageClient client) throws IOException {
        return open(options, client, null);
    }

    /**
     * As {@link #open(PipelineOptions, ImageClient)}, for prompts that come but once.
     *
     * @param options what to paint
     * @param client of the gateway of the options; not closed by this
     * @param stdin read to its end, and kept in the folder, if the options name no file; null for none
     * @return the pipeline
     * @throws IOException as the file system gave it
     */
    public static Pipeline open(PipelineOptions options, ImageClient client, @Nullable InputStream stdin)
            throws IOException {
        return open(options, client, stdin, JournalFile::open);
    }

    static Pipeline open(
            PipelineOptions options, ImageClient client, @Nullable InputStream stdin, Journal.Opening files)
            throws IOException {
        Input.requireReadable(options);
        var folder = RunFolder.take(options.folder());
        try {
            return new Pipeline(options, client, folder, stdin, files);
        } catch (IOException | RuntimeException e) {
            try {
                folder.abandon();
            } catch (IOException more) {
                e.addSuppressed(more);
            }
            throw e;
        }
    }

    /** {@return how many prompts are to be sent by this run} */
    public int due() {
        return due;
    }

    /** {@return how far it is; at any time, from any thread} */
    public Progress progress() {
        var progress = tally.progress();
        return stop.isSet() ? progress.ending() : progress;
    }

    /**
     * Paints what is due.
     *
     * <p>Emits each prompt as it ends. Cold; meant to be subscribed to once. Demand reaches the file: no further prompt is read while
     * nobody asks for an end. A failure of a prompt is an event and no error; what would meet all others too ends the run after what
     * is in flight, and {@link #report()} says why. Cancelling cancels what is in flight, which then is unknown. Signals come on
     * {@code boundedElastic} and event loops; do not block there.
     *
     * @return the ends, in the order in which they come
     */
    public Flux<JobEvent> run() {
        return Flux.defer(() -> {
            if (due == 0) {
                return Flux.empty();
            }
            var budget = new Budget(options.maxCost(), costs, stop);
            var run = new Run(client, journal, pictures, budget, new Prices(client), costs, tally, stop);
            var late = options.deadline();
            var watch = late == null
                    ? Mono.<Long>never().subscribe()
                    : Mono.delay(late).subscribe(over -> stop.now("deadline", "the deadline of " + late + " is over"));
            return run.events(input.jobs(this::isDue), options.concurrency()).doFinally(end -> watch.dispose());
        });
    }

    private boolean isDue(int index) {
        return InputCheck.isDue(states.state(index), options);
    }

    /** Sends nothing any more; what is in flight is waited for, and {@link #run()} ends. */
    public void stop() {
        stop.now("interrupted", "it was interrupted");
    }

    /**
     * Asks what became of those of which nobody knows, where the gateway can say: fetches what was made, and writes down the cost. What it
     * cannot say stays unknown; an answer may appear late, so ask again. Nothing is paid for.
     *
     * @return those that are known now
     */
    public Flux<JobEvent> settle() {
        return Flux.defer(() -> new Settlement(client, journal, pictures, costs, states, input).events())
                .doOnNext(tally::ended);
    }

    /** {@return whether there is anything to {@link #settle()}} */
    public boolean hasUnknown() {
        return states.count(JobState.UNKNOWN) + states.count(JobState.SENT) > 0;
    }

    /**
     * Writes manifest and contact sheets anew. Blocks.
     *
     * @return how it ended
     * @throws IOException as the file system gave it
     */
    public Summary report() throws IOException {
        var progress = tally.progress();
        new Reports(folder, input, journal).write(progress);
        var unknown = new ArrayList<Long>();
        if (hasUnknown()) {
            input.walk((index, line) -> {
                if (states.state(index).isOpen() && unknown.size() < MOST_LISTED) {
                    unknown.add(line.line());
                }
            });
        }
        var reason = stop.reason();
        return new Summary(
                progress, reason == null ? null : reason.word(), reason == null ? null : reason.message(), unknown);
    }

    /** {@return a report, off the event loops} */
    public Mono<Summary> reported() {
        return FileWork.of(this::report);
    }

    /** Gives the folder back. */
    @Override
    public void close() {
        pictures.close();
        try {
            journal.close();
            folder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
