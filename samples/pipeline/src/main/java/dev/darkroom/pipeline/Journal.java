package dev.darkroom.pipeline;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

    /** Without an entry it waits for those before it. */
    private record Waiting(@Nullable JournalEntry entry, Sinks.One<Optional<UncheckedIOException>> written) {}

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

    /** How its file is opened; a test has one that dies. */
    interface Opening {
        JournalFile open(Path path, JobStates states, Costs costs) throws IOException;
    }

    /** Completes once it is on the disk; told on {@code boundedElastic}. */
    Mono<Void> append(JournalEntry entry) {
        return queued(entry);
    }

    /** Completes once all that was handed over before is on the disk. */
    Mono<Void> flushed() {
        return queued(null);
    }

    private Mono<Void> queued(@Nullable JournalEntry entry) {
        return Mono.defer(() -> {
            var written = Sinks.<Optional<UncheckedIOException>>one();
            queue.add(new Waiting(entry, written));
            if (waiting.getAndIncrement() == 0) {
                writer.execute(this::write);
            }
            return written.asMono()
                    .publishOn(Schedulers.boundedElastic())
                    .flatMap(fault -> fault.map(Mono::<Void>error).orElseGet(Mono::empty));
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

    private void write(List<Waiting> batch) {
        if (broken == null) {
            try {
                append(batch.stream()
                        .map(Waiting::entry)
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull)
                        .toList());
            } catch (IOException e) {
                broken = e;
            }
        }
        batch.forEach(this::tell);
    }

    private void append(List<JournalEntry> entries) throws IOException {
        if (entries.isEmpty()) {
            return;
        }
        var lines = new ByteArrayOutputStream();
        var places = new long[entries.size()];
        for (var i = 0; i < places.length; i++) {
            places[i] = file.size() + lines.size();
            lines.writeBytes(entries.get(i).line(clock.instant()).getBytes(StandardCharsets.UTF_8));
        }
        file.append(lines.toByteArray());
        for (var i = 0; i < places.length; i++) {
            var entry = entries.get(i);
            states.set(entry.index(), entry.state(), entry.fingerprint(), places[i]);
        }
    }

    /** As a value: who has given up meanwhile drops it quietly. */
    private void tell(Waiting one) {
        one.written()
                .tryEmitValue(Optional.ofNullable(broken)
                        .map(fault -> new UncheckedIOException("the journal cannot be written", fault)));
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
