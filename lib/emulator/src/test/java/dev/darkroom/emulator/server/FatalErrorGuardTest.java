package dev.darkroom.emulator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A thread that ends leaves nobody waiting for what it was to do. */
class FatalErrorGuardTest {

    private final FatalErrorGuard guard = new FatalErrorGuard();
    private final AtomicBoolean left = new AtomicBoolean();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private void aThreadEnds() {
        assertThatThrownBy(() -> guard.watch(Schedulers.immediate()).schedule(() -> {
                    throw new AssertionError("the end of a thread");
                }))
                .isInstanceOf(AssertionError.class);
    }

    private void work() {
        guard.guard(Mono.never().doOnCancel(() -> left.set(true))).subscribe(value -> {}, failure::set);
    }

    @Test
    void workIsCancelledAndFails() {
        work();
        aThreadEnds();
        assertThat(left).isTrue();
        assertThat(failure.get()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void workThatBeginsLaterFailsAtOnce() {
        aThreadEnds();
        work();
        assertThat(failure.get()).isInstanceOf(IllegalStateException.class);
    }
}
