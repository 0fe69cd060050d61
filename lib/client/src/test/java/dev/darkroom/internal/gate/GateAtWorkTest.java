package dev.darkroom.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gate.Permit;
import dev.darkroom.gate.RateGate;
import dev.darkroom.gate.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.retry.Retry;

/** The whole gate, not only its law: two hundred requests against ten per second with a burst of ten, in virtual time. */
class GateAtWorkTest {

    private static final int JOBS = 200;
    private static final Duration SERVICE = Duration.ofSeconds(2);
    private static final Duration HALF_A_TRIP = Duration.ofMillis(50);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Random random = new Random(1);
    private final RateGate gate = new InMemoryGate(() -> time, random::nextDouble);
    private final SimulatedServer server = SimulatedServer.bucket(10, 10);
    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void twoHundredRequestsCostHardlyMoreThanTwoHundredAttempts() {
        var ends = new ArrayList<Double>();
        Flux.merge(Flux.fromStream(IntStream.range(0, JOBS).mapToObj(job -> generate())), JOBS)
                .doOnNext(done -> ends.add(now()))
                .subscribe();
        time.advanceTimeBy(Duration.ofMinutes(2));

        assertThat(ends).hasSize(JOBS);
        assertThat(attempts.get() / (double) JOBS).isLessThanOrEqualTo(1.07);
        assertThat(ends.get(JOBS - 1) / 21).as("makespan over ideal").isLessThanOrEqualTo(1.15);
        assertThat(gate.states()).singleElement().satisfies(state -> {
            assertThat(state.closedUntil()).isNull();
            assertThat(state.waiting()).isZero();
            assertThat(state.inFlight()).isZero();
        });
    }

    private Flux<Boolean> generate() {
        return Flux.using(
                () -> gate.enter(Requests.QUOTA, 1),
                ticket -> Flux.defer(() -> ticket.permit().flatMapMany(this::exchange))
                        .retryWhen(Retry.indefinitely()),
                Ticket::close);
    }

    private Flux<Boolean> exchange(Permit permit) {
        attempts.incrementAndGet();
        return Mono.delay(HALF_A_TRIP, time)
                .map(tick -> server.pass(now(), 1))
                .delayElement(HALF_A_TRIP, time)
                .flatMapMany(wait -> {
                    if (wait > 0) {
                        permit.refused(inWholeSeconds(wait));
                        return Flux.error(new IllegalStateException("429"));
                    }
                    permit.accepted();
                    return Mono.delay(SERVICE, time).thenReturn(true);
                });
    }

    private Instant inWholeSeconds(double wait) {
        return Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS)).plusSeconds((long) Math.ceil(wait));
    }

    private double now() {
        return time.now(TimeUnit.MILLISECONDS) / 1e3;
    }
}
