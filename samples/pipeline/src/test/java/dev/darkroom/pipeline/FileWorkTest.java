package dev.darkroom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FileWorkTest {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);

    @Test
    void whatHasBegunIsEndedAndNotInterruptedThoughItsSubscriberLeaves() throws Exception {
        var uninterrupted = new CompletableFuture<Boolean>();
        var subscription = FileWork.of(() -> {
                    begun.countDown();
                    await(left);
                    return uninterrupted.complete(!Thread.currentThread().isInterrupted());
                })
                .subscribe();
        await(begun);
        subscription.dispose();
        left.countDown();
        assertThat(uninterrupted.get(Lab.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    /** An error that was dropped would fail this test behind its back. */
    @Test
    void whatFailsWhenNobodyListensAnyMoreIsNoErrorThatWasDropped() throws Exception {
        var over = new CountDownLatch(1);
        var subscription = FileWork.of(() -> {
                    try {
                        begun.countDown();
                        await(left);
                        throw new IOException("the disk is full");
                    } finally {
                        over.countDown();
                    }
                })
                .subscribe();
        await(begun);
        subscription.dispose();
        left.countDown();
        await(over);
    }

    @Test
    void whatFailsIsToldOnAThreadThatMayBlock() {
        var failing = FileWork.of(() -> {
                    throw new IOException("the disk is full");
                })
                .onErrorMap(e -> new IOException(
                        e.getMessage() + " on " + Thread.currentThread().getName()));
        assertThatThrownBy(() -> failing.block(Lab.PATIENCE))
                .hasMessageContaining("the disk is full on boundedElastic");
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(Lab.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
}
