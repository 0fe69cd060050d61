package dev.darkroom.emulator.journal;

import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitFailureHandler;

/**
 * What the emulator received, and what became of it.
 *
 * <p>Written by event loops, read by tests from any thread. Keeps the last 10,000 requests. Nothing in it is secret:
 * keys are fingerprints, long strings (images) are cut.
 */
public final class Journal {

    private static final int KEPT = 10_000;

    private final TreeMap<Long, Recorded> pages = new TreeMap<>();
    private Sinks.Many<Entry> settled = Sinks.many().replay().limit(KEPT);
    private long last;

    /** An empty journal. */
    public Journal() {}

    /**
     * All requests so far, in order of arrival, in their present state.
     *
     * @return a copy
     */
    public synchronized List<Entry> entries() {
        return pages.values().stream().map(Recorded::entry).toList();
    }

    /**
     * The requests which a service took on, so that they may cost money, in their present state. To prove that nothing
     * is asked for twice: one subscription must not leave two of them.
     *
     * @return a copy, in order of arrival
     */
    public List<Entry> accepted() {
        return entries().stream().filter(entry -> entry.images().accepted() > 0).toList();
    }

    /**
     * The requests which asked what became of a generation, by its id, or read on in its stream, in their present state.
     *
     * @return a copy, in order of arrival
     */
    public List<Entry> lookups() {
        return of(RouteKind.LOOKUP);
    }

    /**
     * The requests which ended or forgot a generation, by its id, in their present state. Whether one came before the end is
     * told by the {@link Entry#background()} of the request which began the generation.
     *
     * @return a copy, in order of arrival
     */
    public List<Entry> cancellations() {
        return of(RouteKind.CANCELLATION);
    }

    private List<Entry> of(RouteKind kind) {
        return entries().stream().filter(entry -> entry.kind() == kind).toList();
    }

    /**
     * The images charged for by all requests whose outcome is known.
     *
     * @return 0 or more
     */
    public int billed() {
        return entries().stream().mapToInt(entry -> entry.images().billed()).sum();
    }

    /**
     * Requests whose outcome is known: those so far, then each as it settles.
     *
     * <p>Emits in the order of settling; costs nothing; replays up to 10,000 past entries to every subscriber;
     * honours demand; cancelling forgets the subscriber only; completes when the journal is cleared, never fails. Live
     * signals arrive on an event loop of the emulator: do not block there.
     *
     * @return the settled entries, first to last
     */
    public synchronized Flux<Entry> settled() {
        return settled.asFlux();
    }

    /**
     * Waits until the outcome of every request so far is known, to look at outcomes and at what was {@link #billed()} then. A
     * client may have read the last byte of an answer a moment before the emulator knows that it was delivered.
     *
     * @param limit how long at most
     * @return this journal
     * @throws IllegalStateException if some are still under way then; it says how many. Also on a thread that must not wait
     */
    public Journal awaitSettled(Duration limit) {
        if (pending() == 0) {
            return this;
        }
        try {
            settled().filter(entry -> pending() == 0).next().block(limit);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "after " + limit + ", " + pending() + " of " + entries().size() + " requests are still under way",
                    e);
        }
        return this;
    }

    private long pending() {
        return entries().stream()
                .filter(entry -> entry.outcome() instanceof Outcome.Pending)
                .count();
    }

    /** Forgets all requests so far, those under way too: a clean sheet for the next test. */
    public void clear() {
        Sinks.Many<Entry> before;
        synchronized (this) {
            before = settled;
            settled = Sinks.many().replay().limit(KEPT);
            pages.clear();
        }
        before.emitComplete(EmitFailureHandler.busyLooping(Duration.ofSeconds(1)));
    }

    /**
     * The first request whose client closed the connection before the end, past or future.
     *
     * <p>As {@link #settled()}, but emits once and completes. To wait in a test: {@code cancelled().block(timeout)}.
     *
     * @return the first cancelled entry
     */
    public Mono<Entry> cancelled() {
        return settled().filter(Entry::isCancelled).next();
    }

    /**
     * Writes down a request. For the emulator itself.
     *
     * @param entry the request; its number is assigned here
     * @param imageCounter its images, counted while it is under way
     * @return the number
     */
    public synchronized long record(Entry entry, ImageCounter imageCounter) {
        long number = ++last;
        pages.put(number, new Recorded(entry.with(number), imageCounter));
        if (pages.size() > KEPT) {
            pages.pollFirstEntry();
        }
        return number;
    }

    /**
     * Writes down what became of a request; the first outcome stays. For the emulator itself.
     *
     * @param number the request's number
     * @param outcome what became of it
     */
    public void settle(long number, Outcome outcome) {
        Entry entry;
        Sinks.Many<Entry> told;
        synchronized (this) {
            var page = pages.get(number);
            if (page == null || !(page.written().outcome() instanceof Outcome.Pending)) {
                return;
            }
            page.imageCounter().close(delivered(outcome));
            page = new Recorded(page.written().with(outcome), page.imageCounter());
            pages.put(number, page);
            entry = page.entry();
            told = settled;
        }
        told.emitNext(entry, EmitFailureHandler.busyLooping(Duration.ofSeconds(1)));
    }

    private static boolean delivered(Outcome outcome) {
        return outcome instanceof Outcome.Accepted || outcome instanceof Outcome.Refused;
    }

    /** A request as it came, and the count of its images as it goes. */
    private record Recorded(Entry written, ImageCounter imageCounter) {
        Entry entry() {
            return written.with(imageCounter.counts(), imageCounter.background());
        }
    }
}
