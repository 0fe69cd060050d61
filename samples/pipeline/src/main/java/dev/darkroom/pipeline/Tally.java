package dev.darkroom.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts. Thread-safe; holds the prompts in flight, and no others. */
final class Tally {

    private static final double MILLIS_A_MINUTE = 60_000;

    private final JobStates states;
    private final Costs costs;
    private final int total;
    private final int earlier;
    private final InstantSource clock;
    private final Instant start;
    private final Set<Flight> flights = ConcurrentHashMap.newKeySet();
    private final AtomicLong images = new AtomicLong();
    private final AtomicInteger ended = new AtomicInteger();

    Tally(JobStates states, Costs costs, int total, InstantSource clock) {
        this.states = states;
        this.costs = costs;
        this.total = total;
        this.earlier = states.count(JobState.DONE);
        this.clock = clock;
        this.start = clock.instant();
    }

    void begin(Flight flight) {
        flights.add(flight);
    }

    /** Whether it was in flight until now. */
    boolean end(Flight flight) {
        return flights.remove(flight);
    }

    void ended(JobEvent event) {
        ended.incrementAndGet();
        images.addAndGet(event.files().size());
    }

    void giveUpWhoWaits() {
        flights.forEach(Flight::giveUp);
    }

    Progress progress() {
        var running = (int) flights.stream().filter(Flight::isSent).count();
        var elapsed = Math.max(1, Duration.between(start, clock.instant()).toMillis());
        var until = flights.stream()
                .map(Flight::until)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .filter(instant -> instant.isAfter(clock.instant()))
                .min(Instant::compareTo)
                .orElse(null);
        var open = states.count(JobState.UNKNOWN) + states.count(JobState.SENT) - running;
        var done = states.count(JobState.DONE);
        var failed = states.count(JobState.FAILED);
        var left = Math.max(0, total - done - failed - Math.max(0, open));
        var finished = ended.get();
        return new Progress(
                total,
                done,
                earlier,
                running,
                Math.max(0, flights.size() - running),
                failed,
                Math.max(0, open),
                images.get(),
                images.get() * MILLIS_A_MINUTE / elapsed,
                costs.sums(),
                finished == 0 ? null : Duration.ofMillis(elapsed * left / finished),
                until);
    }
}
