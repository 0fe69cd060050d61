package dev.darkroom.pipeline;

import dev.darkroom.BegunGenerations;
import dev.darkroom.ImageClient;
import dev.darkroom.StoredImages;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.GenerationRecord;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.StoredImage;
import dev.darkroom.image.StoredStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds out what became of prompts of which only is known that they left. A gateway's record of a picture names no request: alike are
 * the prompt and the model. So of records that look alike as many are taken as there are prompts without an end, and none that a
 * prompt with an end must have made.
 */
final class Settlement {

    /** By which clocks differ, and a whole second. */
    private static final Duration SKEW = Duration.ofMinutes(2);

    private static final int LOOKUPS = 4;

    private final ImageClient client;
    private final Journal journal;
    private final Pictures pictures;
    private final Costs costs;
    private final JobStates states;
    private final Input input;

    Settlement(ImageClient client, Journal journal, Pictures pictures, Costs costs, JobStates states, Input input) {
        this.client = client;
        this.journal = journal;
        this.pictures = pictures;
        this.costs = costs;
        this.states = states;
        this.input = input;
    }

    /** A prompt, when it was sent, and what the gateway calls it; null if it never said. */
    private record Open(Job job, Instant sent, @Nullable String generation) {}

    Flux<JobEvent> events() {
        return FileWork.of(this::open)
                .flatMapMany(open -> client.stored()
                        .map(stored -> byStored(stored, open))
                        .or(() -> client.begun().map(begun -> byBegun(begun, open)))
                        .orElseGet(() -> byId(open)));
    }

    /** By the id of what the gateway goes on making without us: asked for until it is made, as if nothing had been lost. */
    private Flux<JobEvent> byBegun(BegunGenerations begun, List<Open> open) {
        return Flux.fromIterable(open)
                .flatMap(
                        one -> Mono.justOrEmpty(one.generation())
                                .flatMap(begun::result)
                                .flatMap(result ->
                                        kept(one.job(), result.images(), JournalEntry.GENERATION, one.generation()))
                                .onErrorResume(
                                        GenerationFailedException.class,
                                        e -> ended(
                                                one,
                                                GenerationRecord.of(GenerationRecord.Status.FAILED)
                                                        .withProviderMessage(e.providerMessage())))
                                .onErrorResume(ImageException.class, e -> Mono.empty()),
                        LOOKUPS,
                        1);
    }

    /** By the id that the head of an answer named, where a gateway keeps a record of cost and end, but no picture. */
    private Flux<JobEvent> byId(List<Open> open) {
        var lookup = client.lookup();
        return lookup.isEmpty()
                ? Flux.empty()
                : Flux.fromIterable(open)
                        .flatMap(
                                one -> Mono.justOrEmpty(one.generation())
                                        .flatMap(lookup.get()::of)
                                        .filter(GenerationRecord::isFinal)
                                        .flatMap(known -> ended(one, known))
                                        .onErrorResume(ImageException.class, e -> Mono.empty()),
                                LOOKUPS,
                                1);
    }

    /** It is known now, and what was made is gone: to be painted again if somebody says so. */
    private Mono<JobEvent> ended(Open one, GenerationRecord known) {
        var made = known.status() == GenerationRecord.Status.MADE;
        var usage = known.usage();
        var cost = usage == null ? null : usage.cost();
        var what = made ? "it was made, and its answer was lost" : "the gateway says that it made nothing";
        var entry = JournalEntry.of(one.job(), JobState.FAILED)
                .with("kind", made ? "lost" : "generation_failed")
                .with("billed", cost == null ? "unknown" : cost.signum() > 0 ? "yes" : "no")
                .with("message", what)
                .with("provider_message", known.providerMessage())
                .with(JournalEntry.GENERATION, one.generation())
                .with(JournalEntry.COST, cost == null ? null : cost.toPlainString())
                .with(JournalEntry.UNIT, usage == null || cost == null ? null : usage.costUnit())
                .with("settled", true);
        return journal.append(entry).then(Mono.fromSupplier(() -> {
            costs.add(entry.unit(), cost);
            return JobEvent.of(one.job(), entry);
        }));
    }

    private List<Open> open() throws IOException {
        var open = new ArrayList<Open>();
        input.walk((index, line) -> {
            if (states.state(index).isOpen()) {
                var entry = journal.last(index);
                var at = entry == null ? null : entry.text(JournalEntry.AT);
                open.add(new Open(
                        input.reading().job(index, line),
                        at == null ? Instant.EPOCH : Instant.parse(at),
                        entry == null ? null : entry.text(JournalEntry.GENERATION)));
            }
        });
        return open;
    }

    private Flux<JobEvent> byStored(StoredImages stored, List<Open> open) {
        if (open.isEmpty()) {
            return Flux.empty();
        }
        return FileWork.of(() -> withAnEnd(open))
                .flatMapMany(ended -> stored.since(earliest(open).minus(SKEW))
                        .filter(image -> image.status().equals(StoredStatus.COMPLETED))
                        .filter(image -> open.stream()
                                .anyMatch(one -> image.mayBeOf(one.job().request())))
                        .collectList()
                        .map(records -> assigned(open, records, ended))
                        .flatMapIterable(Map::entrySet)
                        .concatMap(found -> fetched(stored, found.getKey(), found.getValue()), 1));
    }

    /** "unknown" is written down after "sent": by at most what a request may last. */
    private static Instant earliest(List<Open> open) {
        return open.stream()
                .map(Open::sent)
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH)
                .minus(Duration.ofHours(1));
    }

    private static String key(Job job) {
        return job.request().model() + "\n" + job.request().prompt().strip();
    }

    /** How many prompts like an open one are done, and have records of their own. */
    private Map<String, Integer> withAnEnd(List<Open> open) throws IOException {
        var ended = new HashMap<String, Integer>();
        open.forEach(one -> ended.put(key(one.job()), 0));
        input.walk((index, line) -> {
            if (states.state(index) == JobState.DONE) {
                var job = input.reading().job(index, line);
                ended.computeIfPresent(key(job), (key, count) -> count + 1);
            }
        });
        return ended;
    }

    private static Map<Job, StoredImage> assigned(
            List<Open> open, List<StoredImage> records, Map<String, Integer> ended) {
        var assigned = new LinkedHashMap<Job, StoredImage>();
        var free = new ArrayList<>(records);
        var taken = new HashMap<String, Integer>();
        for (var one : open) {
            var alike = free.stream()
                    .filter(image -> image.mayBeOf(one.job().request()))
                    .toList();
            var others = ended.getOrDefault(key(one.job()), 0);
            var before = taken.getOrDefault(key(one.job()), 0);
            if (alike.size() > others) {
                var record = alike.get(0);
                free.remove(record);
                taken.put(key(one.job()), before + 1);
                assigned.put(one.job(), record);
            }
        }
        return assigned;
    }

    private Mono<JobEvent> fetched(StoredImages stored, Job job, StoredImage record) {
        return stored.content(record.id())
                .flatMap(image -> kept(job, List.of(image), "stored_id", record.id()))
                .onErrorResume(ImageException.class, e -> Mono.empty());
    }

    private Mono<JobEvent> kept(Job job, List<GeneratedImage> images, String name, @Nullable String id) {
        return pictures.drafts(job, images).flatMap(saved -> {
            var entry = JournalEntry.of(job, JobState.DONE)
                    .with(
                            JournalEntry.FILES,
                            saved.stream().map(SavedPicture::json).toList())
                    .with(name, id)
                    .with("settled", true);
            costs.add(entry.unit(), entry.cost());
            return journal.append(entry)
                    .then(pictures.publish(job.index(), saved))
                    .thenReturn(JobEvent.of(job, entry));
        });
    }
}
