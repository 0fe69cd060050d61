package dev.darkroom.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

class HouseRulesTest {

    private final List<ByteBuf> held = new ArrayList<>();

    @Test
    void aBufferThatNobodyReleasesIsReported() throws InterruptedException {
        List<String> leaks = new ArrayList<>();
        for (int i = 0; i < 50 && leaks.isEmpty(); i++) {
            PooledByteBufAllocator.DEFAULT.directBuffer(64).writeByte(1);
            leaks.addAll(LeakRecords.drain());
        }
        // whatever is still to be collected belongs to this test, not to the class
        for (int i = 0; i < 5; i++) {
            Thread.sleep(10);
            LeakRecords.drain();
        }
        assertThat(leaks).isNotEmpty();
    }

    @Test
    void whatIsHeldWhenItsClassEndsAndForgottenLaterIsReportedByTheNext() throws InterruptedException {
        held.add(PooledByteBufAllocator.DEFAULT.directBuffer(64));
        assertThat(LeakRecords.drain()).isEmpty();
        held.clear();

        List<String> leaks = new ArrayList<>();
        var end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (leaks.isEmpty()
                && System.nanoTime() - end < 0) { // a collected reference is queued by a thread of its own
            leaks.addAll(LeakRecords.drain());
            Thread.sleep(1);
        }
        assertThat(leaks).hasSize(1);
    }

    @Test
    void aDroppedErrorIsKeptForTheTestThatDroppedIt() {
        var dropped = new IllegalStateException("dropped on purpose");
        Operators.onErrorDropped(dropped, Context.empty());
        assertThat(HouseRules.takeDroppedErrors()).containsExactly(dropped);
    }

    @Test
    void blockingAnEventLoopIsAnError() {
        assertThatThrownBy(() -> Mono.fromCallable(() -> {
                            Thread.sleep(1);
                            return 1;
                        })
                        .subscribeOn(Schedulers.parallel())
                        .block())
                .hasRootCauseInstanceOf(BlockingOperationError.class);
        assertThat(HouseRules.takeDroppedErrors()).singleElement().isInstanceOf(BlockingOperationError.class);
    }

    @Test
    void itIsToldThoughNobodyHandsItOn() {
        var future = new CompletableFuture<Integer>();
        Mono.fromRunnable(() -> future.completeAsync(
                        () -> {
                            LockSupport.parkNanos(1);
                            return 1;
                        },
                        Runnable::run))
                .subscribeOn(Schedulers.parallel())
                .block();
        assertThat(future).isCompletedExceptionally();
        assertThat(HouseRules.takeDroppedErrors()).singleElement().isInstanceOf(BlockingOperationError.class);
    }

    /** Rules are by name: one that a newer Netty moved would let an event loop's rare wait for a lock fail any test again. */
    @Test
    void whatNettysAllocatorMayWaitForIsCalledAsTheRulesSay() throws ClassNotFoundException {
        var allocator = "io.netty.buffer.AdaptivePoolingAllocator";
        assertThat(methods(allocator)).contains("allocate");
        assertThat(methods(allocator + "$Magazine")).contains("free");
        assertThat(methods(allocator + "$MagazineGroup")).contains("free", "tryExpandMagazines");
    }

    private static List<String> methods(String type) throws ClassNotFoundException {
        return Arrays.stream(Class.forName(type).getDeclaredMethods())
                .map(Method::getName)
                .toList();
    }
}
