package dev.darkroom.pipeline;

import dev.darkroom.ImageClient;
import dev.darkroom.gate.BeforeSend;
import dev.darkroom.gate.Throttled;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.UnavailableException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

/**
 * Paints what is due, so many at a time, and writes down what becomes of each before the next one is read. A failure of one is its
 * own; what all others would meet as well ends the run.
 */
final class Run {

    private final ImageClient client;
    private final Journal journal;
    private final Pictures pictures;
    private final Budget budget;
    private final Prices prices;
    private final Costs costs;
    private final Tally tally;
    private final Stop stop;

    Run(
            ImageClient client,
            Journal journal,
            Pictures pictures,
            Budget budget,
            Prices prices,
            Costs costs,
            Tally tally,
            Stop stop) {
        this.client = client;
        this.journal = journal;
        this.pictures = pictures;
        this.budget = budget;
        this.prices = prices;
        this.costs = costs;
        this.tally = tally;
        this.stop = stop;
    }

    Flux<JobEvent> events(Flux<Job> due, int concurrency) {
        return Flux.defer(() -> {
            var watch = stop.signal().subscribe(nothing -> {}, error -> {}, tally::giveUpWhoWaits);
            return due.takeUntilOther(stop.signal())
                    .flatMap(this::painted, concurrency, 1)
                    .doOnNext(tally::ended)
                    .concatWith(journal.flushed().then(Mono.empty()))
                    .doFinally(end -> watch.dispose());
        });
    }

    private Mono<JobEvent> painted(Job job) {
        var estimate = budget.isNone() ? Mono.<BigDecimal>empty() : prices.dearest(job.request());
        return estimate.map(price -> budget.admitted(price))
                .defaultIfEmpty(budget.admitted(null))
                .flatMap(admitted -> admitted)
                .flatMap(share -> painted(job, share));
    }

    private Mono<JobEvent> painted(Job job, BigDecimal share) {
        return Mono.defer(() -> {
            var flight = new Flight(job, journal, stop);
            tally.begin(flight);
            if (stop.isSet()) {
                flight.giveUp();
            }
            var paid = new BigDecimal[] {BigDecimal.ZERO};
            return client.result(job.request())
                    .contextWrite(BeforeSend.step(flight.leave()))
                    .contextWrite(Throttled.listener(flight::throttled))
                    .materialize() // a failure that comes when the flight is given up is nobody's
                    .takeUntilOther(flight.givenUp())
                    .flatMap(signal -> ended(job, signal))
                    .doOnNext(entry -> paid[0] = paid(entry))
                    .map(entry -> JobEvent.of(job, entry))
                    .doOnTerminate(() -> landed(flight, share, paid))
                    .doOnCancel(() -> landed(flight, share, paid));
        });
    }

    private Mono<JournalEntry> ended(Job job, Signal<ImageResult> signal) {
        var result = signal.get();
        var failure = signal.getThrowable();
        return (result == null ? Mono.<JournalEntry>empty() : done(job, result))
                .onErrorResume(fault -> failed(job, fault))
                .switchIfEmpty(failure == null ? Mono.empty() : Mono.defer(() -> failed(job, failure)));
    }

    /** Before anybody hears of its end, so that whoever does counts it once: among the ended, and not in flight. */
    private void landed(Flight flight, BigDecimal share, BigDecimal[] paid) {
        if (tally.end(flight)) {
            budget.ended(share, paid[0]);
        }
    }

    /** Null if nobody knows: then it may have cost what was set aside for it. */
    @org.jspecify.annotations.NullUnmarked
    private BigDecimal paid(JournalEntry entry) {
        var cost = entry.cost();
        if (cost == null && entry.state() == JobState.DONE && !budget.isNone()) {
            stop.now(
                    "cost",
                    "the gateway does not say what a picture costs, so no ceiling can be kept; go on without one");
        }
        var free = entry.state() == JobState.NEW || "no".equals(entry.text("billed"));
        return cost == null && free ? BigDecimal.ZERO : cost;
    }

    private Mono<JournalEntry> done(Job job, ImageResult result) {
        return pictures.drafts(job, result.images()).flatMap(saved -> {
            var state = result.images().isEmpty() ? JobState.FAILED : JobState.DONE;
            var entry = JournalEntry.of(job, state)
                    .with(JournalEntry.FILES, json(saved))
                    .with(JournalEntry.GENERATION, result.generationId())
                    .with("provider", result.provider())
                    .with("warnings", result.warnings().isEmpty() ? null : result.warnings())
                    .with(
                            "failed_images",
                            result.failures().isEmpty()
                                    ? null
                                    : result.failures().size());
            var usage = result.usage();
            var cost = usage == null ? null : usage.cost();
            if (usage != null && cost != null) {
                entry = entry.with(JournalEntry.COST, cost.toPlainString()).with(JournalEntry.UNIT, usage.costUnit());
                costs.add(entry.unit(), cost);
            }
            if (state == JobState.FAILED) {
                entry = entry.with("kind", "generation_failed").with("message", "none of its pictures was made");
            }
            return written(job, entry, saved);
        });
    }

    private Mono<JournalEntry> failed(Job job, Throwable failure) {
        if (!(failure instanceof ImageException known)) {
            stop.now("disk", "cannot go on: " + failure.getMessage());
            return Mono.just(JournalEntry.of(job, JobState.UNKNOWN)
                    .with("kind", "not_written")
                    .with("message", String.valueOf(failure.getMessage())));
        }
        if (known.getCause() instanceof Stop.Stopped) {
            return Mono.empty();
        }
        var toAll = ofAll(known);
        if (toAll != null) {
            stop.now(toAll, String.valueOf(known.getMessage()));
        }
        var free = toAll != null || known instanceof RateLimitedException || known instanceof UnavailableException;
        var state = free ? JobState.NEW : state(known);
        var entry = JournalEntry.of(job, state, known);
        var arrived = known.partialResult();
        return arrived.images().isEmpty()
                ? written(job, entry, List.of())
                : pictures.drafts(job, arrived.images())
                        .flatMap(saved -> written(job, entry.with(JournalEntry.FILES, json(saved)), saved));
    }

    private static JobState state(ImageException failure) {
        return failure.outcome() == dev.darkroom.image.Outcome.OUTCOME_UNKNOWN ? JobState.UNKNOWN : JobState.FAILED;
    }

    /** What it means to every other prompt; null if it means nothing to them. */
    private static @Nullable String ofAll(ImageException failure) {
        if (failure instanceof RejectedException rejected) {
            if (rejected.getCause() instanceof java.io.UncheckedIOException) {
                return "disk";
            }
            return switch (rejected.reason()) {
                case CREDENTIALS -> "credentials";
                case CREDITS -> "credits";
                default -> null;
            };
        }
        return null;
    }

    /** The journal's word first, then the names: what it names and is not there yet lies among the drafts. */
    private Mono<JournalEntry> written(Job job, JournalEntry entry, List<SavedPicture> saved) {
        return journal.append(entry)
                .then(saved.isEmpty() ? Mono.empty() : pictures.publish(job.index(), saved))
                .thenReturn(entry)
                .onErrorResume(fault -> {
                    stop.now("disk", String.valueOf(fault.getMessage()));
                    return Mono.just(entry);
                });
    }

    private static @Nullable List<Map<String, @Nullable Object>> json(List<SavedPicture> saved) {
        return saved.isEmpty() ? null : saved.stream().map(SavedPicture::json).toList();
    }
}
