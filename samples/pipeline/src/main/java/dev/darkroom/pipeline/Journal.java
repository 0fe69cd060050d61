package dev.darkroom.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * What has become of each prompt, appended to a file and forced to the disk before anybody is told that it is written. Whoever writes
 * at the same time shares one flush, so that sixty-four prompts cost the disk hardly more than one.
 *
 * <p>Entries come from any thread; one thread of its own writes. After a fault of the disk nothing is written any more, and everybody
 * is told: a prompt whose "sent" cannot be written is not sent.
 */
final class Journal implements AutoCloseable {

    private record Waiting(JournalEntry entry, Sinks.Empty<Void> written) {}

    private final JournalFile file;
    private final JobStates states;
    private final InstantSource clock;
    private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ExecutorService writer = Executors.newSingleThreadExecutor(work -> {
        var thread = new Thread(work, "darkroom-journal");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable IOException broken;

    Journal(JournalFile file, JobStates states, InstantSource clock) {
        this.file = file;
        this.states = states;
        this.clock = clock;
    }

    /** Opens it for what is to come, behind what was. */
    static Journal open(Path path, JobStates states, Costs costs) throws IOException {
        return new Journal(JournalFile.open(path, states, costs), states, InstantSource.system());
    }

    /** Completes once it is on the disk; told on {@code boundedElastic}. */
    Mono<Void> append(JournalEntry entry) {
        return Mono.defer(() -> {
            var written = Sinks.<Void>empty();
            queue.add(new Waiting(entry, written));
            if (waiting.getAndIncrement() == 0) {
                writer.execute(this::write);
            }
            return written.asMono().publishOn(Schedulers.boundedElastic());
        });
    }

    private void write() {
        int taken;
        do {
            var batch = new ArrayList<Waiting>();
            for (var next = queue.poll(); next != null; next = queue.poll()) {
                batch.add(next);
            }
            write(batch);
            taken = batch.size();
        } while (waiting.addAndGet(-taken) != 0);
    }

    private void write(ArrayList<Waiting> batch) {
        if (broken == null) {
            try {
                var text = new StringBuilder();
                var places = new long[batch.size()];
                var place = file.size();
                for (var i = 0; i < batch.size(); i++) {
                    var line = batch.get(i).entry().line(clock.instant());
                    text.append(line);
                    places[i] = place;
                    place += line.getBytes(StandardCharsets.UTF_8).length;
                }
                file.append(text.toString().getBytes(StandardCharsets.UTF_8));
                for (var i = 0; i < places.length; i++) {
                    var entry = batch.get(i).entry();
                    states.set(entry.index(), entry.state(), entry.fingerprint(), places[i]);
                }
            } catch (IOException e) {
                broken = e;
            }
        }
        batch.forEach(this::tell);
    }

    private void tell(Waiting one) {
        if (broken == null) {
            one.written().tryEmitEmpty();
        } else {
            one.written().tryEmitError(new UncheckedIOException("the journal cannot be written", broken));
        }
    }

    /** The last word of a prompt; null if there is none. Blocks. */
    @Nullable
    JournalEntry last(int index) throws IOException {
        var place = states.place(index);
        return place < 0 ? null : JournalEntry.read(file.lineAt(place));
    }

    @Override
    public void close() throws IOException {
        writer.shutdown();
        try {
            writer.awaitTermination(1, java.util.concurrent.TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        file.close();
    }
}
