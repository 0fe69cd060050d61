package dev.darkroom.emulator.server;

import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Ends a request one of whose threads met an {@link Error} that Reactor leaves to the thread: a class that is missing,
 * memory that is out. Without it nobody would ever hear of the request again, and the client would wait until its own
 * timeout.
 *
 * <p>Made for one request. Whatever is done for it runs on the schedulers given here, {@link #watch(Scheduler)}.
 */
public final class FatalErrorGuard {

    private final Sinks.Empty<Void> error = Sinks.empty();

    /**
     * A scheduler whose threads report an {@code Error} that ends them.
     *
     * @param shared where the work is done; not disposed of here
     * @return the same threads and the same time
     */
    public Scheduler watch(Scheduler shared) {
        return new Watched(shared);
    }

    /** The work, or an error as soon as one of the threads has met one. The work is left alone: a thread that dies only says so. */
    <T> Mono<T> guard(Mono<T> work) {
        return work.takeUntilOther(error.asMono());
    }

    private Runnable watched(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable e) {
                var unused = error.tryEmitError(new IllegalStateException("a thread of this request ended", e));
                throw e;
            }
        };
    }

    private final class Watched implements Scheduler {

        private final Scheduler shared;

        Watched(Scheduler shared) {
            this.shared = shared;
        }

        @Override
        public Disposable schedule(Runnable task) {
            return shared.schedule(watched(task));
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            return shared.schedule(watched(task), delay, unit);
        }

        @Override
        public Disposable schedulePeriodically(Runnable task, long delay, long period, TimeUnit unit) {
            return shared.schedulePeriodically(watched(task), delay, period, unit);
        }

        @Override
        public long now(TimeUnit unit) {
            return shared.now(unit);
        }

        @Override
        public Worker createWorker() {
            return new WatchedWorker(shared.createWorker());
        }
    }

    private final class WatchedWorker implements Scheduler.Worker {

        private final Scheduler.Worker worker;

        WatchedWorker(Scheduler.Worker worker) {
            this.worker = worker;
        }

        @Override
        public Disposable schedule(Runnable task) {
            return worker.schedule(watched(task));
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            return worker.schedule(watched(task), delay, unit);
        }

        @Override
        public Disposable schedulePeriodically(Runnable task, long delay, long period, TimeUnit unit) {
            return worker.schedulePeriodically(watched(task), delay, period, unit);
        }

        @Override
        public void dispose() {
            worker.dispose();
        }
    }
}
