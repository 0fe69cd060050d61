package dev.darkroom.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gate.Permit;
import dev.darkroom.gate.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/** Turns go from hand to hand without a stack, and without anybody's thread locals. */
class HandingOnTest {

    private static final Quota QUOTA = new Quota("images.example", "a1b2c3", "painter");
    private static final ThreadLocal<String> OURS = new ThreadLocal<>();

    @Test
    void aHundredThousandWaitersReleasedInOneChainOverflowNoStack() throws InterruptedException {
        var gate = new InMemoryGate(Schedulers::parallel, () -> 0);
        var released = new CountDownLatch(100_000);
        var held = new Permit[2];
        for (var i = 0; i < held.length; i++) {
            var place = i;
            gate.enter(QUOTA, 1).permit().subscribe(permit -> held[place] = permit);
        }
        for (var i = 0; i < 100_000; i++) {
            gate.enter(QUOTA, 1).permit().subscribe(permit -> {
                permit.accepted(); // which lets the next one pass
                released.countDown();
            });
        }
        for (var permit : held) {
            permit.accepted();
        }

        assertThat(released.await(3, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void aWaiterSeesItsOwnContextAndNobodysThreadLocals() throws InterruptedException {
        var gate = new InMemoryGate(Schedulers::parallel, () -> 0);
        var seen = ConcurrentHashMap.<String>newKeySet();
        var done = new CountDownLatch(20);
        var first = gate.enter(QUOTA, 1);
        first.permit().subscribe(permit -> permit.refused(Instant.now().plusSeconds(3)));
        OURS.set("of the releaser");
        for (var i = 0; i < 20; i++) {
            gate.enter(QUOTA, 1)
                    .permit()
                    .flatMap(permit -> Mono.deferContextual(context -> {
                        seen.add(context.get("name") + " " + OURS.get());
                        permit.accepted();
                        return Mono.empty();
                    }))
                    .doOnTerminate(done::countDown)
                    .contextWrite(Context.of("name", "waiter " + i))
                    .subscribe();
        }

        assertThat(done.await(3, TimeUnit.MINUTES)).isTrue();
        OURS.remove();
        assertThat(seen).isEqualTo(names("waiter %d null"));
    }

    @Test
    void waitingHoldsNoThread() {
        var gate = new InMemoryGate(Schedulers::parallel, () -> 0);
        gate.enter(QUOTA, 1)
                .permit()
                .subscribe(permit -> permit.refused(Instant.now().plusSeconds(600)));
        var threads = Thread.activeCount();
        var passed = new AtomicInteger();
        for (var i = 0; i < 10_000; i++) {
            gate.enter(QUOTA, 1).permit().subscribe(permit -> passed.incrementAndGet());
        }

        assertThat(Thread.activeCount())
                .isLessThanOrEqualTo(threads + Runtime.getRuntime().availableProcessors());
        assertThat(passed).hasValue(0);
        assertThat(Mono.delay(Duration.ofMillis(1)).block())
                .as("the scheduler is free")
                .isZero();
    }

    private static Set<String> names(String pattern) {
        var names = new HashSet<String>();
        for (var i = 0; i < 20; i++) {
            names.add(pattern.formatted(i));
        }
        return names;
    }
}
