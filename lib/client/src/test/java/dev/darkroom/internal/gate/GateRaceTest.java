package dev.darkroom.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gate.Permit;
import dev.darkroom.gate.Quota;
import dev.darkroom.gate.RateGate;
import dev.darkroom.gate.Ticket;
import dev.darkroom.testsupport.Slow;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/**
 * Permit against cancel against refusal against close, from several threads: no permit stays without an outcome, and nobody
 * waits for ever. A few rounds each time, many among the slow tests; how many there: {@code -Dgate.races=1000000}.
 */
class GateRaceTest {

    private static final int ROUNDS = Integer.getInteger("gate.races", 50_000);
    private static final int THREADS = 4;
    private static final Quota QUOTA = new Quota("images.example", "a1b2c3", "painter");

    private final RateGate gate = new InMemoryGate(Schedulers::parallel, () -> 0);
    private final LongAdder given = new LongAdder();

    @Test
    void noTurnStaysWithoutAnOutcomeAndNobodyWaitsForEver() throws InterruptedException {
        races(2000);
    }

    @Test
    @Slow
    void norDoesOneInManyThousandRounds() throws InterruptedException {
        races(ROUNDS);
    }

    private void races(int rounds) throws InterruptedException {
        var threads = Executors.newFixedThreadPool(THREADS);
        var done = new CountDownLatch(THREADS);
        for (var i = 0; i < THREADS; i++) {
            threads.execute(() -> {
                for (var round = 0; round < rounds / THREADS; round++) {
                    race();
                }
                done.countDown();
            });
        }
        assertThat(done.await(3, TimeUnit.MINUTES)).isTrue();
        threads.shutdown();

        assertThat(gate.states()).singleElement().satisfies(state -> {
            assertThat(state.waiting()).isZero();
            assertThat(state.inFlight()).as("turns without an outcome").isZero();
        });
        assertThat(given.sum()).isPositive();
        assertTheGateStillLetsPass();
    }

    private void race() {
        var dice = ThreadLocalRandom.current();
        var ticket = gate.enter(QUOTA, 1);
        var subscription = new Caller();
        ticket.permit(Ticket.FOR_EVER, Instant.now().plusMillis(dice.nextInt(3)), throttled -> {})
                .subscribe(subscription);
        var rival = rival(ticket, subscription, dice.nextInt(3));
        if (dice.nextBoolean()) {
            Schedulers.parallel().schedule(rival);
        } else {
            rival.run();
        }
        if (dice.nextInt(8) == 0) {
            subscription.dispose();
        }
        ticket.close();
    }

    private static Runnable rival(Ticket ticket, Disposable subscription, int kind) {
        return switch (kind) {
            case 0 -> subscription::dispose;
            case 1 -> ticket::close;
            default -> () -> ticket.permit().subscribe(Permit::accepted, busy -> {});
        };
    }

    private void settle(Permit permit) {
        given.increment();
        switch (ThreadLocalRandom.current().nextInt(8)) {
            case 0 -> permit.refused(Instant.now().plusMillis(1));
            case 1 -> permit.abandoned();
            case 2 -> permit.answeredOtherwise();
            case 3 -> {} // its ticket will be closed
            case 4 ->
                Schedulers.parallel()
                        .schedule(() -> permit.refused(Instant.now().plusMillis(1)));
            default -> Schedulers.parallel().schedule(permit::accepted);
        }
    }

    /** Takes what comes, and minds no signal that comes while it cancels. */
    private final class Caller implements CoreSubscriber<Permit>, Disposable {

        private final Disposable.Swap upstream = Disposables.swap();

        @Override
        public void onSubscribe(Subscription subscription) {
            upstream.update(subscription::cancel);
            subscription.request(1);
        }

        @Override
        public void onNext(Permit permit) {
            settle(permit);
        }

        @Override
        public void onError(Throwable late) {}

        @Override
        public void onComplete() {}

        @Override
        public void dispose() {
            upstream.dispose();
        }
    }

    private void assertTheGateStillLetsPass() throws InterruptedException {
        var passed = new CountDownLatch(50);
        var failures = new AtomicInteger();
        for (var i = 0; i < 50; i++) {
            var ticket = gate.enter(QUOTA, 1);
            ticket.permit()
                    .subscribe(
                            permit -> {
                                permit.accepted();
                                ticket.close();
                                passed.countDown();
                            },
                            failure -> failures.incrementAndGet());
        }
        assertThat(passed.await(3, TimeUnit.MINUTES)).isTrue();
        assertThat(failures).hasValue(0);
    }
}
