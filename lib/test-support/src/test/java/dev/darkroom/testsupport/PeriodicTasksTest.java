package dev.darkroom.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * An event loop may cancel a periodic task, though that then waits for the lock of an executor's queue, which somebody else may hold
 * for a moment. Taken for blocking, this was an answer of the emulator that never came, once in some thousand.
 */
class PeriodicTasksTest {

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);
    private final Scheduler scheduler;

    PeriodicTasksTest() {
        executor.setRemoveOnCancelPolicy(true); // as Reactor has it
        scheduler = Schedulers.fromExecutorService(executor);
    }

    @AfterEach
    void stop() {
        scheduler.dispose();
        executor.shutdownNow();
    }

    @Test
    void aTaskOfASchedulerIsCancelledOnAnEventLoopThoughTheQueueIsLocked() throws InterruptedException {
        var task = scheduler.schedulePeriodically(() -> {}, 1, 1, TimeUnit.HOURS);
        assertThat(whileLocked(executor.getQueue(), task::dispose)).isNull();
        assertThat(executor.getQueue()).isEmpty();
    }

    @Test
    void aTaskOfAWorkerIsToo() throws InterruptedException {
        var worker = scheduler.createWorker();
        var task = worker.schedulePeriodically(() -> {}, 1, 1, TimeUnit.HOURS);
        assertThat(whileLocked(executor.getQueue(), task::dispose)).isNull();
        assertThat(executor.getQueue()).isEmpty();
    }

    /**
     * At a queue that no thread works on, and that nobody locks afterwards: the error leaves a waiter in the lock who will never take
     * it, and whoever came to wait behind it would wait for ever.
     */
    @Test
    void whatElseWaitsForThatLockIsAnError() throws InterruptedException {
        var task = executor.schedule(() -> {}, 1, TimeUnit.HOURS);
        var queue = new ScheduledThreadPoolExecutor(1).getQueue();
        queue.add((Runnable) task);
        var error = whileLocked(queue, queue::peek);
        assertThat(error).isInstanceOf(BlockingOperationError.class);
        assertThat(HouseRules.takeDroppedErrors()).containsExactly(error);
    }

    /** What a thread that must not block meets when it waits for the lock, which another gives back as soon as it does. */
    private static Throwable whileLocked(BlockingQueue<Runnable> queue, Runnable action) throws InterruptedException {
        var failure = new AtomicReference<Throwable>();
        var loop = new Loop(action);
        loop.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
        var asked = queue.contains(new Object() {
            @Override
            public boolean equals(Object task) { // which the queue asks of its task, with its lock held
                loop.start();
                while (loop.getState() != Thread.State.WAITING && loop.isAlive()) {
                    Thread.onSpinWait();
                }
                return false;
            }

            @Override
            public int hashCode() {
                return 1;
            }
        });
        assertThat(asked).isFalse();
        loop.join();
        return failure.get();
    }

    /** As an event loop is. */
    private static final class Loop extends Thread implements NonBlocking {
        Loop(Runnable work) {
            super(work);
        }
    }
}
