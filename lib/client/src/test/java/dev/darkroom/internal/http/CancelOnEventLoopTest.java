package dev.darkroom.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** What a call may still hear once it was cancelled, and where the cancellation is carried out. */
class CancelOnEventLoopTest {

    private final DefaultEventLoop loop = new DefaultEventLoop();

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
    }

    @Test
    void nothingIsToldAfterACancellation() {
        var rude = TestPublisher.<String>createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        StepVerifier.create(CancelOnEventLoop.of(rude.flux()))
                .then(() -> rude.next("a"))
                .expectNext("a")
                .thenCancel()
                .verify();
        rude.next("b").error(new IllegalStateException("nobody listens"));
        rude.assertCancelled();
    }

    @Test
    void aCallIsCancelledOnTheEventLoopOfItsExchange() throws InterruptedException {
        var where = new AtomicReference<String>();
        var cancelled = new CountDownLatch(1);
        var call = CancelOnEventLoop.of(Flux.deferContextual(context -> {
            var exchange = new CancelExecutor(context.get(CancelExecutor.class));
            exchange.moveTo(loop);
            return Flux.never().doOnCancel(() -> {
                where.set(loop.inEventLoop() ? "loop" : "elsewhere");
                cancelled.countDown();
            });
        }));
        call.subscribe().dispose();
        assertThat(cancelled.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(where).hasValue("loop");
    }

    @Test
    void betweenTwoExchangesItIsCancelledWhereOneStands() {
        var here = Thread.currentThread();
        var where = new AtomicReference<Thread>();
        var call = CancelOnEventLoop.of(Flux.deferContextual(context -> {
            var first = new CancelExecutor(context.get(CancelExecutor.class));
            first.moveTo(loop);
            first.leave();
            return Flux.never().doOnCancel(() -> where.set(Thread.currentThread()));
        }));
        call.subscribe().dispose();
        assertThat(where).hasValue(here);
    }

    @Test
    void anExchangeThatEndsDoesNotMoveTheNextOne() {
        var around = new CancelExecutor();
        var first = new CancelExecutor(around);
        var second = new CancelExecutor(around);
        first.moveTo(loop);
        second.moveTo(loop);
        first.leave();
        var where = new AtomicReference<String>();
        around.execute(() -> where.set(loop.inEventLoop() ? "loop" : "elsewhere"));
        second.leave();
        assertThat(loop.submit(() -> where).awaitUninterruptibly(20, TimeUnit.SECONDS))
                .isTrue();
        assertThat(where).hasValue("loop");
    }
}
